"""A lesson's marking is lowered before it is endorsed only, and its writer does not endorse it."""

import django.contrib.postgres.operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('agencies', '0004_capture_rows'),
        ('lessons', '0004_row_security'),
        ('places', '0001_initial'),
        ('reviews', '0006_never_wider'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='lesson',
            name='changed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lessons_changed', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lesson',
            trigger=pgtrigger.compiler.Trigger(name='never_wider', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."caveats" IS DISTINCT FROM (NEW."caveats") OR OLD."classification" IS DISTINCT FROM (NEW."classification") OR OLD."tlp" IS DISTINCT FROM (NEW."tlp"))', declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NOT (array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], NEW.tlp::text) < array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], OLD.tlp::text) OR array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], NEW.classification::text) < array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], OLD.classification::text) OR NOT OLD.caveats <@ NEW.caveats) THEN\n        RETURN NEW;\n    END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF NOT (OLD.state IN ('OBSERVATION', 'IDENTIFIED')) THEN\n        RAISE EXCEPTION '% is marked lower without a second person', NEW.reference\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'widened_by_two_people';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='c2e75eb9623af945afcf9f7d40111d6d4844969e', operation='UPDATE', pgid='pgtrigger_never_wider_41915', table='lessons_lesson', when='BEFORE')),
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name='lesson',
            constraint=models.CheckConstraint(condition=models.Q(('endorsed_by', None), models.Q(models.Q(('endorsed_by', models.F('drawn_by')), _negated=True), models.Q(('changed_by', None), models.Q(('endorsed_by', models.F('changed_by')), _negated=True), _connector='OR')), _connector='OR'), name='lesson_endorser_is_not_its_writer', violation_error_message='Who wrote a lesson does not endorse it.'),
        ),
    ]
