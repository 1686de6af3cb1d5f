"""The record notes each change of the rows of this room."""

from django.db import migrations

# Each change of these rows leaves an event, whoever makes it and by whatever way.
CAPTURED = {
    "agencies_agency": (
        "SELECT public.audit_capture_rows('agencies_agency', 'agencies.agency')"
    ),
    "agencies_sharinggroup": (
        "SELECT public.audit_capture_rows('agencies_sharinggroup', 'agencies.sharinggroup')"
    ),
    "agencies_sharinggroup_agencies": (
        "SELECT public.audit_capture_rows('agencies_sharinggroup_agencies', 'agencies.sharinggroup_agencies', 'agencies.sharinggroup', '{sharinggroup_id,agencies_sharinggroup}')"
    ),
    "agencies_user": (
        "SELECT public.audit_capture_rows('agencies_user', 'agencies.user', hidden => '{password,last_login}')"
    ),
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
    replaces = [
        ("agencies", "0011_posting_named"),
    ]
    dependencies = [
        ("agencies", "0002_second_lock"),
        ("audit", "0002_row_capture"),
    ]

    operations = [
        migrations.RunSQL(attach, RELEASE.format(table)) for table, attach in CAPTURED.items()
    ]
