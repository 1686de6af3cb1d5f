"""Comments on sections are read with their review, by the same people, and are on the record."""

from django.db import migrations

GUARD = """
CALL aar_guard_part('reviews_sectioncomment', 'reviews_review', 'review_id');
SELECT public.audit_capture_rows('reviews_sectioncomment', 'reviews.sectioncomment',
    'reviews.review', '{review_id,reviews_review}');
-- As before; who published an amendment goes on seeing it once it is carried into its review.
DROP POLICY eyes_only ON reviews_review;
CALL aar_unguard('reviews_review');
CALL aar_guard_record('reviews_review', 'reviews_reviewshare', 'record_id',
    only_if => $$ state IN ('PUBLISHED', 'AMENDED') $$,
    also => $$ classification::text = ANY ((SELECT aar_cleared())::text[])
        AND (lead_id = (SELECT aar_person())
            OR id = ANY ((SELECT reviews_of_team())::bigint[])
            OR (agency_id = (SELECT aar_agency()) AND (
                ((SELECT aar_role()) = 'COMMANDER' AND state <> 'DRAFT')
                OR ((SELECT aar_role()) = 'RELEASE_OFFICER'
                    AND state IN ('APPROVED', 'CARRIED'))))) $$,
    may_leave => 'true');
CALL aar_guard_eyes('reviews_review', 'reviews_reviewshare', 'record_id',
    also => $$ lead_id = (SELECT aar_person()) OR id = ANY ((SELECT reviews_of_team())::bigint[]) $$);
-- A rule over rows that the writer may not see.
ALTER FUNCTION pgtrigger_facilitated_first_8465d() SECURITY DEFINER;
"""
FREE = """
DROP TRIGGER IF EXISTS audit_added ON public.reviews_sectioncomment;
DROP TRIGGER IF EXISTS audit_changed ON public.reviews_sectioncomment;
DROP TRIGGER IF EXISTS audit_removed ON public.reviews_sectioncomment;
CALL aar_unguard('reviews_sectioncomment');
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0006_planned_and_adversary_guarded")]

    operations = [migrations.RunSQL(GUARD, FREE)]
