from django.db import migrations, models


class Migration(migrations.Migration):
    """A person whose time is over becomes a number."""

    dependencies = [("people", "0056_rights")]
    operations = [
        migrations.AddField(
            "person",
            "retired_as",
            models.PositiveIntegerField("numéro de retrait", null=True, blank=True, editable=False),
        ),
        migrations.AddConstraint(
            "person",
            models.UniqueConstraint(
                condition=models.Q(("merged_into", None), ("retired_as__isnull", False)),
                fields=("retired_as",),
                name="person_retired_as",
            ),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=models.Q(
                    ("retired_as", None), models.Q(("email", None), ("language", "")), _connector="OR"
                ),
                name="person_retired_is_nobody",
                violation_error_message="Cette personne est retirée : sa fiche ne se corrige plus.",
            ),
        ),
    ]
