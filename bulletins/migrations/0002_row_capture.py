"""The record notes each change of the rows of this room."""

from django.db import migrations

# Each change of these rows leaves an event, whoever makes it and by whatever way.
CAPTURED = {
    "bulletins_bulletin": (
        "SELECT public.audit_capture_rows('bulletins_bulletin', 'bulletins.bulletin')"
    ),
    "bulletins_brief": (
        "SELECT public.audit_capture_rows('bulletins_brief', 'bulletins.brief')"
    ),
    "bulletins_bulletinlesson": (
        "SELECT public.audit_capture_rows('bulletins_bulletinlesson', 'bulletins.bulletinlesson', 'bulletins.bulletin', '{bulletin_id,bulletins_bulletin}')"
    ),
    "bulletins_release": (
        "SELECT public.audit_capture_rows('bulletins_release', 'bulletins.release', 'bulletins.bulletin', '{bulletin_id,bulletins_bulletin}')"
    ),
    "bulletins_receipt": (
        "SELECT public.audit_capture_rows('bulletins_receipt', 'bulletins.receipt', 'bulletins.bulletin', '{bulletin_id,bulletins_bulletin}')"
    ),
    "bulletins_document": (
        "SELECT public.audit_capture_rows('bulletins_document', 'bulletins.document')"
    ),
    "bulletins_rendering": (
        "SELECT public.audit_capture_rows('bulletins_rendering', 'bulletins.rendering', 'bulletins.bulletin', '{bulletin_id,bulletins_bulletin}')"
    ),
    "bulletins_consent": (
        "SELECT public.audit_capture_rows('bulletins_consent', 'bulletins.consent')"
    ),
}
RELEASE = """
DROP TRIGGER IF EXISTS audit_added ON public.{0};
DROP TRIGGER IF EXISTS audit_changed ON public.{0};
DROP TRIGGER IF EXISTS audit_removed ON public.{0};
"""


class Migration(migrations.Migration):
    replaces = [
        ("bulletins", "0007_eyes_only"),
    ]
    dependencies = [
        ("bulletins", "0001_tables"),
        ("audit", "0002_row_capture"),
    ]

    operations = [
        migrations.RunSQL(attach, RELEASE.format(table)) for table, attach in CAPTURED.items()
    ]
