"""Hot debriefs, filed blanks and chapters: read with their review, and on the record."""

from django.db import migrations

TABLES = {
    "reviews_hotdebrief": "reviews.hotdebrief",
    "reviews_offlinefiling": "reviews.offlinefiling",
    "reviews_chapter": "reviews.chapter",
}
GUARD = """
CALL aar_guard_part('{0}', 'reviews_review', 'review_id');
SELECT public.audit_capture_rows('{0}', '{1}', 'reviews.review', '{{review_id,reviews_review}}');
"""
FREE = "CALL aar_unguard('{0}');"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_findings_whole_guarded")]

    operations = [
        migrations.RunSQL(GUARD.format(table, label), FREE.format(table))
        for table, label in TABLES.items()
    ]
