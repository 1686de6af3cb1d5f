"""The second lock on bulletins and briefs, their releases, receipts and documents."""

from django.db import migrations

MAKE = """
-- Whose bulletin it is, for the policies of its releases and receipts.
CREATE FUNCTION bulletins_owner(bulletin bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    found bigint;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT agency_id INTO found FROM bulletins_bulletin WHERE id = bulletin;
    PERFORM set_config('aar.inside', was, true);
    RETURN found;
END $$;
-- What was taken back from the reader's agency: the number and the reason, none of its words.
CREATE FUNCTION bulletins_recalled(since timestamptz)
    RETURNS TABLE (id bigint, reference varchar, agency_id bigint, recalled_at timestamptz, reason text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY SELECT b.id, b.reference, b.agency_id, s.recalled_at, s.recall_reason
        FROM bulletins_receipt r JOIN bulletins_release s ON s.id = r.release_id
        JOIN bulletins_bulletin b ON b.id = r.bulletin_id
        WHERE r.agency_id = aar_agency() AND s.recalled_at > since
            AND b.classification::text = ANY (aar_cleared())
        ORDER BY s.recalled_at DESC, r.id DESC;
    PERFORM set_config('aar.inside', was, true);
END $$;

-- Rules over rows that the writer may not see.
ALTER FUNCTION pgtrigger_marked_as_its_parts_1fc0f() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_marked_as_its_parts_4ca61() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_issued_keeps_its_parts_61342() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_drafts_follow_b323a() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_sent_by_another_4ba0c() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_originator_consents_4c07b() SECURITY DEFINER;

CALL aar_guard_shares('bulletins_release', 'bulletins_owner(bulletin_id)');
-- Issued by its marking and releases; before that its agency's editors, and the
-- commander who may be the second person.
CALL aar_guard_record('bulletins_bulletin', 'bulletins_release', 'bulletin_id',
    alive => 's.recalled_at IS NULL', only_if => $$ state = 'ISSUED' $$,
    also => $$ (SELECT aar_role()) IN ('COMMANDER', 'RELEASE_OFFICER', 'AGENCY_ADMIN')
        AND agency_id = (SELECT aar_agency())
        AND classification::text = ANY ((SELECT aar_cleared())::text[])
        AND (tlp <> 'RED' OR composed_by_id = (SELECT aar_person())
            OR EXISTS (SELECT 1 FROM bulletins_release s WHERE s.recalled_at IS NULL
                AND s.bulletin_id = bulletins_bulletin.id
                AND s.to_person_id = (SELECT aar_person()))) $$);
CALL aar_guard_part('bulletins_bulletinlesson', 'bulletins_bulletin', 'bulletin_id',
    'bulletins_owner(bulletin_id) = (SELECT aar_agency())');
-- Sent by the owner; answered by the agency it was sent to.
CALL aar_guard('bulletins_receipt',
    $$ agency_id = (SELECT aar_agency()) OR bulletins_owner(bulletin_id) = (SELECT aar_agency()) $$,
    may_add => 'bulletins_owner(bulletin_id) = (SELECT aar_agency())',
    may_leave => 'agency_id = (SELECT aar_agency())', may_remove => 'false');
CALL aar_guard_record('bulletins_brief');
-- The worker's books: the machine keeps them, and reads no bulletin by that.
CALL aar_guard('bulletins_rendering',
    $$ (SELECT aar_reader()) = 'machine'
        OR (SELECT true FROM bulletins_bulletin w WHERE w.id = bulletins_rendering.bulletin_id)
        OR (SELECT true FROM bulletins_brief w WHERE w.id = bulletins_rendering.brief_id) $$);
CALL aar_guard('bulletins_document',
    $$ (SELECT aar_reader()) = 'machine' OR EXISTS (SELECT 1 FROM bulletins_rendering w
        WHERE w.document_id = bulletins_document.id) $$,
    may_add => $$ (SELECT aar_reader()) = 'machine' $$,
    may_leave => $$ (SELECT aar_reader()) = 'machine' $$,
    may_remove => $$ (SELECT aar_reader()) = 'machine' $$);
-- Read by who asks and by whose record it is; asked and answered in one's own name.
CALL aar_guard('bulletins_consent',
    $$ agency_id = (SELECT aar_agency()) OR originator_id = (SELECT aar_agency()) $$,
    may_add => $$ agency_id = (SELECT aar_agency()) AND asked_by_id = (SELECT aar_person()) $$,
    may_leave => $$ originator_id = (SELECT aar_agency())
        AND decided_by_id = (SELECT aar_person()) $$,
    may_remove => 'false');
CALL aar_guard_eyes('bulletins_bulletin', 'bulletins_release', 'bulletin_id',
    alive => 's.recalled_at IS NULL');
CALL aar_guard_eyes('bulletins_brief');

-- The record of deeds: added to by everybody, read by whom the deed or its record is the affair of.
-- Sealing and verifying read the whole of it and say so (`aar.whole_record`). What is added is seen
-- within its own transaction, whoever adds it.
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY may_add ON audit_event FOR INSERT WITH CHECK (true);
CREATE POLICY may_read ON audit_event FOR SELECT USING (
    (SELECT aar_inside())
    OR (SELECT coalesce(current_setting('aar.whole_record', true), '') = 'on')
    OR transaction_id = (SELECT pg_current_xact_id_if_assigned()::text::bigint)
    OR actor_id = (SELECT aar_person())
    OR ((SELECT aar_role()) IN ('AUDITOR', 'AGENCY_ADMIN') AND (
        target_agency_id = (SELECT aar_agency())
        OR ((SELECT aar_role()) = 'AUDITOR' AND (SELECT kind = 'oversight'
            FROM agencies_agency WHERE id = (SELECT aar_agency())))))
    OR (verb NOT LIKE 'row.%' AND CASE target_type
        WHEN 'incidents.incident' THEN
            (SELECT true FROM incidents_incident w WHERE w.id = target_id)
        WHEN 'reviews.review' THEN
            (SELECT true FROM reviews_review w WHERE w.id = target_id)
        WHEN 'lessons.lesson' THEN
            (SELECT true FROM lessons_lesson w WHERE w.id = target_id)
        WHEN 'bulletins.bulletin' THEN
            (SELECT true FROM bulletins_bulletin w WHERE w.id = target_id)
        WHEN 'bulletins.brief' THEN
            (SELECT true FROM bulletins_brief w WHERE w.id = target_id)
        ELSE false END)
    -- Lists that the machine has loaded.
    OR (verb = 'reference.loaded' AND target_id IS NULL));
"""
DROP = """
DROP POLICY may_read ON audit_event;
DROP POLICY may_add ON audit_event;
ALTER TABLE audit_event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY;
DROP POLICY eyes_only ON bulletins_brief;
DROP POLICY eyes_only ON bulletins_bulletin;
CALL aar_unguard('bulletins_consent');
CALL aar_unguard('bulletins_document');
CALL aar_unguard('bulletins_rendering');
CALL aar_unguard('bulletins_brief');
CALL aar_unguard('bulletins_receipt');
CALL aar_unguard('bulletins_bulletinlesson');
CALL aar_unguard('bulletins_bulletin');
CALL aar_unguard('bulletins_release');
DROP FUNCTION bulletins_recalled(timestamptz);
DROP FUNCTION bulletins_owner(bigint);
"""


class Migration(migrations.Migration):
    replaces = [
        ("bulletins", "0008_consent"),
    ]
    dependencies = [
        ("agencies", "0002_second_lock"),
        ("bulletins", "0002_row_capture"),
        ("lessons", "0003_second_lock"),
        ("reviews", "0003_second_lock"),
        ("incidents", "0003_second_lock"),
    ]

    operations = [migrations.RunSQL(MAKE, DROP)]
