import django.db.models.deletion
from django.db import migrations, models

from cordee.toolkit.triggers import AppendOnly


class Migration(migrations.Migration):
    """A frozen document never changes."""

    initial = True

    dependencies = [
        ("people", "0041_order_by_name"),
        ("records", "0050_stored_files"),
        ("reference", "0010_editing"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(choices=[("fr", "Français"), ("en", "English")], max_length=2, verbose_name="langue")),
                ("snapshot", models.JSONField()),
                ("typst_version", models.CharField(max_length=20)),
                ("frozen_at", models.DateTimeField()),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="frozen_documents", to="records.storedfile")),
                ("frozen_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("revision", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="reference.revision")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("revision", "language"), name="document_frozen_once", violation_error_message="Le document de cette révision est déjà figé dans cette langue.")],
            },
        ),
        AppendOnly("frozen_document", "charter_frozendocument"),
    ]
