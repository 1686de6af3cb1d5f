"""Who sees and writes the words of agencies, notices and candid statements; what the record notes.

Of candid statements the record notes no row: `audit_capture` would name their author. What the
deeds on them leave is told in docs/adr/0019-candour.md.
"""

from django.db import migrations

# The agency's commanders read what they are asked about, from submission on.
ASKED = """
CREATE FUNCTION reviews_consulted() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    found bigint[];
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT array_agg(review_id) INTO found FROM reviews_consultation
        WHERE agency_id = aar_agency();
    PERFORM set_config('aar.inside', was, true);
    RETURN found;
END $$;
"""
RECORD = """
CALL aar_unguard('reviews_review');
CALL aar_guard_record('reviews_review', 'reviews_reviewshare', 'record_id',
    only_if => $$ state IN ('PUBLISHED', 'AMENDED') $$,
    also => $$ classification::text = ANY ((SELECT aar_cleared())::text[])
        AND (lead_id = (SELECT aar_person())
            OR id = ANY ((SELECT reviews_of_team())::bigint[])
            OR (agency_id = (SELECT aar_agency()) AND (
                ((SELECT aar_role()) = 'COMMANDER' AND state <> 'DRAFT')
                OR ((SELECT aar_role()) = 'RELEASE_OFFICER'
                    AND state IN ('APPROVED', 'CARRIED'))))%s) $$,
    may_leave => 'true');
"""
ALSO_ASKED = """
            OR ((SELECT aar_role()) = 'COMMANDER' AND state <> 'DRAFT'
                AND tlp IN ('CLEAR', 'GREEN', 'AMBER') AND NOT ('EYES' = ANY (caveats))
                AND id = ANY ((SELECT reviews_consulted())::bigint[]))"""

GUARD = """
CALL aar_guard_part('reviews_consultation', 'reviews_review', 'review_id',
    may_write => $$ (SELECT w.agency_id = (SELECT aar_agency()) FROM reviews_review w
        WHERE w.id = reviews_consultation.review_id) $$);
CALL aar_guard_part('reviews_concurrence', 'reviews_consultation', 'consultation_id',
    may_write => $$ (SELECT w.agency_id = (SELECT aar_agency()) FROM reviews_consultation w
        WHERE w.id = reviews_concurrence.consultation_id) $$);
CALL aar_guard_part('reviews_dissentanswer', 'reviews_dissent', 'dissent_id');
-- The body reads its passage, and nothing else of the review.
CALL aar_guard('reviews_fairnotice',
    $$ (SELECT true FROM reviews_review w WHERE w.id = reviews_fairnotice.review_id)
        OR (body_agency_id = (SELECT aar_agency()) AND (SELECT aar_role()) = 'COMMANDER'
            AND classification::text = ANY ((SELECT aar_cleared())::text[])) $$,
    may_add => $$ (SELECT w.agency_id = (SELECT aar_agency()) FROM reviews_review w
        WHERE w.id = reviews_fairnotice.review_id) $$,
    may_leave => 'false', may_remove => 'false');
CALL aar_guard_part('reviews_noticereply', 'reviews_fairnotice', 'notice_id');
-- Whom it invites, who invited them, and the facilitator who will read what is said.
CALL aar_guard('reviews_candourinvitation',
    $$ (SELECT aar_person()) IN (person_id, asked_by_id, facilitator_id) $$,
    may_add => $$ asked_by_id = (SELECT aar_person())
        AND (SELECT true FROM reviews_review w
            WHERE w.id = reviews_candourinvitation.review_id) $$,
    may_leave => 'false', may_remove => 'false');
-- Its author and the facilitator to whom it was given: no role, no clearance, no team.
CALL aar_guard('reviews_candourstatement',
    $$ (SELECT aar_person()) IN (author_id, facilitator_id) $$,
    may_add => $$ author_id = (SELECT aar_person()) $$,
    may_leave => $$ author_id = (SELECT aar_person()) $$,
    may_remove => 'false');
-- With the review once it is shown; until then its facilitator alone.
CALL aar_guard('reviews_candourtheme',
    $$ by_id = (SELECT aar_person()) OR (shown_at IS NOT NULL
        AND (SELECT true FROM reviews_review w WHERE w.id = reviews_candourtheme.review_id)) $$,
    may_add => $$ by_id = (SELECT aar_person()) $$,
    may_leave => $$ by_id = (SELECT aar_person()) $$,
    may_remove => $$ by_id = (SELECT aar_person()) $$);
CALL aar_guard('reviews_candourground',
    $$ (SELECT w.by_id = (SELECT aar_person()) FROM reviews_candourtheme w
        WHERE w.id = reviews_candourground.theme_id) $$,
    may_add => $$ (SELECT w.by_id = (SELECT aar_person()) FROM reviews_candourtheme w
            WHERE w.id = reviews_candourground.theme_id)
        AND (SELECT w.facilitator_id = (SELECT aar_person()) FROM reviews_candourstatement w
            WHERE w.id = reviews_candourground.statement_id) $$,
    may_leave => 'false');
"""
UNGUARD = """
CALL aar_unguard('reviews_candourground');
CALL aar_unguard('reviews_candourtheme');
CALL aar_unguard('reviews_candourstatement');
CALL aar_unguard('reviews_candourinvitation');
CALL aar_unguard('reviews_noticereply');
CALL aar_unguard('reviews_fairnotice');
CALL aar_unguard('reviews_dissentanswer');
CALL aar_unguard('reviews_concurrence');
CALL aar_unguard('reviews_consultation');
"""

