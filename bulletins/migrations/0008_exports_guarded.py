"""Exports: seen by whoever asked, in the post in which they asked; the machine finds what is owed."""

from django.db import migrations

GUARD = """
CALL aar_guard('bulletins_export',
    $$ (SELECT aar_reader()) = 'machine' OR ((SELECT aar_reader()) = 'person'
        AND agency_id = (SELECT aar_agency()) AND asked_by_id = (SELECT aar_person())
        AND (classification = '' OR classification::text = ANY ((SELECT aar_cleared())::text[]))) $$,
    may_add => $$ agency_id = (SELECT aar_agency()) AND asked_by_id = (SELECT aar_person()) $$,
    may_remove => 'false');
CALL aar_guard_part('bulletins_exportitem', 'bulletins_export', 'export_id');
SELECT public.audit_capture_rows('bulletins_export', 'bulletins.export');
"""
FREE = """
CALL aar_unguard('bulletins_exportitem');
CALL aar_unguard('bulletins_export');
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0007_exports")]

    operations = [migrations.RunSQL(GUARD, FREE)]
