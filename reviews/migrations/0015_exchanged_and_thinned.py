"""What lines may exchange is held once all are written; a hot debrief has five findings; what a
published review said before is thinned by the machine."""

import django.db.models.constraints
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

THIN = """
-- Of reviews published before `until`: what one person wrote over within `pause` goes, but for what
-- was put together with others' words; of who was where, what is older. At most `most` at once.
CREATE FUNCTION reviews_thin_wordings(until timestamptz, pause interval, most integer)
    RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    taken integer;
BEGIN
    IF aar_reader() <> 'machine' THEN RETURN 0; END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    DELETE FROM reviews_presence p WHERE p.seen_at < until;
    WITH said AS (
        SELECT w.id, w.at, w.by_id, w.is_typed, lead(w.at) OVER line AS next_at,
            lead(w.by_id) OVER line AS next_by, lead(w.is_typed) OVER line AS next_is_typed
        FROM reviews_earlierwording w JOIN reviews_review r ON r.id = w.review_id
        WHERE r.state IN ('PUBLISHED', 'AMENDED', 'CARRIED')
            AND coalesce(r.published_at, r.approved_at) < until
        WINDOW line AS (PARTITION BY w.review_id, w."of", w."row" ORDER BY w.version)
    )
    DELETE FROM reviews_earlierwording w WHERE w.id IN (
        SELECT said.id FROM said WHERE NOT said.is_typed AND NOT said.next_is_typed
            AND said.by_id = said.next_by AND said.next_at - said.at < pause
        ORDER BY said.id LIMIT most
    );
    GET DIAGNOSTICS taken = ROW_COUNT;
    PERFORM set_config('aar.inside', was, true);
    RETURN taken;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_act_in_a_post'),
        ('reviews', '0014_reminders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='earlierwording',
            name='only_added_to',
        ),
        migrations.RemoveConstraint(
            model_name='capabilityrating',
            name='capability_rated_once',
        ),
        migrations.RemoveConstraint(
            model_name='causelink',
            name='cause_link_once',
        ),
        migrations.RemoveConstraint(
            model_name='chapter',
            name='chapter_once_a_review',
        ),
        migrations.RemoveConstraint(
            model_name='finding',
            name='finding_number_once',
        ),
        migrations.RemoveConstraint(
            model_name='recommendation',
            name='recommendation_number_once',
        ),
        migrations.RemoveConstraint(
            model_name='sourceheard',
            name='source_heard_once_a_kind',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earlierwording',
            trigger=pgtrigger.compiler.Trigger(name='only_added_to', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d48e42a4c12bbebc8a04d916bd0c289909e52db7', operation='UPDATE', pgid='pgtrigger_only_added_to_8d108', table='reviews_earlierwording', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='earlierwording',
            trigger=pgtrigger.compiler.Trigger(name='thinned_by_the_machine', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF aar_inside() THEN\n        RETURN OLD;\n    END IF;\n    RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;\n", hash='072d431699645424e4dd427d375490a2dd97c2f6', operation='DELETE', pgid='pgtrigger_thinned_by_the_machine_2225c', table='reviews_earlierwording', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='short_while_hot', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' AND NEW.review_id = OLD.review_id THEN\n        RETURN NEW;\n    END IF;\n    IF EXISTS (SELECT 1 FROM reviews_review w WHERE w.id = NEW.review_id AND w.tier = 'T1')\n        AND (SELECT count(*) FROM reviews_finding f WHERE f.review_id = NEW.review_id) >= 5\n    THEN\n        RAISE EXCEPTION 'hot debrief % has as many findings as it takes', NEW.review_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'hot_debrief_is_short';\n    END IF;\n    RETURN NEW;\n", hash='77787539d0219ee0a34398804ba4b8668948139b', operation='INSERT OR UPDATE', pgid='pgtrigger_short_while_hot_361f6', table='reviews_finding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='shrinks_to_fit', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.tier = 'T1' AND OLD.tier IS DISTINCT FROM NEW.tier)", func="\n    IF (SELECT count(*) FROM reviews_finding f WHERE f.review_id = NEW.id) > 5 THEN\n        RAISE EXCEPTION 'review % has more findings than a hot debrief takes', NEW.reference\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'hot_debrief_is_short';\n    END IF;\n    RETURN NEW;\n", hash='d1e752d1406797e250a2860b22cc491d7c25019e', operation='UPDATE', pgid='pgtrigger_shrinks_to_fit_6ed09', table='reviews_review', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='capabilityrating',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('review', 'capability', 'objective'), name='capability_rated_once'),
        ),
        migrations.AddConstraint(
            model_name='causelink',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('cause', 'effect'), name='cause_link_once'),
        ),
        migrations.AddConstraint(
            model_name='chapter',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('review', 'code'), name='chapter_once_a_review'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('review', 'number'), name='finding_number_once'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('review', 'number'), name='recommendation_number_once'),
        ),
        migrations.AddConstraint(
            model_name='sourceheard',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('review', 'kind'), name='source_heard_once_a_kind'),
        ),
        migrations.RunSQL(
            THIN, "DROP FUNCTION reviews_thin_wordings(timestamptz, interval, integer);"
        ),
    ]
