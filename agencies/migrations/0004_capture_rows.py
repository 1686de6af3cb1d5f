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
    "agencies_user_areas": (
        "SELECT public.audit_capture_rows('agencies_user_areas', 'agencies.user_areas', 'agencies.user', '{user_id,agencies_user}')"
    ),
}
RELEASE = """
DROP TRIGGER IF EXISTS audit_added ON public.{0};
DROP TRIGGER IF EXISTS audit_changed ON public.{0};
DROP TRIGGER IF EXISTS audit_removed ON public.{0};
"""


class Migration(migrations.Migration):
    """Attach the capture of changes to the tables of this room."""

    dependencies = [("agencies", "0003_second_lock"), ("audit", "0003_row_capture")]

    operations = [
        migrations.RunSQL(attach, RELEASE.format(table)) for table, attach in CAPTURED.items()
    ]
