"""The second lock on the register: an incident by its marking, and with it what hangs from it."""

from django.db import migrations

MAKE = """
-- Whose incident it is, for the policy of its shares, which the incident's own policy asks.
CREATE FUNCTION incidents_owner(incident bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    found bigint;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT agency_id INTO found FROM incidents_incident WHERE id = incident;
    PERFORM set_config('aar.inside', was, true);
    RETURN found;
END $$;

CALL aar_guard_shares('incidents_incidentshare', 'incidents_owner(record_id)');
CALL aar_guard_record('incidents_incident', 'incidents_incidentshare', 'record_id');
CALL aar_guard_part('incidents_casualtycount', 'incidents_incident', 'incident_id',
    'incidents_owner(incident_id) = (SELECT aar_agency())');
CALL aar_guard_part('incidents_claim', 'incidents_incident', 'incident_id',
    'incidents_owner(incident_id) = (SELECT aar_agency())');
CALL aar_guard_part('incidents_disputedfact', 'incidents_incident', 'incident_id',
    'incidents_owner(incident_id) = (SELECT aar_agency())');
CALL aar_guard_part('incidents_fact', 'incidents_incident', 'incident_id',
    'incidents_owner(incident_id) = (SELECT aar_agency())');
CALL aar_guard_part('incidents_logentry', 'incidents_incident', 'incident_id',
    'incidents_owner(incident_id) = (SELECT aar_agency())');
CALL aar_guard_part('incidents_openquestion', 'incidents_incident', 'incident_id',
    'incidents_owner(incident_id) = (SELECT aar_agency())');
CALL aar_guard_part('incidents_source', 'incidents_incident', 'incident_id',
    'incidents_owner(incident_id) = (SELECT aar_agency())');
CALL aar_guard_part('incidents_factaccount', 'incidents_disputedfact', 'dispute_id');
"""
DROP = """
CALL aar_unguard('incidents_factaccount');
CALL aar_unguard('incidents_source');
CALL aar_unguard('incidents_openquestion');
CALL aar_unguard('incidents_logentry');
CALL aar_unguard('incidents_fact');
CALL aar_unguard('incidents_disputedfact');
CALL aar_unguard('incidents_claim');
CALL aar_unguard('incidents_casualtycount');
CALL aar_unguard('incidents_incident');
CALL aar_unguard('incidents_incidentshare');
DROP FUNCTION incidents_owner(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_second_lock"), ("incidents", "0002_capture_rows")]

    operations = [migrations.RunSQL(MAKE, DROP)]
