from django.db import migrations

from cordee.toolkit.triggers import AppendOnly, Lifted, OnlyRedacted

APPROVED = (
    "EXISTS (SELECT 1 FROM meetings_minutesapproval approval WHERE approval.meeting_id = OLD.meeting_id)"
    " OR EXISTS (SELECT 1 FROM meetings_minuteslock locked WHERE locked.meeting_id = OLD.meeting_id)"
)
ALWAYS = "1 = 1"
FROZEN = {
    # trigger: table, when, what stays whatever happens; what is left are texts
    "meeting_minutes_approved": (
        "meetings_minutessection",
        APPROVED,
        ["id", "meeting_id", "part", "item_id", "language", "version", "written_by_id", "written_at"],
    ),
    "meeting_follow_up_approved": (
        "meetings_followup",
        APPROVED,
        ["id", "meeting_id", "owner_id", "due_on", "language", "added_by_id", "added_at"],
    ),
    "meeting_minutes_correction_append_only": (
        "meetings_minutescorrection",
        ALWAYS,
        ["id", "meeting_id", "section_id", "language", "corrected_by_id", "corrected_at"],
    ),
    "meeting_move_append_only": (
        "meetings_move",
        ALWAYS,
        [
            "id",
            "meeting_id",
            "date_before",
            "starts_before",
            "ends_before",
            "date_after",
            "starts_after",
            "ends_after",
            "moved_by_id",
            "moved_at",
        ],
    ),
}


def redacted(name):
    table, frozen, kept = FROZEN[name]
    return [
        Lifted(AppendOnly(name, table, frozen)),
        OnlyRedacted(name, table, frozen, gate="records_redaction", kept=kept),
    ]


class Migration(migrations.Migration):
    """Minutes say what was approved; a name whose time is over may be replaced in them, by a retention run."""

    dependencies = [("meetings", "0100_reasons_emptied"), ("records", "0070_redaction")]
    operations = [operation for name in FROZEN for operation in redacted(name)]