# Rules of candour that hold whoever writes, by rows that the writer may not see.
RULES = """
-- Whether the reader may give a statement on this review now: it is in its team's hands, and they
-- are on the team or invited. Those invited read nothing of the review.
CREATE FUNCTION reviews_takes_statement(review bigint, person bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    found boolean;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT EXISTS (SELECT FROM reviews_review r WHERE r.id = review
            AND r.state IN ('DRAFT', 'RETURNED'))
        AND (EXISTS (SELECT FROM reviews_member m WHERE m.review_id = review
                AND m.user_id = person)
            OR EXISTS (SELECT FROM reviews_candourinvitation i WHERE i.review_id = review
                AND i.person_id = person)) INTO found;
    PERFORM set_config('aar.inside', was, true);
    RETURN found;
END $$;

CREATE FUNCTION reviews_candour_given() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    heard boolean;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT EXISTS (SELECT FROM reviews_member m WHERE m.review_id = NEW.review_id
        AND m.user_id = NEW.facilitator_id AND m.role = 'FACILITATOR') INTO heard;
    PERFORM set_config('aar.inside', was, true);
    IF NOT heard OR NOT reviews_takes_statement(NEW.review_id, NEW.author_id) THEN
        RAISE EXCEPTION 'a statement on review % goes to its facilitator, from its contributors',
            NEW.review_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'candour_to_the_facilitator';
    END IF;
    RETURN NULL;
END $$;
-- After the lock, which says first who may add a row at all.
CREATE CONSTRAINT TRIGGER candour_given AFTER INSERT ON reviews_candourstatement
    FOR EACH ROW EXECUTE FUNCTION reviews_candour_given();

CREATE FUNCTION reviews_contributors(theme bigint) RETURNS integer
    LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT count(DISTINCT s.author_id)::integer FROM reviews_candourground g
        JOIN reviews_candourstatement s ON s.id = g.statement_id
        JOIN reviews_candourtheme t ON t.id = g.theme_id AND t.review_id = s.review_id
        WHERE g.theme_id = theme AND s.withdrawn_at IS NULL
$$;

-- The number is counted, whatever anybody writes there.
CREATE FUNCTION reviews_candour_counted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    NEW.contributors := reviews_contributors(NEW.id);
    PERFORM set_config('aar.inside', was, true);
    RETURN NEW;
END $$;
CREATE TRIGGER candour_counted BEFORE INSERT OR UPDATE ON reviews_candourtheme
    FOR EACH ROW EXECUTE FUNCTION reviews_candour_counted();

-- Counts these summaries anew; one that fell below three is shown no more. In nobody's name: the
-- record would else name who withdrew.
CREATE FUNCTION reviews_candour_recount(themes bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    names constant text[] := ARRAY['aar.inside', 'aar.person', 'aar.agency', 'aar.posting',
        'aar.request', 'aar.address'];
    was text[];
BEGIN
    SELECT array_agg(coalesce(current_setting(n, true), '') ORDER BY o) INTO was
        FROM unnest(names) WITH ORDINALITY u (n, o);
    PERFORM set_config(n, CASE n WHEN 'aar.inside' THEN 'yes' ELSE '' END, true)
        FROM unnest(names) n;
    UPDATE reviews_candourtheme SET shown_at =
            CASE WHEN reviews_contributors(id) >= 3 THEN shown_at END
        WHERE id = ANY (themes);
    PERFORM set_config(n, w, true) FROM unnest(names, was) u (n, w);
END $$;
REVOKE ALL ON FUNCTION reviews_candour_recount(bigint[]) FROM PUBLIC;

CREATE FUNCTION reviews_candour_withdrawn() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    touched bigint[];
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT array_agg(theme_id) INTO touched FROM reviews_candourground
        WHERE statement_id = NEW.id;
    PERFORM set_config('aar.inside', was, true);
    PERFORM reviews_candour_recount(touched);
    RETURN NULL;
END $$;
CREATE TRIGGER candour_withdrawn AFTER UPDATE OF withdrawn_at ON reviews_candourstatement
    FOR EACH ROW EXECUTE FUNCTION reviews_candour_withdrawn();

CREATE FUNCTION reviews_candour_grounded() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM reviews_candour_recount(ARRAY[CASE TG_OP WHEN 'DELETE' THEN OLD.theme_id
        ELSE NEW.theme_id END]);
    RETURN NULL;
END $$;
CREATE TRIGGER candour_grounded AFTER INSERT OR UPDATE OR DELETE ON reviews_candourground
    FOR EACH ROW EXECUTE FUNCTION reviews_candour_grounded();
"""
NO_RULES = """
DROP TRIGGER candour_grounded ON reviews_candourground;
DROP TRIGGER candour_withdrawn ON reviews_candourstatement;
DROP TRIGGER candour_counted ON reviews_candourtheme;
DROP TRIGGER candour_given ON reviews_candourstatement;
DROP FUNCTION reviews_candour_grounded();
DROP FUNCTION reviews_candour_withdrawn();
DROP FUNCTION reviews_candour_recount(bigint[]);
DROP FUNCTION reviews_candour_counted();
DROP FUNCTION reviews_contributors(bigint);
DROP FUNCTION reviews_candour_given();
DROP FUNCTION reviews_takes_statement(bigint, bigint);
"""

