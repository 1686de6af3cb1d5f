"""The tables of this room, with what must be true of their rows."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('lessons', '0001_initial'),
        ('lessons', '0002_search_words'),
        ('lessons', '0003_capture_rows'),
        ('lessons', '0004_row_security'),
    ]

    initial = True

    dependencies = [
        ('agencies', '0001_tables'),
        ('agencies', '__first__'),
        ('incidents', '0001_tables'),
        ('places', '0001_tables'),
        ('reviews', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tlp', models.CharField(choices=[('CLEAR', 'TLP:CLEAR'), ('GREEN', 'TLP:GREEN'), ('AMBER', 'TLP:AMBER'), ('AMBER_STRICT', 'TLP:AMBER+STRICT'), ('RED', 'TLP:RED')], default='AMBER', max_length=12, verbose_name='TLP')),
                ('classification', models.CharField(choices=[('UNMARKED', 'UNMARKED'), ('RESTRICTED', 'RESTRICTED'), ('CONFIDENTIAL', 'CONFIDENTIAL'), ('SECRET', 'SECRET'), ('TOP_SECRET', 'TOP SECRET')], default='RESTRICTED', max_length=12, verbose_name='classification')),
                ('caveats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ORCON', 'Originator controlled'), ('EYES', 'Eyes only'), ('LIMDIS', 'Limited distribution'), ('SUBJUDICE', 'Sub judice'), ('SOURCE', 'Source protection')], max_length=12), blank=True, default=list, size=None, verbose_name='caveats')),
                ('is_example', models.BooleanField(default=False)),
                ('reference', models.CharField(max_length=20, unique=True, verbose_name='reference')),
                ('kind', models.CharField(choices=[('LESSON', 'Lesson'), ('NOTABLE_PRACTICE', 'Notable practice')], default='LESSON', max_length=16, verbose_name='kind')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('title_ur', models.CharField(blank=True, max_length=160, verbose_name='title in Urdu')),
                ('observation', models.TextField(verbose_name='observation: what was seen')),
                ('discussion', models.TextField(blank=True, verbose_name='discussion: why it matters')),
                ('conclusion', models.TextField(blank=True, verbose_name='conclusion: what it means')),
                ('recommendation', models.TextField(verbose_name='recommendation: what to do')),
                ('state', models.CharField(choices=[('OBSERVATION', 'Observation'), ('IDENTIFIED', 'Identified'), ('ENDORSED', 'Endorsed'), ('IMPLEMENTING', 'Being put into practice'), ('VALIDATED', 'Validated: learned'), ('REJECTED', 'Rejected')], default='OBSERVATION', max_length=12, verbose_name='state')),
                ('target_type', models.CharField(blank=True, choices=[('1', 'Business'), ('2', 'Government'), ('3', 'Police'), ('4', 'Military and civil armed forces'), ('6', 'Airport or aircraft'), ('7', 'Diplomatic mission'), ('8', 'School, college or university'), ('9', 'Food or water supply'), ('10', 'Journalists and media'), ('11', 'Port or ship'), ('12', 'Aid organisation'), ('13', 'Other'), ('14', 'Citizens and their property'), ('15', 'Worshippers, religious site or procession'), ('16', 'Telecommunication'), ('17', 'Militia'), ('18', 'Tourists'), ('19', 'Transport other than aviation'), ('20', 'Not known'), ('21', 'Electricity, gas, other utilities'), ('22', 'Political party or election meeting')], default='', max_length=2, verbose_name='applies to')),
                ('occasion', models.CharField(blank=True, choices=[('friday', 'Friday prayers'), ('milad', 'Eid Milad-un-Nabi (12 Rabi-ul-Awwal)'), ('ashura', '9 and 10 Muharram'), ('chehlum', 'Chehlum (20 Safar)'), ('youm_ali', 'Youm-e-Ali (21 Ramzan)'), ('ramzan', 'Ramzan'), ('eid_fitr', 'Eid-ul-Fitr'), ('eid_azha', 'Eid-ul-Azha'), ('urs', 'Urs or shrine festival'), ('easter', 'Easter or Christmas'), ('holi_diwali', 'Holi or Diwali'), ('pakday', '23 March, Pakistan Day'), ('indday', '14 August, Independence Day'), ('defday', '6 September, Defence Day'), ('aps', '16 December, Army Public School'), ('election', 'Election period'), ('polio', 'Polio campaign'), ('cricket', 'Sports event'), ('vip', 'VIP movement'), ('court', 'High-profile trial'), ('anniv_group', 'Anniversary of a group')], default='', max_length=12, verbose_name='occasion')),
                ('drawn_at', models.DateTimeField()),
                ('endorsed_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.TextField(blank=True, verbose_name='reason for rejecting')),
                ('lock_version', models.PositiveIntegerField(default=1)),
                ('origin', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.agency', verbose_name='owner agency')),
                ('areas', models.ManyToManyField(blank=True, related_name='lessons', to='places.area', verbose_name='areas')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='reviews.failurecategory', verbose_name='category')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lessons_changed', to=settings.AUTH_USER_MODEL)),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons_drawn', to=settings.AUTH_USER_MODEL)),
                ('endorsed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lessons_endorsed', to=settings.AUTH_USER_MODEL)),
                ('findings', models.ManyToManyField(blank=True, related_name='lessons', to='reviews.finding')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['-drawn_at', '-id'], name='lesson_list'), models.Index(fields=['state', '-drawn_at', '-id'], name='lesson_by_state'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('title', 'observation', 'recommendation', config='english'), name='lesson_words')],
                'constraints': [models.CheckConstraint(condition=models.Q(('tlp__in', ['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'])), name='lesson_tlp_is_known'), models.CheckConstraint(condition=models.Q(('classification__in', ['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'])), name='lesson_classification_is_known'), models.CheckConstraint(condition=models.Q(('caveats__contained_by', ['ORCON', 'EYES', 'LIMDIS', 'SUBJUDICE', 'SOURCE'])), name='lesson_caveats_are_known'), models.CheckConstraint(condition=models.Q(models.Q(('tlp', 'CLEAR'), _negated=True), ('classification', 'UNMARKED'), _connector='OR'), name='lesson_clear_is_unmarked', violation_error_message='TLP:CLEAR is public; a classified record cannot be.'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('observation', ''), _negated=True), models.Q(('recommendation', ''), _negated=True)), name='lesson_stands_alone'), models.CheckConstraint(condition=models.Q(models.Q(('endorsed_at', None), ('endorsed_by', None)), models.Q(('endorsed_at__isnull', False), ('endorsed_by__isnull', False)), _connector='OR'), name='lesson_endorsed_by_somebody'), models.CheckConstraint(condition=models.Q(('endorsed_by', None), models.Q(models.Q(('endorsed_by', models.F('drawn_by')), _negated=True), models.Q(('changed_by', None), models.Q(('endorsed_by', models.F('changed_by')), _negated=True), _connector='OR')), _connector='OR'), name='lesson_endorser_is_not_its_writer', violation_error_message='Who wrote a lesson does not endorse it.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['ENDORSED', 'IMPLEMENTING', 'VALIDATED']), _negated=True), ('endorsed_at__isnull', False), _connector='OR'), name='lesson_endorsement_is_recorded'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'REJECTED'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='lesson_rejected_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='LessonShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shared_at', models.DateTimeField()),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='lessons.lesson')),
                ('shared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.agency')),
                ('to_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.sharinggroup')),
                ('to_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('to_agency__isnull', False), ('to_group', None), ('to_person', None)), models.Q(('to_agency', None), ('to_group__isnull', False), ('to_person', None)), models.Q(('to_agency', None), ('to_group', None), ('to_person__isnull', False)), _connector='OR'), name='lessonshare_names_one_recipient'), models.UniqueConstraint(fields=('record', 'to_agency', 'to_group', 'to_person'), name='lesson_shared_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Recurrence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tlp', models.CharField(choices=[('CLEAR', 'TLP:CLEAR'), ('GREEN', 'TLP:GREEN'), ('AMBER', 'TLP:AMBER'), ('AMBER_STRICT', 'TLP:AMBER+STRICT'), ('RED', 'TLP:RED')], default='AMBER', max_length=12, verbose_name='TLP')),
                ('classification', models.CharField(choices=[('UNMARKED', 'UNMARKED'), ('RESTRICTED', 'RESTRICTED'), ('CONFIDENTIAL', 'CONFIDENTIAL'), ('SECRET', 'SECRET'), ('TOP_SECRET', 'TOP SECRET')], default='RESTRICTED', max_length=12, verbose_name='classification')),
                ('caveats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ORCON', 'Originator controlled'), ('EYES', 'Eyes only'), ('LIMDIS', 'Limited distribution'), ('SUBJUDICE', 'Sub judice'), ('SOURCE', 'Source protection')], max_length=12), blank=True, default=list, size=None, verbose_name='caveats')),
                ('is_example', models.BooleanField(default=False)),
                ('key', models.SlugField(max_length=60, unique=True)),
                ('failure', models.CharField(max_length=300, verbose_name='failure')),
                ('what_differed', models.TextField(blank=True, verbose_name='what differed')),
                ('lesson_to_test', models.TextField(blank=True, verbose_name='lesson to test')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('recorded_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.agency', verbose_name='owner agency')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('tlp__in', ['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'])), name='recurrence_tlp_is_known'), models.CheckConstraint(condition=models.Q(('classification__in', ['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'])), name='recurrence_classification_is_known'), models.CheckConstraint(condition=models.Q(('caveats__contained_by', ['ORCON', 'EYES', 'LIMDIS', 'SUBJUDICE', 'SOURCE'])), name='recurrence_caveats_are_known'), models.CheckConstraint(condition=models.Q(models.Q(('tlp', 'CLEAR'), _negated=True), ('classification', 'UNMARKED'), _connector='OR'), name='recurrence_clear_is_unmarked', violation_error_message='TLP:CLEAR is public; a classified record cannot be.'), models.CheckConstraint(condition=models.Q(('failure', ''), _negated=True), name='recurrence_names_the_failure')],
            },
        ),
        migrations.CreateModel(
            name='RecurrenceCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(blank=True, max_length=300)),
                ('position', models.PositiveIntegerField(default=0)),
                ('incident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recurrence_cases', to='incidents.incident')),
                ('recurrence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='lessons.recurrence')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('incident__isnull', False), models.Q(('text', ''), _negated=True), _connector='OR'), name='case_names_something'), models.UniqueConstraint(condition=models.Q(('incident__isnull', False)), fields=('recurrence', 'incident'), name='case_once_a_recurrence')],
            },
        ),
        migrations.CreateModel(
            name='RecurrenceShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shared_at', models.DateTimeField()),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='lessons.recurrence')),
                ('shared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.agency')),
                ('to_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.sharinggroup')),
                ('to_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('to_agency__isnull', False), ('to_group', None), ('to_person', None)), models.Q(('to_agency', None), ('to_group__isnull', False), ('to_person', None)), models.Q(('to_agency', None), ('to_group', None), ('to_person__isnull', False)), _connector='OR'), name='recurrenceshare_names_one_recipient')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lesson',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='783ae3642e7bbd20b17af039712fc24c901b3fb1', operation='DELETE', pgid='pgtrigger_never_deleted_a247f', table='lessons_lesson', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lesson',
            trigger=pgtrigger.compiler.Trigger(name='never_wider', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."caveats" IS DISTINCT FROM (NEW."caveats") OR OLD."classification" IS DISTINCT FROM (NEW."classification") OR OLD."tlp" IS DISTINCT FROM (NEW."tlp"))', declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NOT (array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], NEW.tlp::text) < array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], OLD.tlp::text) OR array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], NEW.classification::text) < array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], OLD.classification::text) OR NOT OLD.caveats <@ NEW.caveats) THEN\n        RETURN NEW;\n    END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF NOT (OLD.state IN ('OBSERVATION', 'IDENTIFIED')) THEN\n        RAISE EXCEPTION '% is marked lower without a second person', NEW.reference\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'widened_by_two_people';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='c2e75eb9623af945afcf9f7d40111d6d4844969e', operation='UPDATE', pgid='pgtrigger_never_wider_41915', table='lessons_lesson', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lesson',
            trigger=pgtrigger.compiler.Trigger(name='state_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{OBSERVATION:IDENTIFIED,IDENTIFIED:ENDORSED,ENDORSED:IMPLEMENTING,IMPLEMENTING:VALIDATED,VALIDATED:IDENTIFIED,OBSERVATION:REJECTED,IDENTIFIED:REJECTED}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='3532e04bc180faf1e4e6a0ef105538c661bbcdc3', operation='UPDATE', pgid='pgtrigger_state_moves_8bd84', table='lessons_lesson', when='BEFORE')),
        ),
    ]
