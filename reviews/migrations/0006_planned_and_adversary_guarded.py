"""What was planned and who was behind it: read with the review, written by its team, on the record."""

from django.db import migrations

TABLES = (
    *("planinforce", "alertreceived", "occasionrisk", "deployment", "decisionright"),
    "adversaryaccount",
)
GUARD = """
CALL aar_guard_part('reviews_{0}', 'reviews_review', 'review_id');
SELECT public.audit_capture_rows('reviews_{0}', 'reviews.{0}', 'reviews.review',
    '{{review_id,reviews_review}}');
"""
FREE = "CALL aar_unguard('reviews_{0}');"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_review_whole")]

    operations = [
        migrations.RunSQL(GUARD.format(table), FREE.format(table)) for table in TABLES
    ]
