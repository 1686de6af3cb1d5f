"""Letting an incident go further takes two people, in the database too."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

MAKE = """
-- Rules over rows that the writer may not see, and a grant that acts on a record unseen by its granter.
ALTER FUNCTION pgtrigger_never_wider_fd908() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_red_by_two_people_23f19() SECURITY DEFINER;
ALTER FUNCTION pgtrigger_carried_out_aee73() SECURITY DEFINER;
-- Read with the incident by its agency, and by those of the agency who decide.
CALL aar_guard('incidents_incidentwidening',
    $$ agency_id = (SELECT aar_agency()) AND (
        ((SELECT aar_role()) IN ('COMMANDER', 'RELEASE_OFFICER', 'AGENCY_ADMIN')
            AND from_classification::text = ANY ((SELECT aar_cleared())::text[]))
        OR EXISTS (SELECT 1 FROM incidents_incident w
            WHERE w.id = incidents_incidentwidening.record_id)) $$,
    -- Whatever is asked or decided, is so in one's own name.
    may_add => $$ agency_id = (SELECT aar_agency()) AND incidents_owner(record_id) = agency_id
        AND asked_by_id = (SELECT aar_person()) $$,
    may_leave => $$ agency_id = (SELECT aar_agency()) AND incidents_owner(record_id) = agency_id
        AND decided_by_id = (SELECT aar_person()) $$,
    may_remove => 'false');
SELECT public.audit_capture_rows('incidents_incidentwidening', 'incidents.incidentwidening',
    'incidents.incident', '{record_id,incidents_incident}');
