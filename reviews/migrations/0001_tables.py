"""The tables of this room, with what must be true of their rows."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('reviews', '0001_initial'),
        ('reviews', '0002_row_versions'),
        ('reviews', '0003_capture_rows'),
        ('reviews', '0004_row_security'),
        ('reviews', '0005_second_person'),
    ]

    initial = True

    dependencies = [
        ('agencies', '0001_tables'),
        ('agencies', '__first__'),
        ('incidents', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='FailureCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, unique=True, verbose_name='code')),
                ('label_en', models.CharField(max_length=120, verbose_name='label')),
                ('label_ur', models.CharField(blank=True, max_length=120, verbose_name='label in Urdu')),
                ('definition', models.TextField(blank=True, verbose_name='meaning')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('crosswalk', models.JSONField(blank=True, default=dict)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='reviews.failurecategory')),
            ],
            options={
                'verbose_name': 'failure category',
                'verbose_name_plural': 'failure categories',
                'constraints': [models.CheckConstraint(condition=models.Q(('label_en', ''), _negated=True), name='failure_category_has_label')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reliability', models.CharField(blank=True, choices=[('A', 'A: completely reliable'), ('B', 'B: usually reliable'), ('C', 'C: fairly reliable'), ('D', 'D: not usually reliable'), ('E', 'E: unreliable'), ('F', 'F: cannot be judged')], default='', max_length=1, verbose_name='source')),
                ('credibility', models.CharField(blank=True, choices=[('1', '1: confirmed by other sources'), ('2', '2: probably true'), ('3', '3: possibly true'), ('4', '4: doubtful'), ('5', '5: improbable'), ('6', '6: cannot be judged')], default='', max_length=1, verbose_name='information')),
                ('key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('strength', 'Strength'), ('failure', 'Failure'), ('afi', 'Area for improvement'), ('notable', 'Notable practice'), ('gap', 'Information gap'), ('near_miss', 'Near miss or foiled')], max_length=9, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='finding, in one sentence')),
                ('phase', models.CharField(choices=[('BEFORE', 'Before'), ('DURING', 'During'), ('AFTER', 'After')], default='BEFORE', max_length=6, verbose_name='phase')),
                ('expected', models.TextField(blank=True, verbose_name='what was expected')),
                ('happened', models.TextField(blank=True, verbose_name='what happened')),
                ('evidence', models.TextField(blank=True, verbose_name='what shows it')),
                ('counterfactual', models.CharField(choices=[('YES', 'Yes'), ('PROBABLY', 'Probably'), ('NO', 'No'), ('UNKNOWN', 'Not known')], default='UNKNOWN', max_length=8, verbose_name='had this held, would harm have been less?')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='reviews.failurecategory', verbose_name='category')),
                ('edited_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RecommendationCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, unique=True, verbose_name='code')),
                ('label_en', models.CharField(max_length=120, verbose_name='label')),
                ('label_ur', models.CharField(blank=True, max_length=120, verbose_name='label in Urdu')),
                ('definition', models.TextField(blank=True, verbose_name='meaning')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('crosswalk', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'verbose_name': 'recommendation category',
                'verbose_name_plural': 'recommendation categories',
                'constraints': [models.CheckConstraint(condition=models.Q(('label_en', ''), _negated=True), name='recommendation_category_has_label')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tlp', models.CharField(choices=[('CLEAR', 'TLP:CLEAR'), ('GREEN', 'TLP:GREEN'), ('AMBER', 'TLP:AMBER'), ('AMBER_STRICT', 'TLP:AMBER+STRICT'), ('RED', 'TLP:RED')], default='AMBER', max_length=12, verbose_name='TLP')),
                ('classification', models.CharField(choices=[('UNMARKED', 'UNMARKED'), ('RESTRICTED', 'RESTRICTED'), ('CONFIDENTIAL', 'CONFIDENTIAL'), ('SECRET', 'SECRET'), ('TOP_SECRET', 'TOP SECRET')], default='RESTRICTED', max_length=12, verbose_name='classification')),
                ('caveats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ORCON', 'Originator controlled'), ('EYES', 'Eyes only'), ('LIMDIS', 'Limited distribution'), ('SUBJUDICE', 'Sub judice'), ('SOURCE', 'Source protection')], max_length=12), blank=True, default=list, size=None, verbose_name='caveats')),
                ('is_example', models.BooleanField(default=False)),
                ('reference', models.CharField(max_length=50, unique=True, verbose_name='reference')),
                ('tier', models.CharField(choices=[('T1', 'T1 hot debrief'), ('T2', 'T2 standard review'), ('T3', 'T3 major incident review')], max_length=2, verbose_name='tier')),
                ('state', models.CharField(choices=[('DRAFT', 'Draft'), ('SUBMITTED', 'Submitted'), ('RETURNED', 'Returned'), ('APPROVED', 'Approved'), ('PUBLISHED', 'Published'), ('AMENDED', 'Amended')], default='DRAFT', max_length=9, verbose_name='state')),
                ('scope', models.TextField(blank=True, verbose_name='scope')),
                ('participants', models.TextField(blank=True, verbose_name='who took part')),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('deferred_until', models.DateField(blank=True, null=True, verbose_name='deferred until')),
                ('deferred_reason', models.TextField(blank=True, verbose_name='reason for deferring')),
                ('lock_version', models.PositiveIntegerField(default=1)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.agency', verbose_name='owner agency')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews_approved', to=settings.AUTH_USER_MODEL)),
                ('deferred_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews_deferred', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='incidents.incident', verbose_name='incident')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews_led', to=settings.AUTH_USER_MODEL, verbose_name='lead')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews_published', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['-opened_at', '-id'], name='review_list'), models.Index(fields=['agency', 'state', 'due_at'], name='review_of_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(('tlp__in', ['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'])), name='review_tlp_is_known'), models.CheckConstraint(condition=models.Q(('classification__in', ['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'])), name='review_classification_is_known'), models.CheckConstraint(condition=models.Q(('caveats__contained_by', ['ORCON', 'EYES', 'LIMDIS', 'SUBJUDICE', 'SOURCE'])), name='review_caveats_are_known'), models.CheckConstraint(condition=models.Q(models.Q(('tlp', 'CLEAR'), _negated=True), ('classification', 'UNMARKED'), _connector='OR'), name='review_clear_is_unmarked', violation_error_message='TLP:CLEAR is public; a classified record cannot be.'), models.UniqueConstraint(fields=('incident', 'agency'), name='review_one_an_agency'), models.CheckConstraint(condition=models.Q(('state__in', ['DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'PUBLISHED', 'AMENDED']), ('tier__in', ['T1', 'T2', 'T3'])), name='review_codes_are_known'), models.CheckConstraint(condition=models.Q(('state__in', ['DRAFT']), ('submitted_at__isnull', False), _connector='OR'), name='review_submitted_has_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='review_approved_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['APPROVED', 'PUBLISHED', 'AMENDED']), _negated=True), ('approved_at__isnull', False), _connector='OR'), name='review_approval_is_recorded'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_by', None)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='review_published_by_somebody'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('lead')), _negated=True), _connector='OR'), name='review_approver_is_not_the_lead', violation_error_message='The lead of a review cannot approve it.'), models.CheckConstraint(condition=models.Q(('published_by', None), models.Q(('published_by', models.F('lead')), _negated=True), _connector='OR'), name='review_publisher_is_not_the_lead', violation_error_message='The lead of a review cannot publish it.'), models.CheckConstraint(condition=models.Q(models.Q(('deferred_by', None), ('deferred_reason', ''), ('deferred_until', None)), models.Q(('deferred_by__isnull', False), ('deferred_until__isnull', False), models.Q(('deferred_reason', ''), _negated=True)), _connector='OR'), name='review_deferred_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('number', models.PositiveIntegerField()),
                ('reference', models.CharField(max_length=60, unique=True)),
                ('text', models.TextField(verbose_name='what is to be done')),
                ('owner_post', models.CharField(max_length=120, verbose_name='owner: one post')),
                ('due_date', models.DateField(verbose_name='due')),
                ('closure_criterion', models.TextField(blank=True, verbose_name='closed when')),
                ('status', models.CharField(choices=[('OAR', 'Open: await response'), ('ORR', 'Open: response received'), ('OAA', 'Open: acceptable response'), ('OAAR', 'Open: acceptable alternate response'), ('OUA', 'Open: unacceptable response'), ('CEX', 'Closed: exceeds recommended action'), ('CAA', 'Closed: acceptable action'), ('CAAA', 'Closed: acceptable alternate action'), ('CUA', 'Closed: unacceptable action'), ('CUAN', 'Closed: unacceptable, no response'), ('CR', 'Closed: reconsidered'), ('CNLA', 'Closed: no longer applicable'), ('CS', 'Closed: superseded')], default='OAR', max_length=4, verbose_name='status')),
                ('edited_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('findings', models.ManyToManyField(blank=True, related_name='recommendations', to='reviews.finding', verbose_name='answers finding')),
                ('owner_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations_owned', to='agencies.agency', verbose_name="owner's agency")),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='reviews.recommendationcategory', verbose_name='category')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recommendations', to='reviews.review')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('edited_at', None), ('edited_by', None)), models.Q(('edited_at__isnull', False), ('edited_by__isnull', False)), _connector='OR'), name='recommendation_edited_by_somebody'), models.UniqueConstraint(fields=('review', 'number'), name='recommendation_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('owner_post', ''), _negated=True)), name='recommendation_has_one_owner')],
            },
        ),
        migrations.CreateModel(
            name='PlannedMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('text', models.CharField(max_length=300, verbose_name='measure')),
                ('laid_down_in', models.CharField(blank=True, max_length=200, verbose_name='plan, order or standard')),
                ('in_place', models.CharField(choices=[('YES', 'In place'), ('PARTLY', 'Partly'), ('NO', 'Not in place'), ('UNKNOWN', 'Not known')], default='UNKNOWN', max_length=7, verbose_name='was it in place?')),
                ('rating', models.CharField(blank=True, choices=[('P', 'P: performed without challenges'), ('S', 'S: performed with some challenges'), ('M', 'M: performed with major challenges'), ('U', 'U: unable to be performed')], default='', max_length=1, verbose_name='how it worked')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('position', models.PositiveIntegerField(default=0)),
                ('edited_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='reviews.review')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('edited_at', None), ('edited_by', None)), models.Q(('edited_at__isnull', False), ('edited_by__isnull', False)), _connector='OR'), name='plannedmeasure_edited_by_somebody'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='measure_says_what')],
            },
        ),
        migrations.CreateModel(
            name='NetworkRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('planner', 'Planner'), ('financier', 'Financier'), ('ied_maker', 'IED maker'), ('transporter', 'Transporter'), ('handler', 'Handler'), ('facilitator', 'Local facilitator'), ('recruiter', 'Recruiter'), ('attacker', 'Attacker'), ('recce', 'Reconnaissance'), ('commander', 'Group commander or approver'), ('insider', 'Insider'), ('propagandist', 'Propagandist or claimant'), ('supplier', 'Supplier of arms or precursors'), ('harbourer', 'Harbourer after the act')], max_length=12, verbose_name='role')),
                ('status', models.CharField(choices=[('unidentified', 'Unidentified'), ('suspected', 'Suspected'), ('identified', 'Identified'), ('at_large', 'At large'), ('arrested', 'Arrested'), ('charged', 'Challaned'), ('convicted', 'Convicted'), ('acquitted', 'Acquitted'), ('killed_op', 'Killed in operation'), ('died_attack', 'Died in the attack'), ('not_applicable', 'Not applicable')], default='unidentified', max_length=14, verbose_name='status')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('edited_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='network_roles', to='reviews.review')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('edited_at', None), ('edited_by', None)), models.Q(('edited_at__isnull', False), ('edited_by__isnull', False)), _connector='OR'), name='networkrole_edited_by_somebody'), models.UniqueConstraint(fields=('review', 'kind'), name='network_role_once_a_review')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('LEAD', 'Lead'), ('FACILITATOR', 'Facilitator'), ('RECORDER', 'Recorder'), ('MEMBER', 'Member')], max_length=11, verbose_name='role')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='reviews.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'user'), name='member_once_a_review')],
            },
        ),
        migrations.AddField(
            model_name='finding',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='reviews.review'),
        ),
        migrations.CreateModel(
            name='Dissent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('fact', 'Disputes a fact'), ('cause', 'Disputes a cause'), ('attribution', 'Disputes an attribution'), ('recommendation', 'Disputes a recommendation'), ('classification', 'Disputes the marking'), ('concur_comment', 'Agrees, with comment')], max_length=14, verbose_name='what it disputes')),
                ('about', models.CharField(blank=True, max_length=120, verbose_name='which passage')),
                ('text', models.TextField(verbose_name='in your words')),
                ('at', models.DateTimeField()),
                ('key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissents', to='agencies.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissents', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissents', to='reviews.review')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='dissent_says_what')],
            },
        ),
        migrations.CreateModel(
            name='ReviewShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shared_at', models.DateTimeField()),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='reviews.review')),
                ('shared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.agency')),
                ('to_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.sharinggroup')),
                ('to_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('to_agency__isnull', False), ('to_group', None), ('to_person', None)), models.Q(('to_agency', None), ('to_group__isnull', False), ('to_person', None)), models.Q(('to_agency', None), ('to_group', None), ('to_person__isnull', False)), _connector='OR'), name='reviewshare_names_one_recipient'), models.UniqueConstraint(fields=('record', 'to_agency', 'to_group', 'to_person'), name='review_shared_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='ReviewVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('frozen_at', models.DateTimeField()),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reviews.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'number'), name='version_number_once'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='version_hash_is_sha256')],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.CharField(choices=[('A', 'Header'), ('B', 'What was supposed to happen'), ('C', 'Adversary and network roles'), ('D', 'What happened'), ('E', 'Why'), ('F', 'What next'), ('G', 'Victims and families'), ('H', 'Justice'), ('I', 'Comments and dissent'), ('J', 'Sign-off and release')], max_length=1)),
                ('text', models.TextField(blank=True, verbose_name='in words')),
                ('state', models.CharField(choices=[('NOT_STARTED', 'Not started'), ('IN_PROGRESS', 'In progress'), ('COMPLETE', 'Complete')], default='NOT_STARTED', max_length=11)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='reviews.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'letter'), name='section_once_a_review'), models.CheckConstraint(condition=models.Q(models.Q(('edited_at', None), ('edited_by', None)), models.Q(('edited_at__isnull', False), ('edited_by__isnull', False)), _connector='OR'), name='section_edited_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(choices=[('SUBMITTED', 'Submitted'), ('RETURNED', 'Returned with comments'), ('APPROVED', 'Approved'), ('PUBLISHED', 'Published')], max_length=9)),
                ('comment', models.TextField(blank=True, verbose_name='comments')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signoffs', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signoffs', to='reviews.review')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deed', 'RETURNED'), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='return_says_why', violation_error_message='Say what is to be put right.')],
            },
        ),
        migrations.CreateModel(
            name='TimelineEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on_date', models.DateField(blank=True, null=True, verbose_name='date')),
                ('until_date', models.DateField(blank=True, null=True, verbose_name='until')),
                ('at_time', models.TimeField(blank=True, null=True, verbose_name='time')),
                ('until_time', models.TimeField(blank=True, null=True, verbose_name='until')),
                ('precision', models.CharField(choices=[('MINUTE', 'to the minute'), ('ABOUT', 'about that time'), ('DAY', 'the day, time not known'), ('MONTH', 'the month, day not known'), ('RANGE', 'between two days'), ('UNKNOWN', 'not known')], default='DAY', max_length=8, verbose_name='precise to')),
                ('reliability', models.CharField(blank=True, choices=[('A', 'A: completely reliable'), ('B', 'B: usually reliable'), ('C', 'C: fairly reliable'), ('D', 'D: not usually reliable'), ('E', 'E: unreliable'), ('F', 'F: cannot be judged')], default='', max_length=1, verbose_name='source')),
                ('credibility', models.CharField(blank=True, choices=[('1', '1: confirmed by other sources'), ('2', '2: probably true'), ('3', '3: possibly true'), ('4', '4: doubtful'), ('5', '5: improbable'), ('6', '6: cannot be judged')], default='', max_length=1, verbose_name='information')),
                ('key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('phase', models.CharField(choices=[('BEFORE', 'Before'), ('DURING', 'During'), ('AFTER', 'After')], default='DURING', max_length=6, verbose_name='phase')),
                ('kind', models.CharField(choices=[('SIGNAL', 'Signal'), ('WARNING', 'Warning'), ('DECISION', 'Decision'), ('ACTION', 'Action'), ('COMMUNICATION', 'Communication'), ('EFFECT', 'Effect')], default='ACTION', max_length=13, verbose_name='kind')),
                ('acting', models.CharField(blank=True, max_length=120, verbose_name='agency that acted')),
                ('told', models.CharField(blank=True, max_length=120, verbose_name='agency that was told')),
                ('text', models.TextField(verbose_name='what happened, one deed')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('position', models.PositiveIntegerField(default=0)),
                ('edited_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='timeline', to='reviews.review')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('edited_at', None), ('edited_by', None)), models.Q(('edited_at__isnull', False), ('edited_by__isnull', False)), _connector='OR'), name='timelineentry_edited_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('at_time__isnull', False), ('on_date__isnull', False), ('precision__in', ('MINUTE', 'ABOUT'))), models.Q(models.Q(('precision__in', ('MINUTE', 'ABOUT')), _negated=True), ('at_time', None), ('until_time', None)), _connector='OR'), name='timelineentry_time_only_where_known', violation_error_message='Give a time only where it is known.'), models.CheckConstraint(condition=models.Q(('precision', 'UNKNOWN'), ('on_date__isnull', False), _connector='OR'), name='timelineentry_day_unless_unknown', violation_error_message='Give the day, or say that it is not known.'), models.CheckConstraint(condition=models.Q(models.Q(('precision', 'RANGE'), ('until_date__gte', models.F('on_date'))), models.Q(models.Q(('precision', 'RANGE'), _negated=True), ('until_date', None)), _connector='OR'), name='timelineentry_range_runs_forward', violation_error_message='The last day is before the first.'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='entry_says_what')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reliability', models.CharField(blank=True, choices=[('A', 'A: completely reliable'), ('B', 'B: usually reliable'), ('C', 'C: fairly reliable'), ('D', 'D: not usually reliable'), ('E', 'E: unreliable'), ('F', 'F: cannot be judged')], default='', max_length=1, verbose_name='source')),
                ('credibility', models.CharField(blank=True, choices=[('1', '1: confirmed by other sources'), ('2', '2: probably true'), ('3', '3: possibly true'), ('4', '4: doubtful'), ('5', '5: improbable'), ('6', '6: cannot be judged')], default='', max_length=1, verbose_name='information')),
                ('key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('by', models.CharField(max_length=120, verbose_name='account of')),
                ('said', models.TextField(verbose_name='what they say')),
                ('at_time', models.TimeField(blank=True, null=True, verbose_name='time they give')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('position', models.PositiveIntegerField(default=0)),
                ('edited_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accounts', to='reviews.timelineentry')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('edited_at', None), ('edited_by', None)), models.Q(('edited_at__isnull', False), ('edited_by__isnull', False)), _connector='OR'), name='account_edited_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('by', ''), _negated=True), models.Q(('said', ''), _negated=True)), name='account_says_who_what')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e86a58beb2a059c16c328e9bacb1537a63dd454e', operation='DELETE', pgid='pgtrigger_never_deleted_120af', table='reviews_review', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='state_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{DRAFT:SUBMITTED,SUBMITTED:RETURNED,RETURNED:SUBMITTED,SUBMITTED:APPROVED,APPROVED:PUBLISHED,PUBLISHED:AMENDED}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='501fbe4ea4806f611831727748f078fd82513199', operation='UPDATE', pgid='pgtrigger_state_moves_ebcbf', table='reviews_review', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='signed_by_another', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NEW.approved_by_id IS NOT DISTINCT FROM OLD.approved_by_id\n        AND NEW.published_by_id IS NOT DISTINCT FROM OLD.published_by_id THEN\n        RETURN NEW;\n    END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF EXISTS (\n        SELECT 1 FROM reviews_member m WHERE m.review_id = NEW.id\n            AND m.user_id IN (NEW.approved_by_id, NEW.published_by_id)\n    ) THEN\n        RAISE EXCEPTION 'review % is not signed by who wrote it', NEW.reference\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_signed_by_a_second_person';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='ffef58bf1ef0b7dbba11ea3727b8ce26e9b2e1fd', operation='INSERT OR UPDATE', pgid='pgtrigger_signed_by_another_0dc1a', table='reviews_review', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='never_wider', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."caveats" IS DISTINCT FROM (NEW."caveats") OR OLD."classification" IS DISTINCT FROM (NEW."classification") OR OLD."tlp" IS DISTINCT FROM (NEW."tlp"))', declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NOT (array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], NEW.tlp::text) < array_position(ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'], OLD.tlp::text) OR array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], NEW.classification::text) < array_position(ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'], OLD.classification::text) OR NOT OLD.caveats <@ NEW.caveats) THEN\n        RETURN NEW;\n    END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF NOT (false) THEN\n        RAISE EXCEPTION '% is marked lower without a second person', NEW.reference\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'widened_by_two_people';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='864b5ba31379363c46e2ab60601679514f66dc28', operation='UPDATE', pgid='pgtrigger_never_wider_ec60e', table='reviews_review', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='member',
            trigger=pgtrigger.compiler.Trigger(name='writers_do_not_sign', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF EXISTS (\n        SELECT 1 FROM reviews_review r WHERE r.id = NEW.review_id\n            AND NEW.user_id IN (r.approved_by_id, r.published_by_id)\n    ) THEN\n        RAISE EXCEPTION 'who signed review % does not join its team', NEW.review_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_signed_by_a_second_person';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='4a40994a5c7e36e7e5937b1bd34f544e009e8429', operation='INSERT OR UPDATE', pgid='pgtrigger_writers_do_not_sign_94e94', table='reviews_member', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edited_at', None), ('edited_by', None)), models.Q(('edited_at__isnull', False), ('edited_by__isnull', False)), _connector='OR'), name='finding_edited_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('review', 'number'), name='finding_number_once'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='finding_says_what'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dissent',
            trigger=pgtrigger.compiler.Trigger(name='kept_as_written', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fe355f1ff3d303282361ff4dab4373c11d2a92ec', operation='UPDATE OR DELETE', pgid='pgtrigger_kept_as_written_e7dd9', table='reviews_dissent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewversion',
            trigger=pgtrigger.compiler.Trigger(name='kept_as_written', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='660b5e27f7627c87948dcaa8f9afe71c38ab58ca', operation='UPDATE OR DELETE', pgid='pgtrigger_kept_as_written_d819d', table='reviews_reviewversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signoff',
            trigger=pgtrigger.compiler.Trigger(name='kept_as_written', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bcd14bd924cc005a0c99f5d233b85d85fde3b86b', operation='UPDATE OR DELETE', pgid='pgtrigger_kept_as_written_84f16', table='reviews_signoff', when='BEFORE')),
        ),
    ]
