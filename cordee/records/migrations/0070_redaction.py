from django.db import migrations, models


class Migration(migrations.Migration):
    """What triggers look for before they let a name be replaced in a text that is frozen."""

    dependencies = [("records", "0060_journal_chain")]
    operations = [
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField()),
            ],
        ),
    ]
