from django.db import migrations

from cordee.toolkit.triggers import AppendOnly, Closed

APPROVED = (
    "EXISTS (SELECT 1 FROM meetings_minutesapproval approval WHERE approval.meeting_id = {row}.meeting_id)"
    " OR EXISTS (SELECT 1 FROM meetings_minuteslock locked WHERE locked.meeting_id = {row}.meeting_id)"
)
LOCKED = "EXISTS (SELECT 1 FROM meetings_minuteslock locked WHERE locked.meeting_id = OLD.meeting_id)"


class Migration(migrations.Migration):
    """Approved minutes say what was approved; locked, for good."""

    dependencies = [("meetings", "0050_minutes")]
    operations = [
        AppendOnly("meeting_minutes_approved", "meetings_minutessection", APPROVED.format(row="OLD")),
        Closed("meeting_minutes_closed", "meetings_minutessection", APPROVED.format(row="NEW")),
        AppendOnly("meeting_follow_up_approved", "meetings_followup", APPROVED.format(row="OLD")),
        Closed("meeting_follow_up_closed", "meetings_followup", APPROVED.format(row="NEW")),
        AppendOnly("meeting_minutes_approval_locked", "meetings_minutesapproval", LOCKED),
        AppendOnly("meeting_minutes_lock_append_only", "meetings_minuteslock"),
        AppendOnly("meeting_minutes_correction_append_only", "meetings_minutescorrection"),
    ]
