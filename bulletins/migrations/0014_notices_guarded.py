"""The second lock on notices and reminders, and what the machine must know to write them."""

from django.db import migrations

GUARD = """
-- Read by whom it tells; by the agency that caused it, which answers for its going out; and by the
-- machine that sends it.
CALL aar_guard('bulletins_notice',
    $$ (SELECT aar_reader()) = 'machine'
        OR (person_id = (SELECT aar_person())
            AND classification::text = ANY ((SELECT aar_cleared())::text[]))
        OR (sender_id = (SELECT aar_agency())
            AND (SELECT aar_role()) IN ('COMMANDER', 'RELEASE_OFFICER', 'AGENCY_ADMIN')
            AND (SELECT true FROM bulletins_bulletin w WHERE w.id = bulletins_notice.bulletin_id)) $$,
    may_add => $$ (SELECT aar_reader()) = 'machine'
        OR (sender_id = (SELECT aar_agency())
            AND bulletins_owner(bulletin_id) = (SELECT aar_agency())) $$,
    may_leave => $$ (SELECT aar_reader()) = 'machine' $$, may_remove => 'false');
CALL aar_guard('bulletins_noticechoice',
    $$ (SELECT aar_reader()) = 'machine' OR person_id = (SELECT aar_person()) $$,
    may_remove => 'false');
CALL aar_guard('bulletins_receiptreminder',
    $$ (SELECT aar_reader()) = 'machine'
        OR (SELECT true FROM bulletins_receipt w WHERE w.id = bulletins_receiptreminder.receipt_id) $$,
    may_add => $$ (SELECT aar_reader()) = 'machine' $$, may_leave => 'false', may_remove => 'false');
SELECT public.audit_capture_rows('bulletins_noticechoice', 'bulletins.noticechoice');
SELECT public.audit_capture_rows('bulletins_receiptreminder', 'bulletins.receiptreminder',
    'bulletins.bulletin',
    '{receipt_id,bulletins_receipt,bulletin_id,bulletins_bulletin}');

-- Whom a recall concerns: who was told of the release, and who has had the bulletin since, in an
-- agency that no other release reaches. Answered to the agency whose bulletin it is.
CREATE FUNCTION bulletins_told(of_release bigint) RETURNS TABLE (person bigint, agency bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    of_bulletin bigint;
    owner bigint;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT s.bulletin_id, b.agency_id INTO of_bulletin, owner FROM bulletins_release s
        JOIN bulletins_bulletin b ON b.id = s.bulletin_id WHERE s.id = of_release;
    IF owner = aar_agency() THEN
        RETURN QUERY
        WITH reached AS (
            SELECT r.agency_id FROM bulletins_receipt r WHERE r.release_id = of_release
                AND NOT EXISTS (SELECT FROM bulletins_receipt o
                    JOIN bulletins_release s ON s.id = o.release_id AND s.recalled_at IS NULL
                    WHERE o.bulletin_id = of_bulletin AND o.agency_id = r.agency_id
                        AND s.id <> of_release)
        ), known AS (
            SELECT n.person_id, n.agency_id FROM bulletins_notice n WHERE n.release_id = of_release
                AND n.agency_id <> owner
            UNION
            SELECT c.person_id, c.agency_id FROM bulletins_copy c WHERE c.bulletin_id = of_bulletin
            UNION
            SELECT e.actor_id, e.agency_id FROM audit_event e
                WHERE e.target_type = 'bulletins.bulletin' AND e.target_id = of_bulletin
                AND e.verb IN ('record.read', 'bulletin.downloaded') AND e.actor_id IS NOT NULL
            UNION
            SELECT s.to_person_id, u.agency_id FROM bulletins_release s
                JOIN agencies_user u ON u.id = s.to_person_id WHERE s.id = of_release
        )
        SELECT k.person_id, min(k.agency_id) FROM known k
            WHERE k.agency_id IN (SELECT a.agency_id FROM reached a)
                OR k.person_id = (SELECT s.to_person_id FROM bulletins_release s
                    WHERE s.id = of_release)
            GROUP BY k.person_id;
    END IF;
    PERFORM set_config('aar.inside', was, true);
END $$;

-- What is owed for releases, told to the machine alone: number and marking of the bulletin, whose
-- it is, who owes it and by when; the title where it is open to all.
CREATE FUNCTION bulletins_owing(after bigint, most integer)
    RETURNS TABLE (receipt bigint, release bigint, bulletin bigint, agency bigint, sender bigint,
        reference varchar, tlp varchar, classification varchar, title varchar, ask varchar,
        shared_at timestamptz, acknowledge_by timestamptz, act_by date,
        owes_word boolean, owes_deed boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    IF aar_reader() <> 'machine' THEN RETURN; END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY SELECT r.id, s.id, b.id, r.agency_id, b.agency_id, b.reference, b.tlp,
            b.classification,
            CASE WHEN b.tlp IN ('CLEAR', 'GREEN') AND b.classification = 'UNMARKED'
                AND NOT 'EYES' = ANY (b.caveats) THEN b.title ELSE '' END,
            s.ask, s.shared_at, s.acknowledge_by, s.act_by,
            r.acknowledged_at IS NULL,
            s.ask = 'ACT' AND r.acted_at IS NULL AND r.declined_at IS NULL
        FROM bulletins_receipt r
        JOIN bulletins_release s ON s.id = r.release_id AND s.recalled_at IS NULL
        JOIN bulletins_bulletin b ON b.id = r.bulletin_id
        WHERE r.id > after AND s.ask <> 'READ'
            AND (r.acknowledged_at IS NULL
                OR (s.ask = 'ACT' AND r.acted_at IS NULL AND r.declined_at IS NULL))
        ORDER BY r.id LIMIT most;
    PERFORM set_config('aar.inside', was, true);
END $$;

-- A release has come to an agency: noted once, by the machine or by that agency itself.
CREATE FUNCTION bulletins_delivered(of_release bigint, of_agency bigint, moment timestamptz, way text)
    RETURNS SETOF bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    IF NOT (aar_reader() = 'machine'
            OR (aar_reader() = 'person' AND aar_agency() = of_agency)) THEN
        RETURN;
    END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY UPDATE bulletins_receipt SET delivered_at = moment, delivered_by = way
        WHERE release_id = of_release AND agency_id = of_agency AND delivered_at IS NULL
        RETURNING id;
    PERFORM set_config('aar.inside', was, true);
END $$;

-- Which bulletins stand on the public page: open to anyone, current, and not withdrawn; the
-- page that verifies says the same of them.
CREATE FUNCTION bulletins_public() RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY SELECT b.id FROM bulletins_bulletin b
        WHERE b.state = 'ISSUED' AND b.tlp = 'CLEAR' AND b.classification = 'UNMARKED'
            AND NOT 'EYES' = ANY (b.caveats)
            AND NOT EXISTS (SELECT FROM bulletins_bulletin n WHERE n.reference = b.reference
                AND n.state = 'ISSUED' AND n.edition > b.edition)
            AND (NOT EXISTS (SELECT FROM bulletins_release r WHERE r.bulletin_id = b.id)
                OR EXISTS (SELECT FROM bulletins_release r
                    WHERE r.bulletin_id = b.id AND r.recalled_at IS NULL));
    PERFORM set_config('aar.inside', was, true);
END $$;

-- When the public page last changed: by an issue, or by the recall of what stood on it.
CREATE FUNCTION bulletins_public_changed() RETURNS timestamptz
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    found timestamptz;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT max(greatest(b.issued_at, (SELECT max(greatest(r.shared_at, r.recalled_at))
            FROM bulletins_release r WHERE r.bulletin_id = b.id)))
        INTO found FROM bulletins_bulletin b
        WHERE b.state = 'ISSUED' AND b.tlp = 'CLEAR' AND NOT 'EYES' = ANY (b.caveats);
    PERFORM set_config('aar.inside', was, true);
    RETURN found;
END $$;
"""
FREE = """
DROP FUNCTION bulletins_public_changed();
DROP FUNCTION bulletins_public();
DROP FUNCTION bulletins_delivered(bigint, bigint, timestamptz, text);
DROP FUNCTION bulletins_owing(bigint, integer);
DROP FUNCTION bulletins_told(bigint);
DROP TRIGGER IF EXISTS audit_added ON public.bulletins_receiptreminder;
DROP TRIGGER IF EXISTS audit_changed ON public.bulletins_receiptreminder;
DROP TRIGGER IF EXISTS audit_removed ON public.bulletins_receiptreminder;
DROP TRIGGER IF EXISTS audit_added ON public.bulletins_noticechoice;
DROP TRIGGER IF EXISTS audit_changed ON public.bulletins_noticechoice;
DROP TRIGGER IF EXISTS audit_removed ON public.bulletins_noticechoice;
CALL aar_unguard('bulletins_receiptreminder');
CALL aar_unguard('bulletins_noticechoice');
CALL aar_unguard('bulletins_notice');
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0013_notices")]

    operations = [migrations.RunSQL(GUARD, FREE)]
