"""Editions of a product: the same number, one higher, and what it takes the place of."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# A rule over rows that the writer may not see.
MAKE = """
ALTER FUNCTION pgtrigger_follows_its_edition_0832c() SECURITY DEFINER;
"""
DROP = """
ALTER FUNCTION pgtrigger_follows_its_edition_0832c() SECURITY INVOKER;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_act_in_a_post'),
        ('bulletins', '0011_products'),
        ('incidents', '0027_precisions'),
        ('lessons', '0005_recurrence_never_wider'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='bulletin',
            name='issued_never_changed',
        ),
        migrations.AddField(
            model_name='bulletin',
            name='change_note',
            field=models.CharField(blank=True, max_length=300, verbose_name='what changed'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='supersedes',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successor', to='bulletins.bulletin'),
        ),
        migrations.AlterField(
            model_name='bulletin',
            name='reference',
            field=models.CharField(db_index=True, max_length=20, verbose_name='number'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletin',
            trigger=pgtrigger.compiler.Trigger(name='issued_never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'ISSUED\' AND (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."tlp" IS DISTINCT FROM (NEW."tlp") OR OLD."classification" IS DISTINCT FROM (NEW."classification") OR OLD."caveats" IS DISTINCT FROM (NEW."caveats") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."bottom_line" IS DISTINCT FROM (NEW."bottom_line") OR OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."actions" IS DISTINCT FROM (NEW."actions") OR OLD."act_by" IS DISTINCT FROM (NEW."act_by") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."incident_id" IS DISTINCT FROM (NEW."incident_id") OR OLD."supersedes_id" IS DISTINCT FROM (NEW."supersedes_id") OR OLD."change_note" IS DISTINCT FROM (NEW."change_note") OR OLD."known" IS DISTINCT FROM (NEW."known") OR OLD."unknown" IS DISTINCT FROM (NEW."unknown") OR OLD."next_word" IS DISTINCT FROM (NEW."next_word") OR OLD."steps" IS DISTINCT FROM (NEW."steps") OR OLD."closed_when" IS DISTINCT FROM (NEW."closed_when") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."owner_post" IS DISTINCT FROM (NEW."owner_post") OR OLD."report_by" IS DISTINCT FROM (NEW."report_by")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c59f381892c4ab47632b77f91e37da292eaf7fd4', operation='UPDATE', pgid='pgtrigger_issued_never_changed_bf4de', table='bulletins_bulletin', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletin',
            trigger=pgtrigger.compiler.Trigger(name='follows_its_edition', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NEW.supersedes_id IS NULL THEN RETURN NEW; END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF NOT EXISTS (\n        SELECT 1 FROM bulletins_bulletin b WHERE b.id = NEW.supersedes_id\n            AND b.reference = NEW.reference AND b.edition = NEW.edition - 1\n            AND b.agency_id = NEW.agency_id AND b.kind = NEW.kind\n            AND b.state = 'ISSUED'\n    ) THEN\n        RAISE EXCEPTION 'bulletin % is not the edition before', NEW.supersedes_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_follows_its_edition';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='5cd003b7030444014757bff73ff71ec616e72224', operation='INSERT OR UPDATE', pgid='pgtrigger_follows_its_edition_0832c', table='bulletins_bulletin', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.UniqueConstraint(fields=('reference', 'edition'), name='bulletin_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change_note', ''), ('edition', 1), ('supersedes', None)), models.Q(('edition__gt', 1), ('supersedes__isnull', False), models.Q(('change_note', ''), _negated=True)), _connector='OR'), name='bulletin_edition_says_what_changed', violation_error_message='A further edition says which it replaces and what changed.'),
        ),
        migrations.RunSQL(MAKE, DROP),
    ]
