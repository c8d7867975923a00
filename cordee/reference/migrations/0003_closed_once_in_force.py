from django.db import migrations

from cordee.toolkit.triggers import Closed

IN_FORCE = "EXISTS (SELECT 1 FROM reference_revision r WHERE r.id = NEW.revision_id AND r.effective_from IS NOT NULL)"


class Migration(migrations.Migration):
    """A revision in force takes no new rule either."""

    dependencies = [("reference", "0002_triggers")]
    operations = [Closed("revision_closed", "reference_rulerow", IN_FORCE)]
