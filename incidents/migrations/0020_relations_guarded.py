"""Relations: seen by whoever sees both incidents, said in the name of the agency of one of them."""

from django.db import migrations

GUARD = """
CALL aar_guard('incidents_relation',
    $$ (SELECT true FROM incidents_incident w WHERE w.id = incidents_relation.first_id)
        AND (SELECT true FROM incidents_incident w WHERE w.id = incidents_relation.second_id) $$,
    may_add => $$ agency_id = (SELECT aar_agency()) AND said_by_id = (SELECT aar_person())
        AND (SELECT count(*) = 2 AND bool_or(w.agency_id = (SELECT aar_agency()))
            FROM incidents_incident w
            WHERE w.id IN (incidents_relation.first_id, incidents_relation.second_id)) $$,
    may_leave => $$ agency_id = (SELECT aar_agency())
        AND taken_back_by_id = (SELECT aar_person()) $$,
    may_remove => 'false');
-- A record of its own and a part of neither: the life of one incident must not name the other.
SELECT public.audit_capture_rows('incidents_relation', 'incidents.relation');
"""
FREE = "CALL aar_unguard('incidents_relation');"


class Migration(migrations.Migration):
    dependencies = [("incidents", "0019_relations")]

    operations = [migrations.RunSQL(GUARD, FREE)]
