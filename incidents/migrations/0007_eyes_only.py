"""Incidents marked EYES are for their owner and whom they name."""

from django.db import migrations

MAKE = """
-- A piece of evidence names whom its incident names; the machine searches and draws every file.
CALL aar_guard_eyes('incidents_evidence', also => $$ (SELECT aar_reader()) = 'machine'
    OR ((SELECT aar_reader()) = 'person' AND EXISTS (SELECT 1 FROM incidents_incidentshare s
        WHERE s.record_id = incidents_evidence.incident_id
        AND (s.to_agency_id = (SELECT aar_agency()) OR s.to_person_id = (SELECT aar_person())
            OR s.to_group_id = ANY ((SELECT aar_groups())::bigint[])))) $$);
CALL aar_guard_eyes('incidents_incident', 'incidents_incidentshare', 'record_id');
"""
DROP = """
DROP POLICY eyes_only ON incidents_evidence;
DROP POLICY eyes_only ON incidents_incident;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0010_eyes_only"), ("incidents", "0006_widening")]

    operations = [migrations.RunSQL(MAKE, DROP)]
