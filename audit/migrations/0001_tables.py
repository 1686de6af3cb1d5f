"""The tables of this room, with what must be true of their rows."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('audit', '0001_initial'),
        ('audit', '0002_sealed_record'),
        ('audit', '0003_row_capture'),
        ('audit', '0004_more_deeds'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('event_id', models.BigIntegerField(unique=True)),
                ('hash', models.BinaryField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('position__gt', 0)), name='leaf_position_is_counted')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('sealed_at', models.DateTimeField()),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField()),
                ('frontier', models.BinaryField()),
                ('horizon', models.BigIntegerField()),
                ('previous', models.BinaryField()),
                ('key_id', models.CharField(max_length=16)),
                ('signature', models.BinaryField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='seal_number_is_counted'), models.UniqueConstraint(fields=('size',), name='seal_covers_something_new')],
            },
        ),
        migrations.CreateModel(
            name='SealKey',
            fields=[
                ('key_id', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('public', models.BinaryField()),
                ('first_used_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ran_at', models.DateTimeField()),
                ('first_seal', models.BigIntegerField()),
                ('last_seal', models.BigIntegerField()),
                ('events', models.BigIntegerField()),
                ('found', models.BigIntegerField()),
                ('findings', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('verb', models.CharField(choices=[('user.signed_in', 'signed in'), ('user.sign_in_failed', 'failed to sign in'), ('user.signed_out', 'signed out'), ('user.created', 'created a user'), ('user.changed', 'changed a user'), ('user.closed', 'closed an account'), ('user.reopened', 'reopened an account'), ('password_link.made', 'made a link to set a password'), ('password.set', 'set a password'), ('posting.given', 'gave a post'), ('posting.changed', 'changed a post'), ('posting.ended', 'ended a post'), ('posting.taken', 'acted in another post'), ('group.made', 'made a sharing group'), ('group.renamed', 'renamed a sharing group'), ('group.joined', 'added an agency to a sharing group'), ('group.left', 'took an agency out of a sharing group'), ('reference.changed', 'changed reference data'), ('reference.loaded', 'loaded reference data'), ('incident.recorded', 'recorded an incident'), ('incident.changed', 'changed an incident'), ('incident.shared', 'shared an incident'), ('widening.asked', 'asked to widen a marking'), ('widening.granted', 'granted the widening of a marking'), ('widening.refused', 'refused the widening of a marking'), ('consent.asked', 'asked an originator for its consent'), ('consent.granted', 'agreed as originator'), ('consent.refused', 'refused as originator'), ('casualties.counted', 'added a casualty count'), ('claim.added', 'added a claim or denial'), ('source.added', 'added a source'), ('fact.disputed', 'recorded a disputed fact'), ('fact.settled', 'settled a disputed fact'), ('fact.added', 'added a fact'), ('review.opened', 'opened a review'), ('review.changed', 'changed a review'), ('review.deferred', 'deferred a review'), ('review.submitted', 'submitted a review'), ('review.returned', 'returned a review'), ('review.approved', 'approved a review'), ('review.published', 'published a review'), ('review.shared', 'shared a review'), ('member.added', 'added a member to a review'), ('dissent.attached', 'attached a comment or dissent'), ('lesson.drawn', 'drew a lesson'), ('lesson.changed', 'changed a lesson'), ('lesson.identified', 'identified a lesson'), ('lesson.endorsed', 'endorsed a lesson'), ('lesson.rejected', 'rejected a lesson'), ('lesson.advanced', 'moved a lesson on'), ('lesson.reopened', 'reopened a lesson'), ('lesson.shared', 'shared a lesson'), ('recurrence.recorded', 'recorded a recurrence'), ('bulletin.composed', 'composed a bulletin'), ('bulletin.changed', 'changed a bulletin'), ('bulletin.issued', 'issued a bulletin'), ('bulletin.downloaded', 'downloaded a bulletin'), ('brief.requested', 'asked for a brief'), ('brief.downloaded', 'downloaded a brief'), ('rendering.finished', 'rendered a document'), ('rendering.failed', 'could not render a document'), ('rendering.retried', 'asked for another rendering'), ('release.made', 'released a bulletin'), ('release.recalled', 'recalled a release'), ('receipt.opened', 'opened a bulletin'), ('receipt.acknowledged', 'acknowledged a bulletin'), ('receipt.briefed', 'recorded units briefed'), ('receipt.acted', 'recorded what was done'), ('receipt.declined', 'recorded that nothing was done, and why'), ('row.added', 'row added'), ('row.changed', 'row changed'), ('row.removed', 'row removed'), ('record.read', 'read a record marked RESTRICTED or above'), ('access.refused', 'was refused'), ('sharing.refused', 'was refused: the marking forbids it'), ('audit.exported', 'exported the record of deeds'), ('evidence.added', 'added evidence'), ('evidence.checked', 'checked evidence for viruses'), ('evidence.refused', 'refused evidence that carries a virus'), ('evidence.opened', 'opened a piece of evidence'), ('evidence.handed_over', 'recorded a change of custody'), ('evidence.withdrawn', 'withdrew a piece of evidence'), ('evidence.altered', 'found a stored file altered'), ('evidence.not_drawn', 'could not draw a picture for the screen'), ('evidence.turned_away', 'tried to add a file that is not taken'), ('user.sign_in_held', 'was held back at sign-in'), ('user.factor_failed', 'failed the second factor'), ('user.factor_added', 'set up a second factor'), ('user.factor_removed', 'removed a second factor'), ('user.code_used', 'used a recovery code'), ('user.codes_renewed', 'made new recovery codes'), ('user.proved_again', 'proved again who they are'), ('user.proof_failed', 'failed to prove again who they are'), ('user.password_changed', 'changed a password'), ('user.session_ended', 'ended a session'), ('user.identity_linked', 'linked an outside identity'), ('user.identity_unlinked', 'unlinked an outside identity')], max_length=40, verbose_name='deed')),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_name', models.CharField(blank=True, max_length=200)),
                ('agency_id', models.BigIntegerField(null=True)),
                ('target_type', models.CharField(max_length=60)),
                ('target_id', models.BigIntegerField(null=True)),
                ('target_ref', models.CharField(blank=True, max_length=200)),
                ('target_agency_id', models.BigIntegerField(null=True)),
                ('whole_type', models.CharField(blank=True, db_default='', max_length=60)),
                ('whole_id', models.BigIntegerField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('posting_id', models.BigIntegerField(db_default=models.Func(template="NULLIF(current_setting('aar.posting', true), '')::bigint"), null=True)),
                ('request_id', models.UUIDField(db_default=models.Func(template="NULLIF(current_setting('aar.request', true), '')::uuid"), null=True)),
                ('address', models.CharField(blank=True, db_default=models.Func(template="left(COALESCE(current_setting('aar.address', true), ''), 64)"), max_length=64)),
                ('transaction_id', models.BigIntegerField(db_default=models.Func(template='pg_current_xact_id()::text::bigint'))),
            ],
            options={
                'indexes': [models.Index(fields=['target_type', 'target_id', '-at'], name='event_by_target'), models.Index(fields=['-at', '-id'], name='event_by_time'), models.Index(fields=['target_agency_id', '-at', '-id'], name='event_by_agency'), models.Index(condition=models.Q(('whole_id__isnull', False)), fields=['whole_type', 'whole_id', '-at'], name='event_by_whole'), models.Index(fields=['transaction_id'], name='event_by_transaction'), models.Index(condition=models.Q(('request_id__isnull', False)), fields=['request_id'], name='event_by_request')],
                'constraints': [models.CheckConstraint(condition=models.Q(('verb__in', ['user.signed_in', 'user.sign_in_failed', 'user.signed_out', 'user.created', 'user.changed', 'user.closed', 'user.reopened', 'password_link.made', 'password.set', 'posting.given', 'posting.changed', 'posting.ended', 'posting.taken', 'group.made', 'group.renamed', 'group.joined', 'group.left', 'reference.changed', 'reference.loaded', 'incident.recorded', 'incident.changed', 'incident.shared', 'widening.asked', 'widening.granted', 'widening.refused', 'consent.asked', 'consent.granted', 'consent.refused', 'casualties.counted', 'claim.added', 'source.added', 'fact.disputed', 'fact.settled', 'fact.added', 'review.opened', 'review.changed', 'review.deferred', 'review.submitted', 'review.returned', 'review.approved', 'review.published', 'review.shared', 'member.added', 'dissent.attached', 'lesson.drawn', 'lesson.changed', 'lesson.identified', 'lesson.endorsed', 'lesson.rejected', 'lesson.advanced', 'lesson.reopened', 'lesson.shared', 'recurrence.recorded', 'bulletin.composed', 'bulletin.changed', 'bulletin.issued', 'bulletin.downloaded', 'brief.requested', 'brief.downloaded', 'rendering.finished', 'rendering.failed', 'rendering.retried', 'release.made', 'release.recalled', 'receipt.opened', 'receipt.acknowledged', 'receipt.briefed', 'receipt.acted', 'receipt.declined', 'row.added', 'row.changed', 'row.removed', 'record.read', 'access.refused', 'sharing.refused', 'audit.exported', 'evidence.added', 'evidence.checked', 'evidence.refused', 'evidence.opened', 'evidence.handed_over', 'evidence.withdrawn', 'evidence.altered', 'evidence.not_drawn', 'evidence.turned_away', 'user.sign_in_held', 'user.factor_failed', 'user.factor_added', 'user.factor_removed', 'user.code_used', 'user.codes_renewed', 'user.proved_again', 'user.proof_failed', 'user.password_changed', 'user.session_ended', 'user.identity_linked', 'user.identity_unlinked'])), name='event_verb_is_known')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e1de01de2c9f0df2033cadb85ebc9cff5820c148', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7d947', table='audit_event', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaf',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7dca4c3bc116f5d567cb9e40b3e31738b1013ab6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cb682', table='audit_leaf', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seal',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='425da599b8e4cf7384a383a64e17697a9d08a345', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4de12', table='audit_seal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealkey',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bef89f9a735f0b59d5cc9114b92da3f32788ca9a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6b2eb', table='audit_sealkey', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verification',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bd5942b290b0d52a8b7632ae47802ccdd27e53a0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e2298', table='audit_verification', when='BEFORE')),
        ),
    ]
