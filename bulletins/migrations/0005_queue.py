"""Whose turn a rendering is, its class, its place; and the workers that are there."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# What was asked for before is its asker's agency's, in the order it was asked for.
FILL = """
SELECT set_config('aar.inside', 'yes', true);
UPDATE bulletins_rendering r SET queued_at = r.requested_at,
    agency_id = (SELECT u.agency_id FROM agencies_user u WHERE u.id = r.requested_by_id);
SET CONSTRAINTS ALL IMMEDIATE;
SELECT set_config('aar.inside', '', true);
"""
GUARD = """
CALL aar_guard('bulletins_worker', $$ (SELECT aar_reader()) = 'machine' $$);
"""
FREE = "CALL aar_unguard('bulletins_worker');"


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_act_in_a_post'),
        ('bulletins', '0004_brief_never_wider'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('started_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name='rendering',
            name='rendering_to_do',
        ),
        migrations.AddField(
            model_name='rendering',
            name='agency',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='rendering',
            name='priority',
            field=models.PositiveSmallIntegerField(choices=[(0, 'Flash'), (1, 'Asked for singly'), (2, 'One of many')], default=1, verbose_name='class'),
        ),
        migrations.AddField(
            model_name='rendering',
            name='queued_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='rendering',
            name='worker',
            field=models.CharField(blank=True, max_length=200, verbose_name='worker'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='rendering',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AlterField(
            model_name='rendering',
            name='queued_at',
            field=models.DateTimeField(),
        ),
        migrations.AddIndex(
            model_name='rendering',
            index=models.Index(condition=models.Q(('state', 'WAITING')), fields=['priority', 'agency', 'queued_at', 'id'], name='rendering_waiting'),
        ),
        migrations.AddIndex(
            model_name='rendering',
            index=models.Index(condition=models.Q(('state', 'RENDERING')), fields=['agency'], name='rendering_at_work'),
        ),
        migrations.AddIndex(
            model_name='rendering',
            index=models.Index(fields=['agency', '-claimed_at'], name='rendering_served'),
        ),
        migrations.AddIndex(
            model_name='rendering',
            index=models.Index(condition=models.Q(('finished_at__isnull', False)), fields=['-finished_at'], name='rendering_finished'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rendering',
            trigger=pgtrigger.compiler.Trigger(name='queued_for_its_agency', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.agency_id = coalesce(NEW.agency_id,\n        (SELECT agency_id FROM agencies_user WHERE id = NEW.requested_by_id));\n    NEW.queued_at = coalesce(NEW.queued_at, NEW.requested_at);\n    RETURN NEW;\n', hash='a818c2bad69023256c9ef81edbc533d5ec790a2c', operation='INSERT', pgid='pgtrigger_queued_for_its_agency_6090b', table='bulletins_rendering', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='rendering',
            constraint=models.CheckConstraint(condition=models.Q(('priority__in', [0, 1, 2])), name='rendering_class_is_known'),
        ),
        migrations.RunSQL(GUARD, FREE),
    ]
