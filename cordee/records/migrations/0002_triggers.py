from django.db import migrations

from cordee.toolkit.triggers import AppendOnly


class Migration(migrations.Migration):
    """An act that happened stays."""

    dependencies = [("records", "0001_initial")]
    operations = [AppendOnly("journal_append_only", "records_journalentry")]
