from django.db import migrations

from cordee.toolkit.triggers import AppendOnly, Lifted, OnlyEmptied

COLUMNS = ("id", "attendance_id", "before", "after", "source", "changed_by_id", "changed_at", "act", "made_at")
SAME = " AND ".join(f'NEW."{column}" IS NOT DISTINCT FROM OLD."{column}"' for column in COLUMNS)
NAME, TABLE = "attendance_change_append_only", "meetings_attendancechange"


class Migration(migrations.Migration):
    """The history of a mark stays; the reason someone gave for it may be emptied once its time is over."""

    dependencies = [("meetings", "0081_feed_what")]
    operations = [
        Lifted(AppendOnly(NAME, TABLE)),
        OnlyEmptied(NAME, TABLE, f"{SAME} AND NEW.reason = ''"),
    ]
