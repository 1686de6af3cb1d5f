"""ORCON: the originator's consent, asked for and given."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

MAKE = """
ALTER FUNCTION pgtrigger_originator_consents_4c07b() SECURITY DEFINER;
-- Read by who asks and by whose record it is; asked and answered in one's own name.
CALL aar_guard('bulletins_consent',
    $$ agency_id = (SELECT aar_agency()) OR originator_id = (SELECT aar_agency()) $$,
    may_add => $$ agency_id = (SELECT aar_agency()) AND asked_by_id = (SELECT aar_person()) $$,
    may_leave => $$ originator_id = (SELECT aar_agency())
        AND decided_by_id = (SELECT aar_person()) $$,
    may_remove => 'false');
SELECT public.audit_capture_rows('bulletins_consent', 'bulletins.consent');
"""
DROP = """
DROP TRIGGER audit_added ON public.bulletins_consent;
DROP TRIGGER audit_changed ON public.bulletins_consent;
DROP TRIGGER audit_removed ON public.bulletins_consent;
CALL aar_unguard('bulletins_consent');
"""


class Migration(migrations.Migration):
    dependencies = [
        ('agencies', '0010_eyes_only'),
        ('bulletins', '0007_eyes_only'),
        ('incidents', '0007_eyes_only'),
        ('lessons', '0006_eyes_only'),
        ('reviews', '0007_eyes_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=50, verbose_name='reference')),
                ('state', models.CharField(choices=[('ASKED', 'Asked for'), ('GRANTED', 'Granted'), ('REFUSED', 'Refused'), ('WITHDRAWN', 'Withdrawn')], default='ASKED', max_length=9, verbose_name='state')),
                ('reason', models.TextField(verbose_name='what for, and who will read it')),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, verbose_name='your reason')),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletinlesson',
            trigger=pgtrigger.compiler.Trigger(name='originator_consents', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF EXISTS (\n        SELECT 1 FROM bulletins_bulletin b, lessons_lesson l\n            WHERE b.id = NEW.bulletin_id AND l.id = NEW.lesson_id\n            AND l.agency_id <> b.agency_id AND 'ORCON' = ANY (l.caveats)\n            AND NOT EXISTS (SELECT 1 FROM bulletins_consent c WHERE c.lesson_id = l.id\n                AND c.agency_id = b.agency_id AND c.state = 'GRANTED')\n    ) THEN\n        RAISE EXCEPTION 'lesson % goes on only with consent of its originator', NEW.lesson_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'originator_consents';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='9bdda71b3cbfc20805a755dd47ea2761c4bc87b9', operation='INSERT OR UPDATE', pgid='pgtrigger_originator_consents_4c07b', table='bulletins_bulletinlesson', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='consent',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents_asked', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='consent',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consent',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consent',
            name='incident',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='incidents.incident'),
        ),
        migrations.AddField(
            model_name='consent',
            name='lesson',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='lessons.lesson'),
        ),
        migrations.AddField(
            model_name='consent',
            name='originator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents_given', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='consent',
            name='review',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='reviews.review'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('incident__isnull', False), ('lesson', None), ('review', None)), models.Q(('incident', None), ('lesson', None), ('review__isnull', False)), models.Q(('incident', None), ('lesson__isnull', False), ('review', None)), _connector='OR'), name='consent_is_about_one_record'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('agency', models.F('originator')), _negated=True), name='consent_is_anothers_to_give'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['ASKED', 'GRANTED', 'REFUSED']), models.Q(('reason', ''), _negated=True)), name='consent_says_what_for'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'ASKED')), models.Q(models.Q(('state', 'ASKED'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='consent_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'REFUSED'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='consent_refused_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'REFUSED'), _negated=True), fields=('agency', 'incident', 'review', 'lesson'), name='consent_asked_once', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='decided_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'ASKED\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e2760dd86af58177b340f8c9f439cbf3892c62be', operation='UPDATE', pgid='pgtrigger_decided_stands_34c45', table='bulletins_consent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6c10e67c7927a3f31585ac1f02256c1ad7dcdc08', operation='DELETE', pgid='pgtrigger_never_deleted_c7a69', table='bulletins_consent', when='BEFORE')),
        ),
        migrations.RunSQL(MAKE, DROP),
    ]
