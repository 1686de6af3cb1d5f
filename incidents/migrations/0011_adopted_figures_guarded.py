"""Adopted figures: read with their incident, said by its own agency, on the record."""

from django.db import migrations

GUARD = """
CALL aar_guard_part('incidents_adoptedfigure', 'incidents_incident', 'incident_id',
    '(SELECT w.agency_id = (SELECT aar_agency()) FROM incidents_incident w
        WHERE w.id = incidents_adoptedfigure.incident_id)');
SELECT public.audit_capture_rows('incidents_adoptedfigure', 'incidents.adoptedfigure',
    'incidents.incident', '{incident_id,incidents_incident}');
"""
FREE = "CALL aar_unguard('incidents_adoptedfigure');"


class Migration(migrations.Migration):
    dependencies = [("incidents", "0010_adopted_figures")]

    operations = [migrations.RunSQL(GUARD, FREE)]
