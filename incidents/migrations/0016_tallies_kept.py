"""Counts of incidents, kept by the database in the transaction of every write.

Each write adds its difference; nothing is changed in place, so that no two writers wait for each
other. What is withdrawn counts nowhere. `incidents_sum_tallies` sums up what has been added.
"""

from django.db import migrations
from hijridate import Hijri

# The Hijri years that are tabulated, by calculation (Umm al-Qura).
FIRST_YEAR, LAST_YEAR = 1343, 1500
MONTHS = ",\n".join(
    f"('{Hijri(year, month, 1).to_gregorian().isoformat()}', {month})"
    for year in range(FIRST_YEAR, LAST_YEAR + 1)
    for month in range(1, 13)
)
MARKS = "agency_id, tlp, classification, caveats"
# One bar a row of each chart in which an incident stands.
BARS = """
    CROSS JOIN LATERAL (VALUES
        ('district', coalesce(i.district_id, 0)::text),
        ('year', CASE WHEN i.precision IN ('MINUTE', 'ABOUT', 'DAY', 'MONTH')
            OR extract(year FROM i.on_date) = extract(year FROM i.until_date)
            THEN extract(year FROM i.on_date)::text END),
        ('month', CASE WHEN i.precision IN ('MINUTE', 'ABOUT', 'DAY', 'MONTH')
            THEN extract(month FROM i.on_date)::text END),
        ('hijri', CASE WHEN i.precision IN ('MINUTE', 'ABOUT', 'DAY')
            THEN (SELECT h.month::text FROM incidents_hijri h
                WHERE h.starts <= i.on_date ORDER BY h.starts DESC LIMIT 1) END),
        ('weekday', CASE WHEN i.precision IN ('MINUTE', 'ABOUT', 'DAY')
            THEN (extract(isodow FROM i.on_date) - 1)::text END),
        ('hour', CASE WHEN i.precision IN ('MINUTE', 'ABOUT')
            THEN extract(hour FROM i.at_time)::text END),
        ('occasion', nullif(i.occasion, '')),
        ('point', CASE WHEN i.place_precision IN ('EXACT', 'NEAR') AND i.latitude IS NOT NULL
            THEN '1' END)) bars (chart, key)
    WHERE bars.key IS NOT NULL AND i.withdrawn_at IS NULL
"""
ADD = f"INSERT INTO incidents_tally ({MARKS}, chart, key, n)"
MAKE = f"""
-- The first days of Hijri months, by calculation; the end of the table has no month.
CREATE TABLE incidents_hijri (starts date PRIMARY KEY, month smallint);
INSERT INTO incidents_hijri (starts, month) VALUES
{MONTHS},
('{Hijri(LAST_YEAR, 12, 1).to_gregorian().isoformat()}'::date + 30, NULL);

ALTER TABLE incidents_hijri ENABLE ROW LEVEL SECURITY;
ALTER TABLE incidents_hijri FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_alone ON incidents_hijri TO CURRENT_USER USING (true) WITH CHECK (true);

DO $do$ BEGIN
    CALL aar_guard('incidents_tally', aar_marking_rule('incidents_tally', NULL, NULL, 'true'),
        may_add => 'false', may_leave => 'false', may_remove => 'false');
END $do$;
CALL aar_guard_eyes('incidents_tally');

CREATE FUNCTION incidents_keep_tallies() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    IF TG_OP = 'INSERT' THEN
        {ADD} SELECT {MARKS}, chart, key, count(*) FROM rows_written i {BARS}
            GROUP BY {MARKS}, chart, key;
    ELSE
        {ADD} SELECT {MARKS}, chart, key, sum(n) FROM (
            SELECT {MARKS}, chart, key, 1 AS n FROM rows_written i {BARS}
            UNION ALL
            SELECT {MARKS}, chart, key, -1 FROM rows_before i {BARS}) changed
            GROUP BY {MARKS}, chart, key HAVING sum(n) <> 0;
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NULL;
END $$;
CREATE TRIGGER tallies_kept_added AFTER INSERT ON incidents_incident
    REFERENCING NEW TABLE AS rows_written
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_keep_tallies();
CREATE TRIGGER tallies_kept_changed AFTER UPDATE ON incidents_incident
    REFERENCING NEW TABLE AS rows_written OLD TABLE AS rows_before
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_keep_tallies();

-- One row a bar. Whoever reads meanwhile sees all as it was or all as it is.
CREATE FUNCTION incidents_sum_tallies() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('incidents_sum_tallies')) THEN RETURN; END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    WITH added AS (DELETE FROM incidents_tally
        WHERE ({MARKS}, chart, key) IN (SELECT {MARKS}, chart, key FROM incidents_tally
            GROUP BY {MARKS}, chart, key HAVING count(*) > 1 OR sum(n) = 0)
        RETURNING {MARKS}, chart, key, n)
    {ADD} SELECT {MARKS}, chart, key, sum(n) FROM added
        GROUP BY {MARKS}, chart, key HAVING sum(n) <> 0;
    PERFORM set_config('aar.inside', was, true);
END $$;

-- All counts from the incidents themselves: after what no trigger saw (TRUNCATE, a restored dump).
CREATE FUNCTION incidents_count_anew() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    LOCK TABLE incidents_incident IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM incidents_tally;
    {ADD} SELECT {MARKS}, chart, key, count(*) FROM incidents_incident i {BARS}
        GROUP BY {MARKS}, chart, key;
    PERFORM set_config('aar.inside', was, true);
END $$;
REVOKE ALL ON FUNCTION incidents_count_anew() FROM PUBLIC;
SELECT incidents_count_anew();
ANALYZE incidents_tally;
"""
DROP = """
DROP FUNCTION incidents_count_anew();
DROP FUNCTION incidents_sum_tallies();
DROP TRIGGER tallies_kept_changed ON incidents_incident;
DROP TRIGGER tallies_kept_added ON incidents_incident;
DROP FUNCTION incidents_keep_tallies();
DROP POLICY eyes_only ON incidents_tally;
CALL aar_unguard('incidents_tally');
DROP TABLE incidents_hijri;
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0015_tallies")]

    operations = [migrations.RunSQL(MAKE, DROP)]
