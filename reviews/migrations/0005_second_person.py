"""Who wrote a review neither approves nor publishes it.

What was published before stays as it is; what is published from now on is held to it.
"""

import django.contrib.postgres.operations
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# Rules over rows that the writer may not see.
LOOK_PAST = """
ALTER FUNCTION pgtrigger_writers_do_not_sign_94e94() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_signed_by_another_0dc1a() SECURITY DEFINER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ('agencies', '0004_capture_rows'),
        ('incidents', '0003_row_security'),
        ('reviews', '0004_row_security'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='member',
            trigger=pgtrigger.compiler.Trigger(name='writers_do_not_sign', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF EXISTS (\n        SELECT 1 FROM reviews_review r WHERE r.id = NEW.review_id\n            AND NEW.user_id IN (r.approved_by_id, r.published_by_id)\n    ) THEN\n        RAISE EXCEPTION 'who signed review % does not join its team', NEW.review_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_signed_by_a_second_person';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='4a40994a5c7e36e7e5937b1bd34f544e009e8429', operation='INSERT OR UPDATE', pgid='pgtrigger_writers_do_not_sign_94e94', table='reviews_member', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='signed_by_another', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NEW.approved_by_id IS NOT DISTINCT FROM OLD.approved_by_id\n        AND NEW.published_by_id IS NOT DISTINCT FROM OLD.published_by_id THEN\n        RETURN NEW;\n    END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF EXISTS (\n        SELECT 1 FROM reviews_member m WHERE m.review_id = NEW.id\n            AND m.user_id IN (NEW.approved_by_id, NEW.published_by_id)\n    ) THEN\n        RAISE EXCEPTION 'review % is not signed by who wrote it', NEW.reference\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_signed_by_a_second_person';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='ffef58bf1ef0b7dbba11ea3727b8ce26e9b2e1fd', operation='INSERT OR UPDATE', pgid='pgtrigger_signed_by_another_0dc1a', table='reviews_review', when='BEFORE')),
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('published_by', None), models.Q(('published_by', models.F('lead')), _negated=True), _connector='OR'), name='review_publisher_is_not_the_lead', violation_error_message='The lead of a review cannot publish it.'),
        ),
        migrations.RunSQL(LOOK_PAST, migrations.RunSQL.noop),
    ]
