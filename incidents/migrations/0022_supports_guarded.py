"""Evidence attached to facts: seen with the piece, written by its agency's people who see it."""

from django.db import migrations

GUARD = """
CALL aar_guard_part('incidents_support', 'incidents_evidence', 'evidence_id',
    '(SELECT w.agency_id = (SELECT aar_agency()) FROM incidents_evidence w
        WHERE w.id = incidents_support.evidence_id)');
-- A part of the piece and not of the incident: who reads the one may not see the other.
SELECT public.audit_capture_rows('incidents_support', 'incidents.support', 'incidents.evidence',
    '{evidence_id,incidents_evidence}');
"""
FREE = "CALL aar_unguard('incidents_support');"


class Migration(migrations.Migration):
    dependencies = [("incidents", "0021_supports")]

    operations = [migrations.RunSQL(GUARD, FREE)]
