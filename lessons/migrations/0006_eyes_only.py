"""Lessons and recurrences marked EYES are for their owner and whom they name."""

from django.db import migrations

MAKE = """
CALL aar_guard_eyes('lessons_lesson', 'lessons_lessonshare', 'record_id');
CALL aar_guard_eyes('lessons_recurrence', 'lessons_recurrenceshare', 'record_id');
"""
DROP = """
DROP POLICY eyes_only ON lessons_recurrence;
DROP POLICY eyes_only ON lessons_lesson;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0010_eyes_only"), ("lessons", "0005_never_wider")]

    operations = [migrations.RunSQL(MAKE, DROP)]
