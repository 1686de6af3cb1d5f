"""The record notes each change of the rows of this room."""

from django.db import migrations

# Each change of these rows leaves an event, whoever makes it and by whatever way.
CAPTURED = {
    "lessons_lesson": (
        "SELECT public.audit_capture_rows('lessons_lesson', 'lessons.lesson')"
    ),
    "lessons_recurrence": (
        "SELECT public.audit_capture_rows('lessons_recurrence', 'lessons.recurrence')"
    ),
    "lessons_lesson_findings": (
        "SELECT public.audit_capture_rows('lessons_lesson_findings', 'lessons.lesson_findings', 'lessons.lesson', '{lesson_id,lessons_lesson}')"
    ),
    "lessons_lesson_areas": (
        "SELECT public.audit_capture_rows('lessons_lesson_areas', 'lessons.lesson_areas', 'lessons.lesson', '{lesson_id,lessons_lesson}')"
    ),
    "lessons_lessonshare": (
        "SELECT public.audit_capture_rows('lessons_lessonshare', 'lessons.lessonshare', 'lessons.lesson', '{record_id,lessons_lesson}')"
    ),
    "lessons_recurrenceshare": (
        "SELECT public.audit_capture_rows('lessons_recurrenceshare', 'lessons.recurrenceshare', 'lessons.recurrence', '{record_id,lessons_recurrence}')"
    ),
    "lessons_recurrencecase": (
        "SELECT public.audit_capture_rows('lessons_recurrencecase', 'lessons.recurrencecase', 'lessons.recurrence', '{recurrence_id,lessons_recurrence}')"
    ),
}
RELEASE = """
DROP TRIGGER IF EXISTS audit_added ON public.{0};
DROP TRIGGER IF EXISTS audit_changed ON public.{0};
DROP TRIGGER IF EXISTS audit_removed ON public.{0};
"""


class Migration(migrations.Migration):
    replaces = [
        ("lessons", "0005_never_wider"),
    ]
    dependencies = [
        ("lessons", "0001_tables"),
        ("audit", "0002_row_capture"),
    ]

    operations = [
        migrations.RunSQL(attach, RELEASE.format(table)) for table, attach in CAPTURED.items()
    ]
