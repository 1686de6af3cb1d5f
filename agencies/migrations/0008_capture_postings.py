from django.db import migrations

# Each change of these rows leaves an event, whoever makes it and by whatever way.
CAPTURED = {
    "agencies_posting": (
        "SELECT public.audit_capture_rows('agencies_posting', 'agencies.posting', 'agencies.user', '{person_id,agencies_user}')"
    ),
    "agencies_posting_areas": (
        "SELECT public.audit_capture_rows('agencies_posting_areas', 'agencies.posting_areas', 'agencies.user', '{posting_id,agencies_posting,person_id,agencies_user}')"
    ),
}
RELEASE = """
DROP TRIGGER IF EXISTS audit_added ON public.{0};
DROP TRIGGER IF EXISTS audit_changed ON public.{0};
DROP TRIGGER IF EXISTS audit_removed ON public.{0};
"""


class Migration(migrations.Migration):
    """Attach the capture of changes to the tables of postings."""

    dependencies = [("agencies", "0007_postings_are_kept")]

    operations = [
        migrations.RunSQL(attach, RELEASE.format(table)) for table, attach in CAPTURED.items()
    ]
