"""The second lock on reviews: published by their marking, before that to their team and judges."""

from django.db import migrations

MAKE = """
-- Rules over rows that the writer may not see.
ALTER FUNCTION pgtrigger_writers_do_not_sign_94e94() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_signed_by_another_0dc1a() SECURITY DEFINER;

-- Whose review it is, for the policy of its shares.
CREATE FUNCTION reviews_owner(review bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    found bigint;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT agency_id INTO found FROM reviews_review WHERE id = review;
    PERFORM set_config('aar.inside', was, true);
    RETURN found;
END $$;
-- The reviews on whose team the reader is, for the policy of reviews, which the team's own policy asks.
CREATE FUNCTION reviews_of_team() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    found bigint[];
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT array_agg(review_id) INTO found FROM reviews_member WHERE user_id = aar_person();
    PERFORM set_config('aar.inside', was, true);
    RETURN found;
END $$;

-- What the reader's own agency has begun to review: that a draft is there is known to its people,
-- what it says is not.
CREATE FUNCTION reviews_begun() RETURNS TABLE (incident_id bigint, review_id bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY SELECT r.incident_id, r.id FROM reviews_review r WHERE r.agency_id = aar_agency();
    PERFORM set_config('aar.inside', was, true);
END $$;

CALL aar_guard_shares('reviews_reviewshare', 'reviews_owner(record_id)');
-- Published by its marking; before that its team, and from submission on those who judge it. The
-- lead is on the team from the first moment, when the list of the team is still empty.
CALL aar_guard_record('reviews_review', 'reviews_reviewshare', 'record_id',
    only_if => $$ state IN ('PUBLISHED', 'AMENDED') $$,
    also => $$ classification::text = ANY ((SELECT aar_cleared())::text[])
        AND (lead_id = (SELECT aar_person())
            OR id = ANY ((SELECT reviews_of_team())::bigint[])
            OR (agency_id = (SELECT aar_agency()) AND (
                ((SELECT aar_role()) = 'COMMANDER' AND state <> 'DRAFT')
                OR ((SELECT aar_role()) = 'RELEASE_OFFICER' AND state = 'APPROVED')))) $$,
    may_leave => 'true');
CALL aar_guard('reviews_member',
    $$ user_id = (SELECT aar_person())
        OR (SELECT true FROM reviews_review w WHERE w.id = reviews_member.review_id) $$);
CALL aar_guard_part('reviews_section', 'reviews_review', 'review_id');
CALL aar_guard_part('reviews_plannedmeasure', 'reviews_review', 'review_id');
CALL aar_guard_part('reviews_networkrole', 'reviews_review', 'review_id');
CALL aar_guard_part('reviews_timelineentry', 'reviews_review', 'review_id');
CALL aar_guard_part('reviews_finding', 'reviews_review', 'review_id');
CALL aar_guard_part('reviews_recommendation', 'reviews_review', 'review_id');
CALL aar_guard_part('reviews_dissent', 'reviews_review', 'review_id');
CALL aar_guard_part('reviews_signoff', 'reviews_review', 'review_id');
CALL aar_guard_part('reviews_reviewversion', 'reviews_review', 'review_id');
CALL aar_guard_part('reviews_account', 'reviews_timelineentry', 'entry_id');
CALL aar_guard_part('reviews_recommendation_findings', 'reviews_recommendation', 'recommendation_id');
-- The team is named too.
CALL aar_guard_eyes('reviews_review', 'reviews_reviewshare', 'record_id',
    also => $$ lead_id = (SELECT aar_person()) OR id = ANY ((SELECT reviews_of_team())::bigint[]) $$);
"""
DROP = """
DROP POLICY eyes_only ON reviews_review;
CALL aar_unguard('reviews_recommendation_findings');
CALL aar_unguard('reviews_account');
CALL aar_unguard('reviews_reviewversion');
CALL aar_unguard('reviews_signoff');
CALL aar_unguard('reviews_dissent');
CALL aar_unguard('reviews_recommendation');
CALL aar_unguard('reviews_finding');
CALL aar_unguard('reviews_timelineentry');
CALL aar_unguard('reviews_networkrole');
CALL aar_unguard('reviews_plannedmeasure');
CALL aar_unguard('reviews_section');
CALL aar_unguard('reviews_member');
CALL aar_unguard('reviews_review');
CALL aar_unguard('reviews_reviewshare');
DROP FUNCTION reviews_begun();
DROP FUNCTION reviews_of_team();
DROP FUNCTION reviews_owner(bigint);
"""


class Migration(migrations.Migration):
    replaces = [
        ("reviews", "0007_eyes_only"),
    ]
    dependencies = [
        ("agencies", "0002_second_lock"),
        ("incidents", "0003_second_lock"),
        ("reviews", "0002_row_capture"),
    ]

    operations = [migrations.RunSQL(MAKE, DROP)]
