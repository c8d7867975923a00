from django.db import migrations

from cordee.toolkit.triggers import AppendOnly

KEPT = "OLD.kept_until > CURRENT_DATE"
OF_KEPT = "EXISTS (SELECT 1 FROM privacy_incident i WHERE i.id = OLD.incident_id AND i.kept_until > CURRENT_DATE)"


class Migration(migrations.Migration):
    """What was answered stays as it was; an incident stays at least as long as the law keeps it."""

    dependencies = [("privacy", "0001_registers")]
    operations = [
        AppendOnly("privacy_extension_unchanged", "privacy_extension", events=("update",)),
        AppendOnly("privacy_answer_unchanged", "privacy_answer", events=("update",)),
        AppendOnly("privacy_note_unchanged", "privacy_note", events=("update",)),
        AppendOnly("incident_kept", "privacy_incident", KEPT, events=("delete",)),
        AppendOnly("incident_correction_unchanged", "privacy_incidentcorrection", events=("update",)),
        AppendOnly("incident_correction_kept", "privacy_incidentcorrection", OF_KEPT, events=("delete",)),
    ]
