"""Incidents marked EYES are for their owner and whom they name."""

from django.db import migrations

MAKE = """
CALL aar_guard_eyes('incidents_incident', 'incidents_incidentshare', 'record_id');
"""
DROP = """
DROP POLICY eyes_only ON incidents_incident;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0005_eyes_only"), ("incidents", "0004_widening")]

    operations = [migrations.RunSQL(MAKE, DROP)]
