from django.db import migrations, models


class Migration(migrations.Migration):
    """What someone adds to their answer: the reason of an absence, when they say no."""

    dependencies = [("meetings", "0060_checkin"), ("meetings", "0070_acts")]
    operations = [
        migrations.AddField("answer", "word", models.CharField("mot", blank=True, default="", max_length=200)),
    ]
