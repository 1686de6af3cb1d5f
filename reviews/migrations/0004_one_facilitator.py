"""A review has one facilitator: the first that was named stays, the others are members."""

from django.db import migrations

KEEP_THE_FIRST = """
SELECT set_config('aar.inside', 'yes', true);
UPDATE reviews_member m SET role = 'MEMBER'
    WHERE m.role = 'FACILITATOR' AND EXISTS (
        SELECT 1 FROM reviews_member o
            WHERE o.review_id = m.review_id AND o.role = 'FACILITATOR' AND o.id < m.id);
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_second_lock")]

    operations = [migrations.RunSQL(KEEP_THE_FIRST, migrations.RunSQL.noop)]
