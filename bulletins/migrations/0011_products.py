"""Kinds of product: flash bulletins, drill cards and action notices beside lessons."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# Rules over rows that the writer may not see.
MAKE = """
ALTER FUNCTION pgtrigger_marked_as_its_incident_ee68f() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_flash_drafts_follow_a2ac7() SECURITY DEFINER;
"""
DROP = """
ALTER FUNCTION pgtrigger_marked_as_its_incident_ee68f() SECURITY INVOKER;
ALTER FUNCTION pgtrigger_flash_drafts_follow_a2ac7() SECURITY INVOKER;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_act_in_a_post'),
        ('bulletins', '0010_both_languages'),
        ('incidents', '0027_precisions'),
        ('lessons', '0005_recurrence_never_wider'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CarriedIncident',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('incidents.incident',),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='bulletin',
            name='issued_never_changed',
        ),
        migrations.AddField(
            model_name='bulletin',
            name='closed_when',
            field=models.CharField(blank=True, max_length=200, verbose_name='practised when'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='incident',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='flashes', to='incidents.incident'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='kind',
            field=models.CharField(choices=[('LESSONS', 'Lessons bulletin'), ('FLASH', 'Flash bulletin'), ('DRILL', 'Drill card'), ('NOTICE', 'Action notice')], default='LESSONS', max_length=8, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='known',
            field=models.TextField(blank=True, verbose_name='what is known'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='next_word',
            field=models.CharField(blank=True, max_length=200, verbose_name='when the next word comes'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='owner_post',
            field=models.CharField(blank=True, max_length=160, verbose_name='accountable post'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='purpose',
            field=models.CharField(blank=True, choices=[('ACTION', 'For action'), ('INFORMATION', 'For information')], max_length=11, verbose_name='for'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='report_by',
            field=models.DateField(blank=True, null=True, verbose_name='report back by'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='steps',
            field=models.TextField(blank=True, verbose_name='who does what'),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='unknown',
            field=models.TextField(blank=True, verbose_name='what is not known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletin',
            trigger=pgtrigger.compiler.Trigger(name='issued_never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'ISSUED\' AND (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."tlp" IS DISTINCT FROM (NEW."tlp") OR OLD."classification" IS DISTINCT FROM (NEW."classification") OR OLD."caveats" IS DISTINCT FROM (NEW."caveats") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."bottom_line" IS DISTINCT FROM (NEW."bottom_line") OR OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."actions" IS DISTINCT FROM (NEW."actions") OR OLD."act_by" IS DISTINCT FROM (NEW."act_by") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."incident_id" IS DISTINCT FROM (NEW."incident_id") OR OLD."known" IS DISTINCT FROM (NEW."known") OR OLD."unknown" IS DISTINCT FROM (NEW."unknown") OR OLD."next_word" IS DISTINCT FROM (NEW."next_word") OR OLD."steps" IS DISTINCT FROM (NEW."steps") OR OLD."closed_when" IS DISTINCT FROM (NEW."closed_when") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."owner_post" IS DISTINCT FROM (NEW."owner_post") OR OLD."report_by" IS DISTINCT FROM (NEW."report_by")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b713277670e8f10d8ebf55240cc1a2c32d0f918b', operation='UPDATE', pgid='pgtrigger_issued_never_changed_bf4de', table='bulletins_bulletin', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletin',
            trigger=pgtrigger.compiler.Trigger(name='marked_as_its_incident', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NEW.incident_id IS NULL THEN RETURN NULL; END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    -- Whoever is marking the incident up meanwhile is waited for.\n    PERFORM 1 FROM incidents_incident WHERE id = NEW.incident_id FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM bulletins_bulletin b JOIN incidents_incident l ON l.id = b.incident_id\n            WHERE b.id = NEW.id AND (array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], l.tlp::text) > array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], b.tlp::text) OR array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], l.classification::text) > array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], b.classification::text) OR NOT l.caveats <@ b.caveats)\n    ) THEN\n        RAISE EXCEPTION 'bulletin % is marked lower than its incident', NEW.id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_marked_as_its_incident';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM bulletins_bulletin b JOIN incidents_incident l ON l.id = b.incident_id\n            WHERE b.id = NEW.id AND l.agency_id <> b.agency_id AND 'ORCON' = ANY (l.caveats)\n            AND NOT EXISTS (SELECT 1 FROM bulletins_consent c WHERE c.incident_id = l.id\n                AND c.agency_id = b.agency_id AND c.state = 'GRANTED')\n    ) THEN\n        RAISE EXCEPTION 'incident % goes on only with consent of its originator', NEW.incident_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'originator_consents';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NULL;\n    ", hash='0ff967e7b08faf50f0e077b07303fcbd706ff883', operation='INSERT OR UPDATE', pgid='pgtrigger_marked_as_its_incident_ee68f', table='bulletins_bulletin', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('incident', None), ('kind', 'LESSONS'), ('known', ''), ('unknown', ''), ('next_word', ''), ('steps', ''), ('closed_when', ''), ('purpose', ''), ('owner_post', ''), ('report_by', None)), models.Q(('incident__isnull', False), ('kind', 'FLASH'), models.Q(('known', ''), _negated=True), models.Q(('next_word', ''), _negated=True), ('steps', ''), ('closed_when', ''), ('purpose', ''), ('owner_post', ''), ('report_by', None)), models.Q(('incident', None), ('kind', 'DRILL'), ('steps__contains', ':'), models.Q(('closed_when', ''), _negated=True), ('known', ''), ('unknown', ''), ('next_word', ''), ('purpose', ''), ('owner_post', ''), ('report_by', None)), models.Q(('incident', None), ('kind', 'NOTICE'), ('purpose__in', ['ACTION', 'INFORMATION']), ('known', ''), ('unknown', ''), ('next_word', ''), ('steps', ''), ('closed_when', '')), _connector='OR'), name='bulletin_is_of_its_kind', violation_error_message="A product says what its kind says, and nothing of another's."),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose', 'ACTION'), _negated=True), models.Q(models.Q(('owner_post', ''), _negated=True), models.Q(('actions', ''), _negated=True), ('report_by__isnull', False)), _connector='OR'), name='notice_for_action_names_who_and_when', violation_error_message='A notice for action names the accountable post, the steps and the day to report back.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carriedincident',
            trigger=pgtrigger.compiler.Trigger(name='flash_drafts_follow', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."caveats" IS DISTINCT FROM (NEW."caveats") OR OLD."classification" IS DISTINCT FROM (NEW."classification") OR OLD."tlp" IS DISTINCT FROM (NEW."tlp"))', declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    PERFORM set_config('aar.inside', 'yes', true);\n    UPDATE bulletins_bulletin AS b SET\n        tlp = CASE WHEN array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], l.tlp::text) > array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], b.tlp::text) THEN l.tlp ELSE b.tlp END,\n        classification = CASE\n            WHEN array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], l.classification::text) > array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], b.classification::text) THEN l.classification ELSE b.classification END,\n        caveats = CASE\n            WHEN NOT l.caveats <@ b.caveats THEN\n                ARRAY(SELECT unnest(b.caveats) UNION SELECT unnest(l.caveats) ORDER BY 1)\n            ELSE b.caveats END,\n        lock_version = b.lock_version + 1\n    FROM incidents_incident l\n    WHERE l.id = NEW.id AND b.incident_id = l.id AND b.state = 'DRAFT' AND (array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], l.tlp::text) > array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], b.tlp::text) OR array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], l.classification::text) > array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], b.classification::text) OR NOT l.caveats <@ b.caveats);\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NULL;\n    ", hash='bc1d85684d059c20ce45308b0cecefd28cdc1d11', operation='UPDATE', pgid='pgtrigger_flash_drafts_follow_a2ac7', table='incidents_incident', when='AFTER')),
        ),
        migrations.RunSQL(MAKE, DROP),
    ]
