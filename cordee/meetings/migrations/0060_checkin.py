import django.db.models.deletion
from django.db import migrations, models

SOURCES = [
    ("roster", "Feuille de présences"),
    ("import", "Fichier"),
    ("teams", "Rapport Teams"),
    ("merge", "Fusion de fiches"),
    ("correction", "Correction"),
    ("checkin", "Code QR"),
    ("sheet", "Feuille signée"),
]
PORTIONS = [("", "À saisir"), ("none", "Absence"), ("half", "Demi-journée"), ("day", "Journée")]


class Migration(migrations.Migration):
    """What people say themselves by the code of the room, and the codes that were refused."""

    dependencies = [("meetings", "0040_teams_source"), ("people", "0040_alias")]

    operations = [
        migrations.AlterField(
            model_name="attendance",
            name="source",
            field=models.CharField(choices=SOURCES, max_length=12, verbose_name="source"),
        ),
        migrations.AlterField(
            model_name="attendancechange",
            name="source",
            field=models.CharField(choices=SOURCES, max_length=12),
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(choices=[("arrival", "Arrivée"), ("departure", "Départ")], max_length=9),
                ),
                ("at", models.DateTimeField()),
                ("portion", models.CharField(blank=True, choices=PORTIONS, max_length=4)),
                ("signed_in", models.BooleanField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="check_ins", to="meetings.meeting"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="check_ins", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "arrivée ou départ déclaré",
                "verbose_name_plural": "arrivées et départs déclarés",
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "person", "direction"), name="check_in_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckInRefusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[("late", "Code périmé"), ("unknown", "Adresse inconnue")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField()),
                ("code", models.CharField(blank=True, max_length=24)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refused_check_ins",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "code refusé",
                "verbose_name_plural": "codes refusés",
                "constraints": [
                    models.UniqueConstraint(
                        condition=~models.Q(code=""), fields=("meeting", "code", "person"), name="refused_code_once"
                    ),
                    models.UniqueConstraint(
                        condition=~models.Q(code="") & models.Q(person=None),
                        fields=("meeting", "code"),
                        name="refused_code_once_unnamed",
                    ),
                ],
            },
        ),
    ]
