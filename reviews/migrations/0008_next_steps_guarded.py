"""Lines of sections A, F, G and H: read with their review, each change on the record."""

from django.db import migrations

# Lines of a review, and lines of a recommendation.
OF_REVIEW = (
    *("participant", "exclusion", "sourceasked", "sourceheard"),
    *("carestep", "justicestep"),
)
OF_RECOMMENDATION = ("recommendationpart", "recommendationstage", "recommendation_plan_points")
GUARD_OF_REVIEW = """
CALL aar_guard_part('reviews_{0}', 'reviews_review', 'review_id');
SELECT public.audit_capture_rows('reviews_{0}', 'reviews.{0}', 'reviews.review',
    '{{review_id,reviews_review}}');
"""
GUARD_OF_RECOMMENDATION = """
CALL aar_guard_part('reviews_{0}', 'reviews_recommendation', 'recommendation_id');
SELECT public.audit_capture_rows('reviews_{0}', 'reviews.{0}', 'reviews.review',
    '{{recommendation_id,reviews_recommendation,review_id,reviews_review}}');
"""
# Public reference data, as the other categories are: read by all, each change noted.
CAPTURE = "SELECT public.audit_capture_rows('reviews_nationalplanpoint', 'reviews.nationalplanpoint');"
RELEASE = """
DROP TRIGGER IF EXISTS audit_added ON public.reviews_{0};
DROP TRIGGER IF EXISTS audit_changed ON public.reviews_{0};
DROP TRIGGER IF EXISTS audit_removed ON public.reviews_{0};
"""
FREE = "CALL aar_unguard('reviews_{0}');" + RELEASE


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_deciding_guarded")]

    operations = [
        *(
            migrations.RunSQL(GUARD_OF_REVIEW.format(table), FREE.format(table))
            for table in OF_REVIEW
        ),
        *(
            migrations.RunSQL(GUARD_OF_RECOMMENDATION.format(table), FREE.format(table))
            for table in OF_RECOMMENDATION
        ),
        migrations.RunSQL(CAPTURE, RELEASE.format("nationalplanpoint")),
    ]
