"""Each event of the record says in which posting the person acted."""

from django.db import migrations

MAKE = """
CREATE OR REPLACE FUNCTION aar_act_as(reader bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    levels constant text[] := ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'];
    person record;
    kind text;
BEGIN
    SELECT u.id, u.agency_id, u.role, u.clearance, u.posting_id INTO person
        FROM public.agencies_user u WHERE u.id = reader AND u.is_active;
    kind := CASE
        WHEN person.role = 'SYSTEM_ADMIN' THEN 'blind'
        WHEN person.id IS NOT NULL THEN 'person'
        WHEN reader = -2 THEN 'machine'
        WHEN reader = 0 THEN ''
        ELSE 'anyone' END;
    PERFORM set_config('aar.reader', kind, true),
        set_config('aar.person', coalesce(person.id::text, ''), true),
        set_config('aar.posting', coalesce(person.posting_id::text, ''), true),
        set_config('aar.agency', coalesce(person.agency_id::text, ''), true),
        set_config('aar.role', coalesce(person.role, ''), true),
        set_config('aar.cleared', coalesce(array_to_string(
            levels[1:array_position(levels, person.clearance::text)], ','), ''), true);
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION aar_act_as(reader bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    levels constant text[] := ARRAY['UNMARKED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'];
    person record;
    kind text;
BEGIN
    SELECT u.id, u.agency_id, u.role, u.clearance INTO person
        FROM public.agencies_user u WHERE u.id = reader AND u.is_active;
    kind := CASE
        WHEN person.role = 'SYSTEM_ADMIN' THEN 'blind'
        WHEN person.id IS NOT NULL THEN 'person'
        WHEN reader = -2 THEN 'machine'
        WHEN reader = 0 THEN ''
        ELSE 'anyone' END;
    PERFORM set_config('aar.reader', kind, true),
        set_config('aar.person', coalesce(person.id::text, ''), true),
        set_config('aar.agency', coalesce(person.agency_id::text, ''), true),
        set_config('aar.role', coalesce(person.role, ''), true),
        set_config('aar.cleared', coalesce(array_to_string(
            levels[1:array_position(levels, person.clearance::text)], ','), ''), true);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0010_eyes_only")]

    operations = [migrations.RunSQL(MAKE, BEFORE)]
