"""The second lock on bulletins and briefs, their releases, receipts and documents."""

from django.db import migrations

MAKE = """
-- Whose bulletin it is, for the policies of its releases and receipts.
CREATE FUNCTION bulletins_owner(bulletin bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found bigint;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT agency_id INTO found FROM bulletins_bulletin WHERE id = bulletin;
    PERFORM set_config('aar.inside', '', true);
    RETURN found;
END $$;
-- What was taken back from the reader's agency: the number and the reason, none of its words.
CREATE FUNCTION bulletins_recalled(since timestamptz)
    RETURNS TABLE (id bigint, reference varchar, agency_id bigint, recalled_at timestamptz, reason text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY SELECT b.id, b.reference, b.agency_id, s.recalled_at, s.recall_reason
        FROM bulletins_receipt r JOIN bulletins_release s ON s.id = r.release_id
        JOIN bulletins_bulletin b ON b.id = r.bulletin_id
        WHERE r.agency_id = aar_agency() AND s.recalled_at > since
            AND b.classification::text = ANY (aar_cleared())
        ORDER BY s.recalled_at DESC, r.id DESC;
    PERFORM set_config('aar.inside', '', true);
END $$;

-- Rules over rows that the writer may not see.
ALTER FUNCTION pgtrigger_marked_as_its_parts_1fc0f() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_marked_as_its_parts_4ca61() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_issued_keeps_its_parts_61342() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_drafts_follow_b323a() SECURITY DEFINER;

CALL aar_guard_shares('bulletins_release', 'bulletins_owner(bulletin_id)');
-- Issued by its marking and releases; before that the editors of its agency.
CALL aar_guard_record('bulletins_bulletin', 'bulletins_release', 'bulletin_id',
    alive => 's.recalled_at IS NULL', only_if => $$ state = 'ISSUED' $$,
    also => $$ (SELECT aar_role()) IN ('RELEASE_OFFICER', 'AGENCY_ADMIN')
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
        OR EXISTS (SELECT 1 FROM bulletins_bulletin w WHERE w.id = bulletins_rendering.bulletin_id)
        OR EXISTS (SELECT 1 FROM bulletins_brief w WHERE w.id = bulletins_rendering.brief_id) $$);
CALL aar_guard('bulletins_document',
    $$ (SELECT aar_reader()) = 'machine' OR EXISTS (SELECT 1 FROM bulletins_rendering w
        WHERE w.document_id = bulletins_document.id) $$,
    may_add => $$ (SELECT aar_reader()) = 'machine' $$,
    may_leave => $$ (SELECT aar_reader()) = 'machine' $$,
    may_remove => $$ (SELECT aar_reader()) = 'machine' $$);
"""
DROP = """
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
    dependencies = [("agencies", "0003_second_lock"), ("bulletins", "0003_markings_of_parts")]

    operations = [migrations.RunSQL(MAKE, DROP)]
