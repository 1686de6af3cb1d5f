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
-- A piece is read by its own marking, to the readers named for its incident, and only with the
-- incident; once withdrawn by its own agency and auditors. The machine searches and draws every file.
DO $do$ BEGIN
    CALL aar_guard('incidents_evidence', format(
        $$ (SELECT aar_reader()) = 'machine' OR ((%s)
            AND (SELECT true FROM incidents_incident w WHERE w.id = incidents_evidence.incident_id)
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
-- Rules over rows that the writer may not see, and a grant that acts on a record unseen by its granter.
ALTER FUNCTION pgtrigger_never_wider_fd908() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_red_by_two_people_23f19() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_carried_out_aee73() SECURITY DEFINER;
-- Read with the incident by its agency, and by those of the agency who decide.
CALL aar_guard('incidents_incidentwidening',
    $$ agency_id = (SELECT aar_agency()) AND (
        ((SELECT aar_role()) IN ('COMMANDER', 'RELEASE_OFFICER', 'AGENCY_ADMIN')
            AND from_classification::text = ANY ((SELECT aar_cleared())::text[]))
        OR (SELECT true FROM incidents_incident w
            WHERE w.id = incidents_incidentwidening.record_id)) $$,
    -- Whatever is asked or decided, is so in one's own name.
    may_add => $$ agency_id = (SELECT aar_agency()) AND incidents_owner(record_id) = agency_id
        AND asked_by_id = (SELECT aar_person()) $$,
    may_leave => $$ agency_id = (SELECT aar_agency()) AND incidents_owner(record_id) = agency_id
        AND decided_by_id = (SELECT aar_person()) $$,
    may_remove => 'false');
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
CALL aar_unguard('incidents_incidentwidening');
CALL aar_unguard('incidents_displaycopy');
CALL aar_unguard('incidents_custodyevent');
CALL aar_unguard('incidents_evidence');
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
    replaces = [
        ("incidents", "0007_eyes_only"),
    ]
    dependencies = [
        ("agencies", "0002_second_lock"),
        ("incidents", "0002_row_capture"),
    ]

    operations = [migrations.RunSQL(MAKE, DROP)]
