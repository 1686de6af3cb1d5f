"""The tables of this room, with what must be true of their rows."""

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('bulletins', '0001_initial'),
        ('bulletins', '0002_origin'),
        ('bulletins', '0003_markings_of_parts'),
        ('bulletins', '0004_capture_rows'),
        ('bulletins', '0005_row_security'),
        ('bulletins', '0006_second_person'),
    ]

    initial = True

    dependencies = [
        ('agencies', '0001_tables'),
        ('agencies', '__first__'),
        ('incidents', '0001_tables'),
        ('lessons', '0001_tables'),
        ('reviews', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='CarriedLesson',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('lessons.lesson',),
        ),
        migrations.CreateModel(
            name='Brief',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tlp', models.CharField(choices=[('CLEAR', 'TLP:CLEAR'), ('GREEN', 'TLP:GREEN'), ('AMBER', 'TLP:AMBER'), ('AMBER_STRICT', 'TLP:AMBER+STRICT'), ('RED', 'TLP:RED')], default='AMBER', max_length=12, verbose_name='TLP')),
                ('classification', models.CharField(choices=[('UNMARKED', 'UNMARKED'), ('RESTRICTED', 'RESTRICTED'), ('CONFIDENTIAL', 'CONFIDENTIAL'), ('SECRET', 'SECRET'), ('TOP_SECRET', 'TOP SECRET')], default='RESTRICTED', max_length=12, verbose_name='classification')),
                ('caveats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ORCON', 'Originator controlled'), ('EYES', 'Eyes only'), ('LIMDIS', 'Limited distribution'), ('SUBJUDICE', 'Sub judice'), ('SOURCE', 'Source protection')], max_length=12), blank=True, default=list, size=None, verbose_name='caveats')),
                ('is_example', models.BooleanField(default=False)),
                ('reference', models.CharField(max_length=20, unique=True, verbose_name='number')),
                ('kind', models.CharField(choices=[('INCIDENT', 'Incident brief'), ('REVIEW', 'Review brief')], max_length=8, verbose_name='kind')),
                ('language', models.CharField(choices=[('en', 'English'), ('ur', 'Urdu')], default='en', max_length=2, verbose_name='language')),
                ('title', models.CharField(max_length=250, verbose_name='title')),
                ('requested_at', models.DateTimeField()),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.agency', verbose_name='owner agency')),
                ('incident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='briefs', to='incidents.incident')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='briefs', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='briefs', to='reviews.review')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['-requested_at', '-id'], name='brief_list')],
                'constraints': [models.CheckConstraint(condition=models.Q(('tlp__in', ['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'])), name='brief_tlp_is_known'), models.CheckConstraint(condition=models.Q(('classification__in', ['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'])), name='brief_classification_is_known'), models.CheckConstraint(condition=models.Q(('caveats__contained_by', ['ORCON', 'EYES', 'LIMDIS', 'SUBJUDICE', 'SOURCE'])), name='brief_caveats_are_known'), models.CheckConstraint(condition=models.Q(models.Q(('tlp', 'CLEAR'), _negated=True), ('classification', 'UNMARKED'), _connector='OR'), name='brief_clear_is_unmarked', violation_error_message='TLP:CLEAR is public; a classified record cannot be.'), models.CheckConstraint(condition=models.Q(models.Q(('incident__isnull', False), ('kind', 'INCIDENT'), ('review', None)), models.Q(('incident', None), ('kind', 'REVIEW'), ('review__isnull', False)), _connector='OR'), name='brief_is_about_one_thing'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='brief_hash_is_sha256')],
            },
        ),
        migrations.CreateModel(
            name='Bulletin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tlp', models.CharField(choices=[('CLEAR', 'TLP:CLEAR'), ('GREEN', 'TLP:GREEN'), ('AMBER', 'TLP:AMBER'), ('AMBER_STRICT', 'TLP:AMBER+STRICT'), ('RED', 'TLP:RED')], default='AMBER', max_length=12, verbose_name='TLP')),
                ('classification', models.CharField(choices=[('UNMARKED', 'UNMARKED'), ('RESTRICTED', 'RESTRICTED'), ('CONFIDENTIAL', 'CONFIDENTIAL'), ('SECRET', 'SECRET'), ('TOP_SECRET', 'TOP SECRET')], default='RESTRICTED', max_length=12, verbose_name='classification')),
                ('caveats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ORCON', 'Originator controlled'), ('EYES', 'Eyes only'), ('LIMDIS', 'Limited distribution'), ('SUBJUDICE', 'Sub judice'), ('SOURCE', 'Source protection')], max_length=12), blank=True, default=list, size=None, verbose_name='caveats')),
                ('is_example', models.BooleanField(default=False)),
                ('reference', models.CharField(max_length=20, unique=True, verbose_name='number')),
                ('edition', models.PositiveIntegerField(default=1, verbose_name='edition')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('bottom_line', models.TextField(verbose_name='the bottom line, in one or two sentences')),
                ('audience', models.CharField(max_length=200, verbose_name='for whom')),
                ('actions', models.TextField(blank=True, verbose_name='what to do, one thing a line')),
                ('act_by', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('language', models.CharField(choices=[('en', 'English'), ('ur', 'Urdu')], default='en', max_length=2, verbose_name='language')),
                ('state', models.CharField(choices=[('DRAFT', 'Draft'), ('ISSUED', 'Issued')], default='DRAFT', max_length=6, verbose_name='state')),
                ('composed_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('content', models.JSONField(blank=True, null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('lock_version', models.PositiveIntegerField(default=1)),
                ('origin', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.agency', verbose_name='owner agency')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bulletins_changed', to=settings.AUTH_USER_MODEL)),
                ('composed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletins_composed', to=settings.AUTH_USER_MODEL)),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bulletins_issued', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BulletinLesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='bulletins.bulletin')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='lessons.lesson')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bulletin', 'lesson'), name='lesson_once_a_bulletin'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('bulletin', 'position'), name='lesson_place_once')],
            },
        ),
        migrations.AddField(
            model_name='bulletin',
            name='lessons',
            field=models.ManyToManyField(related_name='bulletins', through='bulletins.BulletinLesson', to='lessons.lesson'),
        ),
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
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents_asked', to='agencies.agency')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='incidents.incident')),
                ('lesson', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='lessons.lesson')),
                ('originator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents_given', to='agencies.agency')),
                ('review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='reviews.review')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('incident__isnull', False), ('lesson', None), ('review', None)), models.Q(('incident', None), ('lesson', None), ('review__isnull', False)), models.Q(('incident', None), ('lesson__isnull', False), ('review', None)), _connector='OR'), name='consent_is_about_one_record'), models.CheckConstraint(condition=models.Q(('agency', models.F('originator')), _negated=True), name='consent_is_anothers_to_give'), models.CheckConstraint(condition=models.Q(('state__in', ['ASKED', 'GRANTED', 'REFUSED']), models.Q(('reason', ''), _negated=True)), name='consent_says_what_for'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'ASKED')), models.Q(models.Q(('state', 'ASKED'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='consent_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'REFUSED'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='consent_refused_with_reason'), models.UniqueConstraint(condition=models.Q(('state', 'REFUSED'), _negated=True), fields=('agency', 'incident', 'review', 'lesson'), name='consent_asked_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(max_length=64, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('path', models.CharField(max_length=120)),
                ('size', models.PositiveIntegerField(help_text='bytes')),
                ('pages', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['sha256'], name='document_by_hash')],
                'constraints': [models.CheckConstraint(condition=models.Q(('pages__gt', 0), ('sha256__regex', '^[0-9a-f]{64}$'), ('size__gt', 0)), name='document_is_a_file')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shared_at', models.DateTimeField()),
                ('ask', models.CharField(choices=[('READ', 'Read'), ('ACKNOWLEDGE', 'Acknowledge'), ('ACT', 'Acknowledge, brief units and report action')], default='READ', max_length=11, verbose_name='what you ask of them')),
                ('acknowledge_by', models.DateTimeField(blank=True, null=True, verbose_name='acknowledge by')),
                ('act_by', models.DateField(blank=True, null=True, verbose_name='act by')),
                ('recalled_at', models.DateTimeField(blank=True, null=True)),
                ('recall_reason', models.TextField(blank=True, verbose_name='reason, shown to them')),
                ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='bulletins.bulletin')),
                ('recalled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.agency')),
                ('to_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.sharinggroup')),
                ('to_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('to_agency__isnull', False), ('to_group', None), ('to_person', None)), models.Q(('to_agency', None), ('to_group__isnull', False), ('to_person', None)), models.Q(('to_agency', None), ('to_group', None), ('to_person__isnull', False)), _connector='OR'), name='release_names_one_recipient'), models.UniqueConstraint(condition=models.Q(('recalled_at', None)), fields=('bulletin', 'to_agency', 'to_group', 'to_person'), name='released_once_to_each', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('recall_reason', ''), ('recalled_at', None), ('recalled_by', None)), models.Q(('recalled_at__isnull', False), ('recalled_by__isnull', False), models.Q(('recall_reason', ''), _negated=True)), _connector='OR'), name='recalled_with_reason'), models.CheckConstraint(condition=models.Q(('ask', 'READ'), models.Q(('acknowledge_by__isnull', False), ('ask', 'ACKNOWLEDGE')), models.Q(('acknowledge_by__isnull', False), ('act_by__isnull', False), ('ask', 'ACT')), _connector='OR'), name='what_is_asked_has_a_date')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                ('units_briefed', models.PositiveIntegerField(blank=True, null=True, verbose_name='units briefed')),
                ('units_total', models.PositiveIntegerField(blank=True, null=True, verbose_name='units in all')),
                ('briefed_at', models.DateTimeField(blank=True, null=True)),
                ('acted_at', models.DateTimeField(blank=True, null=True)),
                ('acted_on_date', models.DateField(blank=True, null=True, verbose_name='done on')),
                ('acted_text', models.TextField(blank=True, verbose_name='what was done')),
                ('acted_evidence', models.TextField(blank=True, verbose_name='what shows it')),
                ('declined_at', models.DateTimeField(blank=True, null=True)),
                ('declined_reason', models.TextField(blank=True, verbose_name='why nothing was done')),
                ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('acted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='agencies.agency')),
                ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='bulletins.bulletin')),
                ('declined_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='bulletins.release')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'agency'), name='receipt_once_an_agency'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at', None), ('opened_by', None)), models.Q(('opened_at__isnull', False), ('opened_by__isnull', False)), _connector='OR'), name='opened_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at', None), ('acknowledged_by', None)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='acknowledged_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('acted_at', None), ('acted_by', None), ('acted_on_date', None), ('acted_text', '')), models.Q(('acted_at__isnull', False), ('acted_by__isnull', False), ('acted_on_date__isnull', False), models.Q(('acted_text', ''), _negated=True)), _connector='OR'), name='acted_says_what_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('declined_at', None), ('declined_by', None), ('declined_reason', '')), models.Q(('declined_at__isnull', False), ('declined_by__isnull', False), models.Q(('declined_reason', ''), _negated=True)), _connector='OR'), name='declined_says_why'), models.CheckConstraint(condition=models.Q(('acted_at', None), ('declined_at', None), _connector='OR'), name='acted_or_declined'), models.CheckConstraint(condition=models.Q(models.Q(('briefed_at', None), ('units_briefed', None), ('units_total', None)), models.Q(('briefed_at__isnull', False), ('units_briefed__lte', models.F('units_total'))), _connector='OR'), name='briefed_at_most_all_units', violation_error_message='More units briefed than there are.')],
            },
        ),
        migrations.CreateModel(
            name='Rendering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('WAITING', 'Waiting for the worker'), ('RENDERING', 'Being rendered'), ('DONE', 'Ready'), ('FAILED', 'Failed')], default='WAITING', max_length=9, verbose_name='state')),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('requested_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.TextField(blank=True, verbose_name='why it failed')),
                ('brief', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='renderings', to='bulletins.brief')),
                ('bulletin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='renderings', to='bulletins.bulletin')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renderings', to='bulletins.document')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renderings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['WAITING', 'RENDERING'])), fields=['state', 'requested_at'], name='rendering_to_do')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('brief', None), ('bulletin__isnull', False)), models.Q(('brief__isnull', False), ('bulletin', None)), _connector='OR'), name='rendering_of_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('document', None), ('finished_at', None), ('state', 'WAITING')), models.Q(('claimed_at__isnull', False), ('document', None), ('state', 'RENDERING')), models.Q(('document__isnull', False), ('finished_at__isnull', False), ('state', 'DONE')), models.Q(('document', None), ('finished_at__isnull', False), ('state', 'FAILED'), models.Q(('error', ''), _negated=True)), _connector='OR'), name='rendering_state_is_whole'), models.CheckConstraint(condition=models.Q(('attempts__lte', 3)), name='rendering_gives_up_in_time'), models.UniqueConstraint(condition=models.Q(('state__in', ['WAITING', 'RENDERING'])), fields=('bulletin',), name='bulletin_rendered_once_at_a_time'), models.UniqueConstraint(condition=models.Q(('state__in', ['WAITING', 'RENDERING'])), fields=('brief',), name='brief_rendered_once_at_a_time')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='carriedlesson',
            trigger=pgtrigger.compiler.Trigger(name='drafts_follow', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."caveats" IS DISTINCT FROM (NEW."caveats") OR OLD."classification" IS DISTINCT FROM (NEW."classification") OR OLD."tlp" IS DISTINCT FROM (NEW."tlp"))', declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    PERFORM set_config('aar.inside', 'yes', true);\n    UPDATE bulletins_bulletin AS b SET\n        tlp = CASE WHEN array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], l.tlp::text) > array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], b.tlp::text) THEN l.tlp ELSE b.tlp END,\n        classification = CASE\n            WHEN array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], l.classification::text) > array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], b.classification::text) THEN l.classification ELSE b.classification END,\n        caveats = CASE\n            WHEN NOT l.caveats <@ b.caveats THEN\n                ARRAY(SELECT unnest(b.caveats) UNION SELECT unnest(l.caveats) ORDER BY 1)\n            ELSE b.caveats END,\n        lock_version = b.lock_version + 1\n    FROM lessons_lesson l JOIN bulletins_bulletinlesson p ON p.lesson_id = l.id\n    WHERE l.id = NEW.id AND p.bulletin_id = b.id AND b.state = 'DRAFT' AND (array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], l.tlp::text) > array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], b.tlp::text) OR array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], l.classification::text) > array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], b.classification::text) OR NOT l.caveats <@ b.caveats);\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NULL;\n    ", hash='7c67f88fd2424e94ca5c02c3c53147643c28d81e', operation='UPDATE', pgid='pgtrigger_drafts_follow_b323a', table='lessons_lesson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletinlesson',
            trigger=pgtrigger.compiler.Trigger(name='issued_keeps_its_parts', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), ''); held bulletins_bulletin%ROWTYPE;", func="\n    PERFORM set_config('aar.inside', 'yes', true);\n    -- Whoever is issuing it meanwhile is waited for.\n    FOR held IN\n        SELECT * FROM bulletins_bulletin WHERE id IN (\n            CASE WHEN TG_OP <> 'INSERT' THEN OLD.bulletin_id END,\n            CASE WHEN TG_OP <> 'DELETE' THEN NEW.bulletin_id END\n        ) FOR SHARE\n    LOOP\n        IF held.state = 'ISSUED' THEN\n            RAISE EXCEPTION 'bulletin % is issued: its parts stand', held.reference USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_issued_keeps_its_parts';\n        END IF;\n    END LOOP;\n    PERFORM set_config('aar.inside', was, true);\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n    ", hash='d8330c9ec47f426c96a944170b07bede894a740c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_issued_keeps_its_parts_61342', table='bulletins_bulletinlesson', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletinlesson',
            trigger=pgtrigger.compiler.Trigger(name='originator_consents', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF EXISTS (\n        SELECT 1 FROM bulletins_bulletin b, lessons_lesson l\n            WHERE b.id = NEW.bulletin_id AND l.id = NEW.lesson_id\n            AND l.agency_id <> b.agency_id AND 'ORCON' = ANY (l.caveats)\n            AND NOT EXISTS (SELECT 1 FROM bulletins_consent c WHERE c.lesson_id = l.id\n                AND c.agency_id = b.agency_id AND c.state = 'GRANTED')\n    ) THEN\n        RAISE EXCEPTION 'lesson % goes on only with consent of its originator', NEW.lesson_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'originator_consents';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='9bdda71b3cbfc20805a755dd47ea2761c4bc87b9', operation='INSERT OR UPDATE', pgid='pgtrigger_originator_consents_4c07b', table='bulletins_bulletinlesson', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletinlesson',
            trigger=pgtrigger.compiler.Trigger(name='marked_as_its_parts', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    PERFORM set_config('aar.inside', 'yes', true);\n    -- Whoever is marking a lesson up meanwhile is waited for.\n    PERFORM 1 FROM lessons_lesson l\n        JOIN bulletins_bulletinlesson p ON p.lesson_id = l.id\n        WHERE p.bulletin_id = NEW.bulletin_id FOR SHARE OF l;\n    IF EXISTS (\n        SELECT 1 FROM bulletins_bulletin b\n            JOIN bulletins_bulletinlesson p ON p.bulletin_id = b.id\n            JOIN lessons_lesson l ON l.id = p.lesson_id\n            WHERE b.id = NEW.bulletin_id AND (array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], l.tlp::text) > array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], b.tlp::text) OR array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], l.classification::text) > array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], b.classification::text) OR NOT l.caveats <@ b.caveats)\n    ) THEN\n        RAISE EXCEPTION 'bulletin % is marked lower than one of its lessons', NEW.bulletin_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_marked_as_its_parts';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NULL;\n    ", hash='f92e946da181f62905c5d3f94b06ea36406531c4', operation='INSERT OR UPDATE', pgid='pgtrigger_marked_as_its_parts_4ca61', table='bulletins_bulletinlesson', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='bulletin',
            index=models.Index(fields=['-composed_at', '-id'], name='bulletin_list'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('tlp__in', ['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'])), name='bulletin_tlp_is_known'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('classification__in', ['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'])), name='bulletin_classification_is_known'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('caveats__contained_by', ['ORCON', 'EYES', 'LIMDIS', 'SUBJUDICE', 'SOURCE'])), name='bulletin_caveats_are_known'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tlp', 'CLEAR'), _negated=True), ('classification', 'UNMARKED'), _connector='OR'), name='bulletin_clear_is_unmarked', violation_error_message='TLP:CLEAR is public; a classified record cannot be.'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('bottom_line', ''), _negated=True)), name='bulletin_says_something'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at', None), ('issued_by', None), ('sha256', ''), ('state', 'DRAFT')), models.Q(('content__isnull', False), ('issued_at__isnull', False), ('issued_by__isnull', False), ('sha256__regex', '^[0-9a-f]{64}$'), ('state', 'ISSUED')), _connector='OR'), name='bulletin_issued_is_frozen'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('changed_at', None), ('changed_by', None)), models.Q(('changed_at__isnull', False), ('changed_by__isnull', False)), _connector='OR'), name='bulletin_changed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('issued_by', None), models.Q(models.Q(('issued_by', models.F('composed_by')), _negated=True), models.Q(('changed_by', None), models.Q(('issued_by', models.F('changed_by')), _negated=True), _connector='OR')), _connector='OR'), name='bulletin_issuer_is_not_its_author', violation_error_message='Who wrote a bulletin does not issue it.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletin',
            trigger=pgtrigger.compiler.Trigger(name='issued_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'ISSUED\')', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='85a25423f6c92ddea82458e23dc298fe2c187743', operation='DELETE', pgid='pgtrigger_issued_never_deleted_3c45c', table='bulletins_bulletin', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletin',
            trigger=pgtrigger.compiler.Trigger(name='state_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{DRAFT:ISSUED}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='b4499432e97129acc03b85201d739160d28e94c5', operation='UPDATE', pgid='pgtrigger_state_moves_e1377', table='bulletins_bulletin', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletin',
            trigger=pgtrigger.compiler.Trigger(name='issued_never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'ISSUED\' AND (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."tlp" IS DISTINCT FROM (NEW."tlp") OR OLD."classification" IS DISTINCT FROM (NEW."classification") OR OLD."caveats" IS DISTINCT FROM (NEW."caveats") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."bottom_line" IS DISTINCT FROM (NEW."bottom_line") OR OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."actions" IS DISTINCT FROM (NEW."actions") OR OLD."act_by" IS DISTINCT FROM (NEW."act_by") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='565ef49bb95bb9e7e4376693b4f76ec4664c01df', operation='UPDATE', pgid='pgtrigger_issued_never_changed_bf4de', table='bulletins_bulletin', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulletin',
            trigger=pgtrigger.compiler.Trigger(name='marked_as_its_parts', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    PERFORM set_config('aar.inside', 'yes', true);\n    -- Whoever is marking a lesson up meanwhile is waited for.\n    PERFORM 1 FROM lessons_lesson l\n        JOIN bulletins_bulletinlesson p ON p.lesson_id = l.id\n        WHERE p.bulletin_id = NEW.id FOR SHARE OF l;\n    IF EXISTS (\n        SELECT 1 FROM bulletins_bulletin b\n            JOIN bulletins_bulletinlesson p ON p.bulletin_id = b.id\n            JOIN lessons_lesson l ON l.id = p.lesson_id\n            WHERE b.id = NEW.id AND (array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], l.tlp::text) > array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], b.tlp::text) OR array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], l.classification::text) > array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], b.classification::text) OR NOT l.caveats <@ b.caveats)\n    ) THEN\n        RAISE EXCEPTION 'bulletin % is marked lower than one of its lessons', NEW.id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_marked_as_its_parts';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NULL;\n    ", hash='29623b6634c377045ca88495f20ba552f815e2c5', operation='INSERT OR UPDATE', pgid='pgtrigger_marked_as_its_parts_1fc0f', table='bulletins_bulletin', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='decided_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'ASKED\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e2760dd86af58177b340f8c9f439cbf3892c62be', operation='UPDATE', pgid='pgtrigger_decided_stands_34c45', table='bulletins_consent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6c10e67c7927a3f31585ac1f02256c1ad7dcdc08', operation='DELETE', pgid='pgtrigger_never_deleted_c7a69', table='bulletins_consent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='sent_by_another', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NEW.shared_by_id IS NOT DISTINCT FROM OLD.shared_by_id\n        AND NEW.bulletin_id IS NOT DISTINCT FROM OLD.bulletin_id THEN\n        RETURN NEW;\n    END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF EXISTS (\n        SELECT 1 FROM bulletins_bulletin b WHERE b.id = NEW.bulletin_id\n            AND NEW.shared_by_id IN (b.composed_by_id, b.changed_by_id)\n    ) THEN\n        RAISE EXCEPTION 'bulletin % is not released by who wrote it', NEW.bulletin_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'release_is_by_a_second_person';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='a57df379b91a31691c8b17d1c76bbeef8dc30263', operation='INSERT OR UPDATE', pgid='pgtrigger_sent_by_another_4ba0c', table='bulletins_release', when='BEFORE')),
        ),
    ]
