"""Imports, what they refused and the rows they stored: guarded and on the record."""

from django.db import migrations

GUARD = """
-- Seen by whoever asked for it and by the agency's admins; the machine finds what is to be done.
CALL aar_guard('incidents_import',
    $$ (SELECT aar_reader()) = 'machine' OR (agency_id = (SELECT aar_agency())
        AND (SELECT aar_reader()) = 'person'
        AND classification::text = ANY ((SELECT aar_cleared())::text[])
        AND (asked_by_id = (SELECT aar_person()) OR (SELECT aar_role()) = 'AGENCY_ADMIN')) $$,
    may_add => $$ agency_id = (SELECT aar_agency()) AND asked_by_id = (SELECT aar_person()) $$,
    may_remove => 'false');
CALL aar_guard_part('incidents_refusal', 'incidents_import', 'batch_id');
CALL aar_guard_part('incidents_datarow', 'incidents_incident', 'incident_id',
    'incidents_owner(incident_id) = (SELECT aar_agency())');
SELECT public.audit_capture_rows('incidents_import', 'incidents.import');
SELECT public.audit_capture_rows('incidents_datarow', 'incidents.datarow', 'incidents.incident',
    '{incident_id,incidents_incident}', '{cells}');
"""
FREE = """
CALL aar_unguard('incidents_datarow');
CALL aar_unguard('incidents_refusal');
CALL aar_unguard('incidents_import');
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0006_imports")]

    operations = [migrations.RunSQL(GUARD, FREE)]
