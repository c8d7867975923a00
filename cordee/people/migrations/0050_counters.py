from django.core.management import call_command
from django.db import migrations


def make_counters(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The table of what processes count together: wrong passwords, codes asked for."""

    dependencies = [("people", "0043_timeline_mail")]
    operations = [migrations.RunPython(make_counters, migrations.RunPython.noop)]
