"""What the columns of lists mean: for those who load files for the agency, on the record."""

from django.db import migrations

GUARD = """
CALL aar_guard('incidents_columnmapping',
    $$ agency_id = (SELECT aar_agency()) AND (SELECT aar_reader()) = 'person'
        AND (SELECT aar_role()) IN ('INVESTIGATOR', 'AGENCY_ADMIN')
        AND classification::text = ANY ((SELECT aar_cleared())::text[]) $$,
    may_add => $$ agency_id = (SELECT aar_agency()) AND said_by_id = (SELECT aar_person()) $$,
    may_remove => 'false');
SELECT public.audit_capture_rows('incidents_columnmapping', 'incidents.columnmapping');
"""
FREE = "CALL aar_unguard('incidents_columnmapping');"


class Migration(migrations.Migration):
    dependencies = [("incidents", "0023_column_mappings"), ("audit", "0008_mappings")]

    operations = [migrations.RunSQL(GUARD, FREE)]
