"""Reviews marked EYES are for their owner, their team and whom they name."""

from django.db import migrations

MAKE = """
-- The team is named too.
CALL aar_guard_eyes('reviews_review', 'reviews_reviewshare', 'record_id',
    also => $$ lead_id = (SELECT aar_person()) OR id = ANY ((SELECT reviews_of_team())::bigint[]) $$);
"""
DROP = """
DROP POLICY eyes_only ON reviews_review;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0010_eyes_only"), ("reviews", "0006_never_wider")]

    operations = [migrations.RunSQL(MAKE, DROP)]
