from django.db import migrations

from cordee.toolkit.triggers import AppendOnly

IN_FORCE = "EXISTS (SELECT 1 FROM reference_revision r WHERE r.id = OLD.revision_id AND r.effective_from IS NOT NULL)"


class Migration(migrations.Migration):
    """What is in force never changes: a correction is a new revision."""

    dependencies = [("reference", "0001_initial")]
    operations = [
        AppendOnly("revision_in_force", "reference_revision", "OLD.effective_from IS NOT NULL"),
        AppendOnly("rule_in_force", "reference_rulerow", IN_FORCE),
    ]
