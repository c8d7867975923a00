from django.db import migrations, models
from django.db.models import deletion

from cordee.records.journal import digest_of, fresh_salt
from cordee.toolkit.triggers import AppendOnly, Lifted, OnlyEmptied

APPEND_ONLY = AppendOnly("journal_append_only", "records_journalentry")
EMPTIED = "NEW.entry_id = OLD.entry_id AND NEW.salt = '' AND NEW.address = '' AND NEW.payload = '{}'"


def seal_details_that_are_there(apps, schema_editor):
    """What was written before has its digest too, so that the chain holds it."""
    details = apps.get_model("records", "JournalDetail").objects.select_related("entry").order_by("pk")
    for detail in details.iterator(chunk_size=500):
        detail.salt = fresh_salt()
        detail.entry.digest = digest_of(detail)
        detail.save(update_fields=["salt"])
        detail.entry.save(update_fields=["digest"])


class Migration(migrations.Migration):
    """What an entry knows of its act, its digest, and the chain that seals it."""

    dependencies = [("records", "0050_stored_files")]
    operations = [
        Lifted(APPEND_ONLY),
        migrations.AddField("journalentry", "for_id", models.BigIntegerField(null=True)),
        migrations.AddField("journalentry", "channel", models.CharField(default="", max_length=8)),
        migrations.AddField("journalentry", "digest", models.CharField(default="", max_length=64)),
        migrations.AddField("journaldetail", "address", models.CharField(default="", max_length=45)),
        migrations.AddField("journaldetail", "salt", models.CharField(default="", max_length=32)),
        migrations.AddIndex("journalentry", models.Index(fields=["actor_id", "id"], name="journal_by_actor")),
        migrations.CreateModel(
            name="JournalSeal",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=deletion.PROTECT, related_name="seal", to="records.journalentry"
                    ),
                ),
            ],
        ),
        migrations.RunPython(seal_details_that_are_there, migrations.RunPython.noop),
        APPEND_ONLY,
        OnlyEmptied("journal_detail_only_emptied", "records_journaldetail", EMPTIED),
        AppendOnly("journal_seal_append_only", "records_journalseal"),
    ]
