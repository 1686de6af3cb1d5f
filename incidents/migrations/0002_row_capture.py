"""The record notes each change of the rows of this room."""

from django.db import migrations

# Each change of these rows leaves an event, whoever makes it and by whatever way.
CAPTURED = {
    "incidents_incident": (
        "SELECT public.audit_capture_rows('incidents_incident', 'incidents.incident')"
    ),
    "incidents_source": (
        "SELECT public.audit_capture_rows('incidents_source', 'incidents.source', 'incidents.incident', '{incident_id,incidents_incident}')"
    ),
    "incidents_casualtycount": (
        "SELECT public.audit_capture_rows('incidents_casualtycount', 'incidents.casualtycount', 'incidents.incident', '{incident_id,incidents_incident}')"
    ),
    "incidents_claim": (
        "SELECT public.audit_capture_rows('incidents_claim', 'incidents.claim', 'incidents.incident', '{incident_id,incidents_incident}')"
    ),
    "incidents_fact": (
        "SELECT public.audit_capture_rows('incidents_fact', 'incidents.fact', 'incidents.incident', '{incident_id,incidents_incident}')"
    ),
    "incidents_logentry": (
        "SELECT public.audit_capture_rows('incidents_logentry', 'incidents.logentry', 'incidents.incident', '{incident_id,incidents_incident}')"
    ),
    "incidents_disputedfact": (
        "SELECT public.audit_capture_rows('incidents_disputedfact', 'incidents.disputedfact', 'incidents.incident', '{incident_id,incidents_incident}')"
    ),
    "incidents_openquestion": (
        "SELECT public.audit_capture_rows('incidents_openquestion', 'incidents.openquestion', 'incidents.incident', '{incident_id,incidents_incident}')"
    ),
    "incidents_incidentshare": (
        "SELECT public.audit_capture_rows('incidents_incidentshare', 'incidents.incidentshare', 'incidents.incident', '{record_id,incidents_incident}')"
    ),
    "incidents_factaccount": (
        "SELECT public.audit_capture_rows('incidents_factaccount', 'incidents.factaccount', 'incidents.incident', '{dispute_id,incidents_disputedfact,incident_id,incidents_incident}')"
    ),
    "incidents_evidence": (
        "SELECT public.audit_capture_rows('incidents_evidence', 'incidents.evidence', 'incidents.incident', '{incident_id,incidents_incident}')"
    ),
    "incidents_custodyevent": (
        "SELECT public.audit_capture_rows('incidents_custodyevent', 'incidents.custodyevent', 'incidents.incident', '{evidence_id,incidents_evidence,incident_id,incidents_incident}')"
    ),
    "incidents_displaycopy": (
        "SELECT public.audit_capture_rows('incidents_displaycopy', 'incidents.displaycopy', 'incidents.incident', '{evidence_id,incidents_evidence,incident_id,incidents_incident}')"
    ),
    "incidents_incidentwidening": (
        "SELECT public.audit_capture_rows('incidents_incidentwidening', 'incidents.incidentwidening', 'incidents.incident', '{record_id,incidents_incident}')"
    ),
}
RELEASE = """
DROP TRIGGER IF EXISTS audit_added ON public.{0};
DROP TRIGGER IF EXISTS audit_changed ON public.{0};
DROP TRIGGER IF EXISTS audit_removed ON public.{0};
"""


class Migration(migrations.Migration):
    replaces = [
        ("incidents", "0006_widening"),
    ]
    dependencies = [
        ("incidents", "0001_tables"),
        ("audit", "0002_row_capture"),
    ]

    operations = [
        migrations.RunSQL(attach, RELEASE.format(table)) for table, attach in CAPTURED.items()
    ]
