"""What is half written is for those who write it: earlier wording and presence for the team, a
form half typed for its writer alone. None of it is captured: see the exemptions of the capture."""

from django.db import migrations

GUARD = """
CALL aar_guard('reviews_earlierwording', 'review_id = ANY ((SELECT reviews_of_team())::bigint[])');
CALL aar_guard('reviews_draft',
    $$ person_id = (SELECT aar_person()) AND review_id = ANY ((SELECT reviews_of_team())::bigint[]) $$);
CALL aar_guard('reviews_presence', 'review_id = ANY ((SELECT reviews_of_team())::bigint[])',
    may_add => $$ person_id = (SELECT aar_person())
        AND review_id = ANY ((SELECT reviews_of_team())::bigint[]) $$,
    may_leave => $$ person_id = (SELECT aar_person()) $$,
    may_remove => $$ person_id = (SELECT aar_person()) $$);
"""
FREE = """
CALL aar_unguard('reviews_presence');
CALL aar_unguard('reviews_draft');
CALL aar_unguard('reviews_earlierwording');
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0012_hot_debrief_guarded")]

    operations = [migrations.RunSQL(GUARD, FREE)]
