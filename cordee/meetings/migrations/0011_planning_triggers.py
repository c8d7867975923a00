from django.db import migrations

from cordee.toolkit.triggers import AppendOnly


class Migration(migrations.Migration):
    """When a meeting was, before it moved, is never rewritten."""

    dependencies = [("meetings", "0010_planning")]
    operations = [AppendOnly("meeting_move_append_only", "meetings_move")]
