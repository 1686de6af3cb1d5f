"""Numbered copies: who was handed which document, and the second lock on that."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


GUARD = """
-- The highest number given to a copy of a bulletin, whoever may see the copies; nothing else.
CREATE FUNCTION bulletins_last_copy(bulletin bigint) RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    found integer;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT coalesce(max(number), 0) INTO found FROM bulletins_copy WHERE bulletin_id = bulletin;
    PERFORM set_config('aar.inside', was, true);
    RETURN found;
END $$;
-- One's own, and those of bulletins that one sends. Nobody takes a copy in another's name.
CALL aar_guard('bulletins_copy',
    $$ person_id = (SELECT aar_person())
        OR ((SELECT aar_role()) IN ('RELEASE_OFFICER', 'AGENCY_ADMIN')
            AND bulletins_owner(bulletin_id) = (SELECT aar_agency())
            AND (SELECT true FROM bulletins_bulletin w WHERE w.id = bulletins_copy.bulletin_id)) $$,
    may_add => $$ person_id = (SELECT aar_person()) AND agency_id = (SELECT aar_agency())
        AND (SELECT true FROM bulletins_bulletin w WHERE w.id = bulletins_copy.bulletin_id) $$,
    may_leave => 'false', may_remove => 'false');
SELECT public.audit_capture_rows('bulletins_copy', 'bulletins.copy', 'bulletins.bulletin',
    '{bulletin_id,bulletins_bulletin}');
"""
FREE = """
DROP TRIGGER IF EXISTS audit_added ON public.bulletins_copy;
DROP TRIGGER IF EXISTS audit_changed ON public.bulletins_copy;
DROP TRIGGER IF EXISTS audit_removed ON public.bulletins_copy;
CALL aar_unguard('bulletins_copy');
DROP FUNCTION bulletins_last_copy(bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_act_in_a_post'),
        ('bulletins', '0008_exports_guarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='copy number')),
                ('line', models.CharField(max_length=500)),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='agencies.agency')),
                ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='bulletins.bulletin')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='bulletins.document')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='bulletins.release')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bulletin', 'number'), name='copy_number_once'), models.UniqueConstraint(fields=('person', 'document'), name='copy_once_a_person'), models.CheckConstraint(condition=models.Q(('number__gte', 1), models.Q(('line', ''), _negated=True)), name='copy_is_numbered', violation_error_message='A copy has a number and says whose it is.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='copy',
            trigger=pgtrigger.compiler.Trigger(name='stays_as_made', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8ce5c2f4ce2c477505d1601aee191a7428da7391', operation='UPDATE OR DELETE', pgid='pgtrigger_stays_as_made_bd1b9', table='bulletins_copy', when='BEFORE')),
        ),
        migrations.RunSQL(GUARD, FREE),
    ]
