"""Details of an incident: read with it, written by its own agency, on the record."""

from django.db import migrations

# The table of each section.
SECTIONS = {
    **{"ALERT": "prioralert", "PLAN": "securityplan", "WEAPON": "weapon"},
    **{"ATTACKERS": "attackers", "RESPONSE": "responsetime", "FIR": "fir"},
    **{"ARREST": "arrest", "FORENSIC": "forensicexamination"},
}
# A row says of which section it is, and stands in the table of that section. After the row, so that
# whoever may not write it is told that first.
IN_ITS_TABLE = """
CREATE FUNCTION incidents_section_of_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT p.section FROM incidents_particular p WHERE p.id = NEW.id) <> TG_ARGV[0] THEN
        RAISE EXCEPTION 'detail % is not of the section %', NEW.id, TG_ARGV[0]
            USING ERRCODE = 'check_violation', CONSTRAINT = 'particular_in_its_table';
    END IF;
    RETURN NULL;
END $$;
"""
NOT_IN_ITS_TABLE = "DROP FUNCTION incidents_section_of_table();"
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
CREATE TRIGGER in_its_table AFTER INSERT OR UPDATE ON incidents_{0}
    FOR EACH ROW EXECUTE FUNCTION incidents_section_of_table('{1}');
"""
FREE_SECTION = "DROP TRIGGER in_its_table ON incidents_{0}; CALL aar_unguard('incidents_{0}');"


class Migration(migrations.Migration):
    dependencies = [("incidents", "0025_particulars")]

    operations = [
        migrations.RunSQL(GUARD, FREE),
        migrations.RunSQL(IN_ITS_TABLE, NOT_IN_ITS_TABLE),
        *(
            migrations.RunSQL(GUARD_SECTION.format(table, section), FREE_SECTION.format(table))
            for section, table in SECTIONS.items()
        ),
    ]
