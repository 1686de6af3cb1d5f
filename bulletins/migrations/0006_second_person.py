"""What goes out has a second person: issued and released by another than who wrote it.

Bulletins that one person issued before stay as they are; what is issued from now on is held to it.
The agency's commander may be that second person, and so reads its drafts.
"""

import django.contrib.postgres.operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

GUARD = """
ALTER FUNCTION pgtrigger_sent_by_another_4ba0c() SECURITY DEFINER;
CALL aar_unguard('bulletins_bulletin');
CALL aar_guard_record('bulletins_bulletin', 'bulletins_release', 'bulletin_id',
    alive => 's.recalled_at IS NULL', only_if => $$ state = 'ISSUED' $$,
    also => $$ (SELECT aar_role()) IN (EDITORS)
        AND agency_id = (SELECT aar_agency())
        AND classification::text = ANY ((SELECT aar_cleared())::text[])
        AND (tlp <> 'RED' OR composed_by_id = (SELECT aar_person())
            OR EXISTS (SELECT 1 FROM bulletins_release s WHERE s.recalled_at IS NULL
                AND s.bulletin_id = bulletins_bulletin.id
                AND s.to_person_id = (SELECT aar_person()))) $$);
"""
AFTER = GUARD.replace("EDITORS", "'COMMANDER', 'RELEASE_OFFICER', 'AGENCY_ADMIN'")
BEFORE = GUARD.split(";\n", 1)[1].replace("EDITORS", "'RELEASE_OFFICER', 'AGENCY_ADMIN'")


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_capture_rows"),
        ("bulletins", "0005_row_security"),
        ("lessons", "0004_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='bulletin',
            name='changed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='changed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bulletins_changed', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='sent_by_another', sql=pgtrigger.compiler.UpsertTriggerSql(declare="DECLARE was text := coalesce(current_setting('aar.inside', true), '');", func="\n    IF NEW.shared_by_id IS NOT DISTINCT FROM OLD.shared_by_id\n        AND NEW.bulletin_id IS NOT DISTINCT FROM OLD.bulletin_id THEN\n        RETURN NEW;\n    END IF;\n    PERFORM set_config('aar.inside', 'yes', true);\n    IF EXISTS (\n        SELECT 1 FROM bulletins_bulletin b WHERE b.id = NEW.bulletin_id\n            AND NEW.shared_by_id IN (b.composed_by_id, b.changed_by_id)\n    ) THEN\n        RAISE EXCEPTION 'bulletin % is not released by who wrote it', NEW.bulletin_id\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'release_is_by_a_second_person';\n    END IF;\n    PERFORM set_config('aar.inside', was, true);\n    RETURN NEW;\n", hash='a57df379b91a31691c8b17d1c76bbeef8dc30263', operation='INSERT OR UPDATE', pgid='pgtrigger_sent_by_another_4ba0c', table='bulletins_release', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('changed_at', None), ('changed_by', None)), models.Q(('changed_at__isnull', False), ('changed_by__isnull', False)), _connector='OR'), name='bulletin_changed_by_somebody'),
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('issued_by', None), models.Q(models.Q(('issued_by', models.F('composed_by')), _negated=True), models.Q(('changed_by', None), models.Q(('issued_by', models.F('changed_by')), _negated=True), _connector='OR')), _connector='OR'), name='bulletin_issuer_is_not_its_author', violation_error_message='Who wrote a bulletin does not issue it.'),
        ),
        migrations.RunSQL(AFTER, BEFORE),
    ]
