"""EYES for row-level security: such a record is for its owner and whom it names, whatever its TLP.

A restrictive policy beside the others: it opens nothing, it only narrows.
"""

from django.db import migrations

MAKE = """
CREATE PROCEDURE aar_guard_eyes(guarded text, shares text DEFAULT NULL, key text DEFAULT NULL,
    alive text DEFAULT 'true', also text DEFAULT 'false') LANGUAGE plpgsql AS $p$
BEGIN
    EXECUTE format($$CREATE POLICY eyes_only ON %1$I AS RESTRICTIVE FOR SELECT USING (
        (SELECT aar_inside()) OR NOT ('EYES' = ANY (caveats)) OR %3$s
        OR ((SELECT aar_reader()) = 'person' AND (agency_id = (SELECT aar_agency()) OR %2$s)))$$,
        guarded,
        CASE WHEN shares IS NULL THEN 'false' ELSE format(
            $$EXISTS (SELECT 1 FROM %1$I s WHERE s.%2$I = %3$I.id AND %4$s
                AND (s.to_agency_id = (SELECT aar_agency())
                    OR s.to_person_id = (SELECT aar_person())
                    OR s.to_group_id = ANY ((SELECT aar_groups())::bigint[])))$$,
            shares, key, guarded, alive) END,
        also);
END $p$;
"""
DROP = "DROP PROCEDURE aar_guard_eyes(text, text, text, text, text);"


class Migration(migrations.Migration):
    dependencies = [("agencies", "0009_the_door")]

    operations = [migrations.RunSQL(MAKE, DROP)]
