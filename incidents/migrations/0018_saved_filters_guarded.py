"""Saved filters: seen and written by the person whose they are; what they say is not on the record."""

from django.db import migrations

GUARD = """
CALL aar_guard('incidents_savedfilter', 'person_id = (SELECT aar_person())');
SELECT public.audit_capture_rows('incidents_savedfilter', 'incidents.savedfilter',
    hidden => '{name,query}');
"""
FREE = "CALL aar_unguard('incidents_savedfilter');"


class Migration(migrations.Migration):
    dependencies = [("incidents", "0017_saved_filters")]

    operations = [migrations.RunSQL(GUARD, FREE)]
