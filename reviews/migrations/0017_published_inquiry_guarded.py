"""Lines about a published inquiry: read with their review, each change on the record."""

from django.db import migrations

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
FREE = """
CALL aar_unguard('reviews_{0}');
DROP TRIGGER IF EXISTS audit_added ON public.reviews_{0};
DROP TRIGGER IF EXISTS audit_changed ON public.reviews_{0};
DROP TRIGGER IF EXISTS audit_removed ON public.reviews_{0};
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0016_published_inquiry")]

    operations = [
        *(
            migrations.RunSQL(GUARD_OF_REVIEW.format(table), FREE.format(table))
            for table in ("publishedreport", "sitting", "deathfinding")
        ),
        migrations.RunSQL(
            GUARD_OF_RECOMMENDATION.format("recommendationreply"),
            FREE.format("recommendationreply"),
        ),
    ]