CAPTURED = {
    "consultation": "{review_id,reviews_review}",
    "concurrence": "{consultation_id,reviews_consultation,review_id,reviews_review}",
    "dissentanswer": "{dissent_id,reviews_dissent,review_id,reviews_review}",
    "fairnotice": "{review_id,reviews_review}",
    "noticereply": "{notice_id,reviews_fairnotice,review_id,reviews_review}",
    "candourinvitation": "{review_id,reviews_review}",
    # Neither its words, which may never be shown, nor how many said it, which may be fewer than three.
    "candourtheme": "{review_id,reviews_review}', '{text,contributors}",
}
CAPTURE = "SELECT public.audit_capture_rows('reviews_{0}', 'reviews.{0}', 'reviews.review', '{1}')"
RELEASE = """
DROP TRIGGER IF EXISTS audit_added ON public.reviews_{0};
DROP TRIGGER IF EXISTS audit_changed ON public.reviews_{0};
DROP TRIGGER IF EXISTS audit_removed ON public.reviews_{0};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0009_timeline_guarded"),
        ("audit", "0010_review_verbs"),
    ]

    operations = [
        migrations.RunSQL(ASKED, "DROP FUNCTION reviews_consulted();"),
        migrations.RunSQL(RECORD % ALSO_ASKED, RECORD % ""),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(RULES, NO_RULES),
        *(
            migrations.RunSQL(CAPTURE.format(table, way), RELEASE.format(table))
            for table, way in CAPTURED.items()
        ),
    ]
