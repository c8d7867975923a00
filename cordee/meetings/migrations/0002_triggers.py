from django.db import migrations

from cordee.toolkit.triggers import AppendOnly


class Migration(migrations.Migration):
    """Who marked what and when is never rewritten."""

    dependencies = [("meetings", "0001_initial")]
    operations = [AppendOnly("attendance_change_append_only", "meetings_attendancechange")]