"""
DROP = """
DROP TRIGGER audit_added ON public.incidents_incidentwidening;
DROP TRIGGER audit_changed ON public.incidents_incidentwidening;
DROP TRIGGER audit_removed ON public.incidents_incidentwidening;
CALL aar_unguard('incidents_incidentwidening');
"""


class Migration(migrations.Migration):
    dependencies = [
        ('agencies', '0009_the_door'),
        ('incidents', '0005_guard_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IncidentWidening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=50, verbose_name='reference')),
                ('state', models.CharField(choices=[('ASKED', 'Asked for'), ('GRANTED', 'Granted'), ('REFUSED', 'Refused'), ('WITHDRAWN', 'Withdrawn')], default='ASKED', max_length=9, verbose_name='state')),
                ('from_tlp', models.CharField(choices=[('CLEAR', 'TLP:CLEAR'), ('GREEN', 'TLP:GREEN'), ('AMBER', 'TLP:AMBER'), ('AMBER_STRICT', 'TLP:AMBER+STRICT'), ('RED', 'TLP:RED')], max_length=12)),
                ('from_classification', models.CharField(choices=[('UNMARKED', 'UNMARKED'), ('RESTRICTED', 'RESTRICTED'), ('CONFIDENTIAL', 'CONFIDENTIAL'), ('SECRET', 'SECRET'), ('TOP_SECRET', 'TOP SECRET')], max_length=12)),
                ('from_caveats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ORCON', 'Originator controlled'), ('EYES', 'Eyes only'), ('LIMDIS', 'Limited distribution'), ('SUBJUDICE', 'Sub judice'), ('SOURCE', 'Source protection')], max_length=12), default=list, size=None)),
                ('tlp', models.CharField(choices=[('CLEAR', 'TLP:CLEAR'), ('GREEN', 'TLP:GREEN'), ('AMBER', 'TLP:AMBER'), ('AMBER_STRICT', 'TLP:AMBER+STRICT'), ('RED', 'TLP:RED')], max_length=12, verbose_name='TLP')),
                ('classification', models.CharField(choices=[('UNMARKED', 'UNMARKED'), ('RESTRICTED', 'RESTRICTED'), ('CONFIDENTIAL', 'CONFIDENTIAL'), ('SECRET', 'SECRET'), ('TOP_SECRET', 'TOP SECRET')], max_length=12, verbose_name='classification')),
                ('caveats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ORCON', 'Originator controlled'), ('EYES', 'Eyes only'), ('LIMDIS', 'Limited distribution'), ('SUBJUDICE', 'Sub judice'), ('SOURCE', 'Source protection')], max_length=12), blank=True, default=list, size=None, verbose_name='caveats')),
                ('reason', models.TextField(verbose_name='why it should go further')),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, verbose_name='your reason')),
                ('granted_in', models.BigIntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incident',
            trigger=pgtrigger.compiler.Trigger(name='never_wider', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."caveats" IS DISTINCT FROM (NEW."caveats") OR OLD."classification" IS DISTINCT FROM (NEW."classification") OR OLD."tlp" IS DISTINCT FROM (NEW."tlp"))', declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NOT (array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], NEW.tlp::text) < array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], OLD.tlp::text) OR array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], NEW.classification::text) < array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], OLD.classification::text) OR NOT OLD.caveats <@ NEW.caveats) THEN\n        RETURN NEW;\n    END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF NOT (EXISTS (SELECT 1 FROM incidents_incidentwidening w WHERE w.record_id = NEW.id\n        AND w.granted_in = pg_current_xact_id()::text::bigint AND w.tlp = NEW.tlp\n        AND w.classification = NEW.classification\n        AND w.caveats <@ NEW.caveats AND NEW.caveats <@ w.caveats)) THEN\n        RAISE EXCEPTION '% is marked lower without a second person', NEW.reference\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'widened_by_two_people';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='0d339b65b515b58c9b8fecc796977d2626a0b2d4', operation='UPDATE', pgid='pgtrigger_never_wider_fd908', table='incidents_incident', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentshare',
            trigger=pgtrigger.compiler.Trigger(name='red_by_two_people', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF EXISTS (SELECT 1 FROM incidents_incident i WHERE i.id = NEW.record_id AND i.tlp = 'RED')\n        AND NOT EXISTS (SELECT 1 FROM incidents_incidentwidening w\n            WHERE w.record_id = NEW.record_id AND w.reader_id = NEW.to_person_id\n            AND w.granted_in = pg_current_xact_id()::text::bigint) THEN\n        RAISE EXCEPTION 'a reader of incident % is named without a second person', NEW.record_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'widened_by_two_people';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='3660dbe53a7e64268dc6148b288b8e59cafe127b', operation='INSERT OR UPDATE', pgid='pgtrigger_red_by_two_people_23f19', table='incidents_incidentshare', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='incidentwidening',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='incidentwidening',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='incidentwidening',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='incidentwidening',
            name='reader',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reader'),
        ),
        migrations.AddField(
            model_name='incidentwidening',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='widenings', to='incidents.incident'),
        ),
        migrations.AddConstraint(
            model_name='incidentwidening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'ASKED')), models.Q(models.Q(('state', 'ASKED'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='incidentwidening_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='incidentwidening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['GRANTED', 'REFUSED']), _negated=True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='incidentwidening_decided_by_another', violation_error_message='Who asks for a widening does not decide on it.'),
        ),
        migrations.AddConstraint(
            model_name='incidentwidening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'REFUSED'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='incidentwidening_refused_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='incidentwidening',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='incidentwidening_says_why'),
        ),
        migrations.AddConstraint(
            model_name='incidentwidening',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'ASKED')), fields=('record',), name='incidentwidening_one_at_a_time', violation_error_message='A widening of this record is asked for already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentwidening',
            trigger=pgtrigger.compiler.Trigger(name='granted_now', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    NEW.granted_in := CASE WHEN TG_OP = 'UPDATE' AND NEW.state = 'GRANTED'\n        THEN pg_current_xact_id()::text::bigint END;\n    RETURN NEW;\n", hash='0e6bdd5e3d3ff18c34682f1de4345bf7a8c6067f', operation='INSERT OR UPDATE', pgid='pgtrigger_granted_now_898da', table='incidents_incidentwidening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentwidening',
            trigger=pgtrigger.compiler.Trigger(name='carried_out', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NEW.state <> 'GRANTED' OR OLD.state = NEW.state THEN\n        RETURN NULL;\n    END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    UPDATE incidents_incident SET tlp = NEW.tlp, classification = NEW.classification,\n        caveats = NEW.caveats, lock_version = lock_version + 1\n        WHERE id = NEW.record_id AND tlp = NEW.from_tlp\n        AND classification = NEW.from_classification\n        AND caveats <@ NEW.from_caveats AND NEW.from_caveats <@ caveats;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'the marking of % changed since', NEW.reference\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'widened_from_what_it_was';\n    END IF;\n    IF NEW.reader_id IS NOT NULL THEN\n        INSERT INTO incidents_incidentshare (record_id, to_person_id, shared_at, shared_by_id)\n            VALUES (NEW.record_id, NEW.reader_id, NEW.decided_at, NEW.decided_by_id)\n            ON CONFLICT DO NOTHING;\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NULL;\n", hash='31b0256fde994ac738f4392492e877526d33bafc', operation='UPDATE', pgid='pgtrigger_carried_out_aee73', table='incidents_incidentwidening', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentwidening',
            trigger=pgtrigger.compiler.Trigger(name='decided_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'ASKED\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='eb437c190e9958edb91ecdd3d30f56197ac6cdbc', operation='UPDATE', pgid='pgtrigger_decided_stands_d2ff6', table='incidents_incidentwidening', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentwidening',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a6eca7b5d6dd2bc3090b611857f831529edb8d30', operation='DELETE', pgid='pgtrigger_never_deleted_d18a5', table='incidents_incidentwidening', when='BEFORE')),
        ),
        migrations.RunSQL(MAKE, DROP),
    ]
