"""A review keeps its marking or is marked higher."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ('reviews', '0005_second_person'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='never_wider', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."caveats" IS DISTINCT FROM (NEW."caveats") OR OLD."classification" IS DISTINCT FROM (NEW."classification") OR OLD."tlp" IS DISTINCT FROM (NEW."tlp"))', declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NOT (array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], NEW.tlp::text) < array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], OLD.tlp::text) OR array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], NEW.classification::text) < array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], OLD.classification::text) OR NOT OLD.caveats <@ NEW.caveats) THEN\n        RETURN NEW;\n    END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF NOT (false) THEN\n        RAISE EXCEPTION '% is marked lower without a second person', NEW.reference\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'widened_by_two_people';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='864b5ba31379363c46e2ab60601679514f66dc28', operation='UPDATE', pgid='pgtrigger_never_wider_ec60e', table='reviews_review', when='BEFORE')),
        ),
    ]
