from django.db import migrations

from cordee.toolkit.triggers import AppendOnly


class Migration(migrations.Migration):
    """A submitted amount never changes, it is adjusted."""

    dependencies = [("treasury", "0001_initial")]
    operations = [AppendOnly("claim_line_submitted", "treasury_claimline", "OLD.submission_id IS NOT NULL")]
