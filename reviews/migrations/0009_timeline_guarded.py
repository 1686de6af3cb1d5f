"""What shows an entry hangs from the entry: read with it, written with it, on the record.

The piece itself keeps its own guard: who may not see it finds its number here and nothing more.
"""

from django.db import migrations

GUARD = """
CALL aar_guard_part('reviews_entryevidence', 'reviews_timelineentry', 'entry_id');
SELECT public.audit_capture_rows('reviews_entryevidence', 'reviews.entryevidence', 'reviews.review',
    '{entry_id,reviews_timelineentry,review_id,reviews_review}');
"""
FREE = """
DROP TRIGGER IF EXISTS audit_added ON public.reviews_entryevidence;
DROP TRIGGER IF EXISTS audit_changed ON public.reviews_entryevidence;
DROP TRIGGER IF EXISTS audit_removed ON public.reviews_entryevidence;
CALL aar_unguard('reviews_entryevidence');
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_next_steps_guarded")]

    operations = [migrations.RunSQL(GUARD, FREE)]
