from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('toolkit', '0001_background'),
    ]

    operations = [
        migrations.CreateModel(
            name='Count',
            fields=[
                ('what', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('since', models.BigIntegerField()),
                ('done', models.PositiveIntegerField()),
            ],
        ),
    ]
