"""Details of an incident: read with it, written by its own agency, on the record."""

from django.db import migrations

SECTIONS = (
    *("prioralert", "securityplan", "weapon", "attackers"),
    *("responsetime", "fir", "arrest", "forensicexamination"),
)
GUARD = """
CALL aar_guard_part('incidents_particular', 'incidents_incident', 'incident_id',
    '(SELECT w.agency_id = (SELECT aar_agency()) FROM incidents_incident w
        WHERE w.id = incidents_particular.incident_id)');
SELECT public.audit_capture_rows('incidents_particular', 'incidents.particular',
    'incidents.incident', '{incident_id,incidents_incident}');
"""
FREE = "CALL aar_unguard('incidents_particular');"
GUARD_SECTION = """
CALL aar_guard_part('incidents_{0}', 'incidents_particular', 'id',
    '(SELECT w.agency_id = (SELECT aar_agency())
        FROM incidents_particular p JOIN incidents_incident w ON w.id = p.incident_id
        WHERE p.id = incidents_{0}.id)');
SELECT public.audit_capture_rows('incidents_{0}', 'incidents.{0}',
    'incidents.incident', '{{id,incidents_particular,incident_id,incidents_incident}}');
"""
FREE_SECTION = "CALL aar_unguard('incidents_{0}');"


class Migration(migrations.Migration):
    dependencies = [("incidents", "0025_particulars")]

    operations = [
        migrations.RunSQL(GUARD, FREE),
        *(
            migrations.RunSQL(GUARD_SECTION.format(each), FREE_SECTION.format(each))
            for each in SECTIONS
        ),
    ]
