"""Evidence behind the second lock, and in the record of row changes."""

from django.db import migrations

MAKE = """
-- A piece is read by its own marking, to the readers named for its incident, and only with the
-- incident; once withdrawn by its own agency and auditors. The machine searches and draws every file.
DO $do$ BEGIN
    CALL aar_guard('incidents_evidence', format(
        $$ (SELECT aar_reader()) = 'machine' OR ((%s)
            AND EXISTS (SELECT 1 FROM incidents_incident w WHERE w.id = incidents_evidence.incident_id)
            AND (withdrawn_at IS NULL OR (SELECT aar_role()) = 'AUDITOR'
                OR ((SELECT aar_reader()) IN ('person', 'blind')
                    AND agency_id = (SELECT aar_agency())))) $$,
        replace(
            aar_marking_rule('incidents_evidence', 'incidents_incidentshare', 'record_id', 'true'),
            'incidents_evidence.id', 'incidents_evidence.incident_id')),
        may_add => 'agency_id = (SELECT aar_agency())',
        may_leave => $$ (SELECT aar_reader()) = 'machine' OR agency_id = (SELECT aar_agency()) $$,
        may_remove => 'false');
END $do$;
CALL aar_guard_part('incidents_custodyevent', 'incidents_evidence', 'evidence_id');
CALL aar_guard_part('incidents_displaycopy', 'incidents_evidence', 'evidence_id');
"""
DROP = """
CALL aar_unguard('incidents_displaycopy');
CALL aar_unguard('incidents_custodyevent');
CALL aar_unguard('incidents_evidence');
"""
# Each change of these rows leaves an event, whoever makes it and by whatever way.
CAPTURED = {
    "incidents_evidence": (
        "SELECT public.audit_capture_rows('incidents_evidence', 'incidents.evidence', 'incidents.incident', '{incident_id,incidents_incident}')"
    ),
    "incidents_custodyevent": (
        "SELECT public.audit_capture_rows('incidents_custodyevent', 'incidents.custodyevent', 'incidents.incident', '{evidence_id,incidents_evidence,incident_id,incidents_incident}')"
    ),
    "incidents_displaycopy": (
        "SELECT public.audit_capture_rows('incidents_displaycopy', 'incidents.displaycopy', 'incidents.incident', '{evidence_id,incidents_evidence,incident_id,incidents_incident}')"
    ),
}
RELEASE = """
DROP TRIGGER IF EXISTS audit_added ON public.{0};
DROP TRIGGER IF EXISTS audit_changed ON public.{0};
DROP TRIGGER IF EXISTS audit_removed ON public.{0};
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_second_lock"), ("incidents", "0004_evidence")]

    operations = [
        migrations.RunSQL(MAKE, DROP),
        *(migrations.RunSQL(attach, RELEASE.format(table)) for table, attach in CAPTURED.items()),
    ]
