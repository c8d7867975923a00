from django.db import migrations, models


class Migration(migrations.Migration):
    """A mark made without a network arrives once."""

    dependencies = [("meetings", "0051_minutes_triggers")]
    operations = [
        migrations.AddField("attendancechange", "act", models.UUIDField(null=True)),
        migrations.AddField("attendancechange", "made_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "attendancechange",
            models.UniqueConstraint(
                fields=["act"],
                condition=models.Q(act__isnull=False),
                name="attendance_act_once",
                violation_error_message="Ce changement a déjà été reçu. Rechargez la page pour le voir.",
            ),
        ),
    ]
