"""The tables of this room, with what must be true of their rows."""

import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('agencies', '0001_initial'),
        ('agencies', '0002_sharing_group_words'),
        ('agencies', '0003_second_lock'),
        ('agencies', '0004_capture_rows'),
        ('agencies', '0005_postings'),
        ('agencies', '0006_first_postings'),
        ('agencies', '0007_postings_are_kept'),
        ('agencies', '0008_capture_postings'),
        ('agencies', '0009_the_door'),
    ]

    initial = True

    dependencies = [
        ('places', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('name_ur', models.CharField(blank=True, max_length=120, verbose_name='name in Urdu')),
                ('tier', models.CharField(choices=[('FEDERAL', 'Federal'), ('PROVINCIAL', 'Provincial'), ('TERRITORY', 'Territory')], max_length=10, verbose_name='tier')),
                ('kind', models.CharField(max_length=30, verbose_name='kind')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('source', models.CharField(blank=True, max_length=300)),
                ('province', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='places.area', verbose_name='province')),
            ],
            options={
                'verbose_name': 'agency',
                'verbose_name_plural': 'agencies',
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='agency_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('post', models.CharField(max_length=120, verbose_name='post')),
                ('role', models.CharField(choices=[('INVESTIGATOR', 'Investigator'), ('COMMANDER', 'Commander'), ('RELEASE_OFFICER', 'Release officer'), ('AGENCY_ADMIN', 'Agency admin'), ('AUDITOR', 'Auditor'), ('SYSTEM_ADMIN', 'System admin')], max_length=20, verbose_name='role')),
                ('clearance', models.CharField(choices=[('UNMARKED', 'UNMARKED'), ('RESTRICTED', 'RESTRICTED'), ('CONFIDENTIAL', 'CONFIDENTIAL'), ('SECRET', 'SECRET'), ('TOP_SECRET', 'TOP SECRET')], default='RESTRICTED', max_length=12, verbose_name='cleared to')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('link_made_at', models.DateTimeField(null=True)),
                ('is_example', models.BooleanField(default=False)),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='agencies.agency', verbose_name='agency')),
            ],
            options={
                'verbose_name': 'user',
            },
        ),
        migrations.CreateModel(
            name='KeptForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept_at', models.DateTimeField()),
                ('sealed', models.BinaryField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('INVESTIGATOR', 'Investigator'), ('COMMANDER', 'Commander'), ('RELEASE_OFFICER', 'Release officer'), ('AGENCY_ADMIN', 'Agency admin'), ('AUDITOR', 'Auditor'), ('SYSTEM_ADMIN', 'System admin')], max_length=20, verbose_name='role')),
                ('post', models.CharField(max_length=120, verbose_name='post')),
                ('given_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='agencies.agency', verbose_name='agency')),
                ('areas', models.ManyToManyField(blank=True, related_name='postings', to='places.area')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'posting',
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['INVESTIGATOR', 'COMMANDER', 'RELEASE_OFFICER', 'AGENCY_ADMIN', 'AUDITOR', 'SYSTEM_ADMIN'])), name='posting_role_is_known'), models.CheckConstraint(condition=models.Q(('post', ''), _negated=True), name='posting_names_the_post'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='posting_end_has_a_time_and_a_hand'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('given_at')), _connector='OR'), name='posting_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'agency'), name='one_live_post_in_an_agency'), models.UniqueConstraint(fields=('id', 'person', 'agency', 'role', 'post'), name='posting_with_its_copies')],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='posting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.posting'),
        ),
        migrations.CreateModel(
            name='SharingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('agencies', models.ManyToManyField(blank=True, related_name='sharing_groups', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'sharing group',
                'verbose_name_plural': 'sharing groups',
            },
        ),
        migrations.CreateModel(
            name='Tries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ACCOUNT', 'Account'), ('ADDRESS', 'Network address'), ('DEVICE', 'Known device'), ('FACTOR', 'Second factor')], max_length=10)),
                ('key', models.CharField(max_length=64)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField()),
                ('held_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'tries',
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='tries_counted_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['ACCOUNT', 'ADDRESS', 'DEVICE', 'FACTOR'])), name='tries_kind_is_known')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5767b304edbe98eecfa8d86f7b080a2e2697fb40', operation='DELETE', pgid='pgtrigger_never_deleted_e8d73', table='agencies_posting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='person_and_agency_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."given_at" IS DISTINCT FROM (NEW."given_at") OR OLD."given_by_id" IS DISTINCT FROM (NEW."given_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2605f4affd4b05734d2c758265a594c6ce162612', operation='UPDATE', pgid='pgtrigger_person_and_agency_stay_c0fc0', table='agencies_posting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='ended_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='aeabb1e0889d9318834018d2146f94eff8b3d6a8', operation='UPDATE', pgid='pgtrigger_ended_for_good_957ca', table='agencies_posting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='nobody_acts_in_it', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."ended_at" IS NOT NULL)', constraint='CONSTRAINT', func="\n    PERFORM 1 FROM agencies_posting p JOIN agencies_user u ON u.posting_id = p.id\n     WHERE u.id = NEW.person_id AND u.is_active AND p.ended_at IS NOT NULL\n       FOR SHARE OF p;\n    IF FOUND THEN\n        RAISE EXCEPTION 'person % is let in with a post that has ended', NEW.person_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'acts_in_a_live_post';\n    END IF;\n    RETURN NULL;\n", hash='1c668416e910c5b1a10c8c42304a186a366f41ac', operation='UPDATE', pgid='pgtrigger_nobody_acts_in_it_358de', table='agencies_posting', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='email_once_whatever_its_case'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['INVESTIGATOR', 'COMMANDER', 'RELEASE_OFFICER', 'AGENCY_ADMIN', 'AUDITOR', 'SYSTEM_ADMIN'])), name='role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('clearance__in', ['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'])), name='clearance_is_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='acts_in_a_live_post', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."is_active")', constraint='CONSTRAINT', func="\n    PERFORM 1 FROM agencies_posting p JOIN agencies_user u ON u.posting_id = p.id\n     WHERE u.id = NEW.id AND u.is_active AND p.ended_at IS NOT NULL\n       FOR SHARE OF p;\n    IF FOUND THEN\n        RAISE EXCEPTION 'person % is let in with a post that has ended', NEW.id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'acts_in_a_live_post';\n    END IF;\n    RETURN NULL;\n", hash='1574309e68be77d77dcf2d534b01ad61e08423c9', operation='INSERT OR UPDATE', pgid='pgtrigger_acts_in_a_live_post_44451', table='agencies_user', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
