"""The words of incidents beside the incidents, where an index over them can be used.

Under row-level security PostgreSQL uses no index for words: their operators are not leakproof. This
table holds lexemes and belongs to the owner alone, whose policy is plainly true and so no hindrance
to the index. The product reaches it through `incidents_found` only, which gives numbers of
incidents that whoever asks may see; both locks then ask again of the incidents themselves.

Kinds of lexeme: a word as it is written and as it sounds; the same of the group named (`%ttp`); a
fact that is filtered by (`=k3`, `=y2023`, `@12` for an area); a reader (`!a5`).
"""

from django.db import migrations, models
from django.db.models.functions import Greatest

MAKE = """
CREATE TABLE incidents_words (
    incident_id bigint PRIMARY KEY REFERENCES incidents_incident (id) ON DELETE CASCADE,
    sort_date date NOT NULL,
    last_date date NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX incidents_words_words ON incidents_words USING gin (words);
CREATE INDEX incidents_words_register ON incidents_words (sort_date DESC, incident_id DESC);
ALTER TABLE incidents_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE incidents_words FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_alone ON incidents_words TO CURRENT_USER USING (true) WITH CHECK (true);

-- Every name of these areas and of those that they lie in.
CREATE FUNCTION incidents_area_lexemes(areas bigint[]) RETURNS TABLE (area bigint, lexemes text[])
    LANGUAGE sql STABLE AS $$
    WITH RECURSIVE ladder AS (
        SELECT a.id AS area, a.id, a.parent_id, a.province_id FROM places_area a
            WHERE a.id = ANY (areas)
        UNION
        SELECT l.area, a.id, a.parent_id, a.province_id FROM ladder l
            JOIN places_area a ON a.id IN (l.parent_id, l.province_id))
    SELECT l.area, aar_lexemes(string_agg(names.name, ' ')) || array_agg(DISTINCT '@' || l.id)
    FROM ladder l, LATERAL (
        SELECT concat_ws(' ', a.name, a.name_ur) AS name FROM places_area a WHERE a.id = l.id
        UNION ALL SELECT s.alias FROM places_areaalias s WHERE s.area_id = l.id) names
    GROUP BY l.area
$$;
-- Write the words of these incidents anew; what is withdrawn has none.
CREATE FUNCTION incidents_keep_words(numbers bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    DELETE FROM incidents_words w USING incidents_incident i
        WHERE i.id = w.incident_id AND i.id = ANY (numbers) AND i.withdrawn_at IS NOT NULL;
    INSERT INTO incidents_words (incident_id, sort_date, last_date, words)
    SELECT i.id, i.sort_date, coalesce(i.until_date, i.sort_date), array_to_tsvector(
        aar_lexemes(concat_ws(' ', i.reference, i.title, i.title_ur, i.place_text,
            i.police_station, i.target_text, i.group_named, i.summary))
        || CASE WHEN i.group_named <> '' THEN aar_lexemes(i.group_named, '%') ELSE '{}' END
        || coalesce(named.lexemes, '{}')
        || ARRAY['=k' || i.attack_type, '=t' || i.target_type, '=s' || i.suicide,
            '=y' || extract(year FROM i.sort_date), '=l' || i.tlp, '=c' || i.classification,
            '!a' || i.agency_id]
        || CASE WHEN i.occasion <> '' THEN ARRAY['=o' || i.occasion] ELSE '{}' END
        || CASE WHEN i.until_date > i.sort_date THEN ARRAY['=r'] ELSE '{}' END
        || CASE WHEN 'EYES' = ANY (i.caveats) THEN ARRAY['=eyes'] ELSE '{}' END
        || coalesce(shown.readers, '{}'))
    FROM incidents_incident i
    LEFT JOIN incidents_area_lexemes(ARRAY(SELECT DISTINCT coalesce(tehsil_id, area_id)
            FROM incidents_incident WHERE id = ANY (numbers))) named
        ON named.area = coalesce(i.tehsil_id, i.area_id)
    LEFT JOIN (SELECT s.record_id, array_agg(CASE
            WHEN s.to_agency_id IS NOT NULL THEN '!sa' || s.to_agency_id
            WHEN s.to_group_id IS NOT NULL THEN '!sg' || s.to_group_id
            ELSE '!sp' || s.to_person_id END) AS readers
            FROM incidents_incidentshare s WHERE s.record_id = ANY (numbers)
            GROUP BY s.record_id) shown ON shown.record_id = i.id
    WHERE i.id = ANY (numbers) AND i.withdrawn_at IS NULL
    ON CONFLICT (incident_id) DO UPDATE SET sort_date = excluded.sort_date,
        last_date = excluded.last_date, words = excluded.words
    WHERE (incidents_words.sort_date, incidents_words.last_date, incidents_words.words)
        IS DISTINCT FROM (excluded.sort_date, excluded.last_date, excluded.words);
    PERFORM set_config('aar.inside', was, true);
END $$;

CREATE FUNCTION incidents_words_follow() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM incidents_keep_words(ARRAY(SELECT id FROM rows_written));
    RETURN NULL;
END $$;
CREATE TRIGGER words_follow_added AFTER INSERT ON incidents_incident
    REFERENCING NEW TABLE AS rows_written
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_words_follow();
CREATE TRIGGER words_follow_changed AFTER UPDATE ON incidents_incident
    REFERENCING NEW TABLE AS rows_written
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_words_follow();

CREATE FUNCTION incidents_words_follow_shares() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM incidents_keep_words(ARRAY(SELECT DISTINCT record_id FROM rows_written));
    RETURN NULL;
END $$;
CREATE TRIGGER words_follow_added AFTER INSERT ON incidents_incidentshare
    REFERENCING NEW TABLE AS rows_written
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_words_follow_shares();
CREATE TRIGGER words_follow_changed AFTER UPDATE ON incidents_incidentshare
    REFERENCING NEW TABLE AS rows_written
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_words_follow_shares();
CREATE TRIGGER words_follow_removed AFTER DELETE ON incidents_incidentshare
    REFERENCING OLD TABLE AS rows_written
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_words_follow_shares();

-- A new name of a place is a new word of what happened there.
CREATE FUNCTION incidents_words_follow_places(areas bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    named constant text := (SELECT string_agg(quote_literal('@' || area), ' | ')
        FROM unnest(areas) area);
BEGIN
    IF named <> '' THEN
        PERFORM incidents_keep_words(ARRAY(
            SELECT incident_id FROM incidents_words WHERE words @@ named::tsquery));
    END IF;
END $$;
CREATE FUNCTION incidents_words_follow_areas() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM incidents_words_follow_places(ARRAY(
        SELECT n.id FROM rows_written n JOIN rows_before o ON o.id = n.id
        WHERE (n.name, n.name_ur, n.parent_id, n.province_id)
            IS DISTINCT FROM (o.name, o.name_ur, o.parent_id, o.province_id)));
    RETURN NULL;
END $$;
CREATE TRIGGER words_follow_changed AFTER UPDATE ON places_area
    REFERENCING NEW TABLE AS rows_written OLD TABLE AS rows_before
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_words_follow_areas();
CREATE FUNCTION incidents_words_follow_aliases() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM incidents_words_follow_places(ARRAY(SELECT DISTINCT area_id FROM rows_written));
    RETURN NULL;
END $$;
CREATE TRIGGER words_follow_added AFTER INSERT ON places_areaalias
    REFERENCING NEW TABLE AS rows_written
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_words_follow_aliases();
CREATE TRIGGER words_follow_changed AFTER UPDATE ON places_areaalias
    REFERENCING NEW TABLE AS rows_written
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_words_follow_aliases();
CREATE TRIGGER words_follow_removed AFTER DELETE ON places_areaalias
    REFERENCING OLD TABLE AS rows_written
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_words_follow_aliases();

SELECT set_config('aar.inside', 'yes', true);
DO $do$ BEGIN
    FOR k IN 0..(SELECT coalesce(max(id), 0) / 10000 FROM incidents_incident) LOOP
        PERFORM incidents_keep_words(ARRAY(SELECT id FROM incidents_incident
            WHERE id BETWEEN k * 10000 AND k * 10000 + 9999));
    END LOOP;
END $do$;
SELECT set_config('aar.inside', '', true);
ANALYZE incidents_words;
"""
DROP = """
DROP TRIGGER words_follow_removed ON places_areaalias;
DROP TRIGGER words_follow_changed ON places_areaalias;
DROP TRIGGER words_follow_added ON places_areaalias;
DROP TRIGGER words_follow_changed ON places_area;
DROP TRIGGER words_follow_removed ON incidents_incidentshare;
DROP TRIGGER words_follow_changed ON incidents_incidentshare;
DROP TRIGGER words_follow_added ON incidents_incidentshare;
DROP TRIGGER words_follow_changed ON incidents_incident;
DROP TRIGGER words_follow_added ON incidents_incident;
DROP FUNCTION incidents_words_follow_aliases();
DROP FUNCTION incidents_words_follow_areas();
DROP FUNCTION incidents_words_follow_places(bigint[]);
DROP FUNCTION incidents_words_follow_shares();
DROP FUNCTION incidents_words_follow();
DROP FUNCTION incidents_keep_words(bigint[]);
DROP FUNCTION incidents_area_lexemes(bigint[]);
DROP TABLE incidents_words;
"""
FOUND = """
-- What whoever asks may see, in the terms of the words: the rule of the incidents' own policies.
CREATE FUNCTION incidents_open_to_me() RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    public_ones constant text := '(''=lCLEAR'' & ''=cUNMARKED'' & !''=eyes'')';
    own text;
    me text;
    passed text;
    cleared text;
BEGIN
    -- Whom no policy binds, by signing in as such, is not bound here either.
    IF aar_inside() OR (current_setting('role') = 'none' AND (SELECT r.rolsuper OR r.rolbypassrls
            FROM pg_roles r WHERE r.rolname = session_user)) THEN
        RETURN NULL;
    END IF;
    IF aar_reader() IN ('anyone', 'blind') THEN RETURN public_ones; END IF;
    IF aar_reader() <> 'person' THEN RETURN '(''=nothing'')'; END IF;
    own := quote_literal('!a' || aar_agency());
    me := quote_literal('!sp' || aar_person());
    passed := concat_ws(' | ', quote_literal('!sa' || aar_agency()), me, (SELECT
        string_agg(quote_literal('!sg' || g), ' | ') FROM unnest(aar_groups()::bigint[]) g));
    cleared := (SELECT string_agg(quote_literal('=c' || c), ' | ')
        FROM unnest(aar_cleared()::text[]) c);
    RETURN format('(%1$s | ((%2$s) & (''=lCLEAR'' | ''=lGREEN'' | ''=lAMBER'' & (%3$s | %4$s)'
        ' | ''=lAMBER_STRICT'' & %3$s | ''=lRED'' & %5$s) & (!''=eyes'' | %3$s | %4$s)))',
        public_ones, coalesce(cleared, '''=nothing'''), own, passed, me);
END $$;

-- The incidents that hold what is asked and that whoever asks may see, in the order of the register
-- from a place in it on. `killed`: at least so many victims, by any count.
--
-- What is common is met on a short walk along the register; what is not met there is rare enough to
-- be looked up. The planner is not left to choose: it knows little of words that are not frequent,
-- and the wrong choice is a walk through every incident.
CREATE FUNCTION incidents_found(words text, group_words text, facts text[], killed integer,
        since date, until date, from_date date DEFAULT NULL, from_id bigint DEFAULT NULL,
        older boolean DEFAULT true, most integer DEFAULT NULL)
    RETURNS TABLE (incident bigint, sorted_by date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    mine constant text := incidents_open_to_me();
    asked text := concat_ws(' & ', nullif(aar_asked(words), ''),
        nullif(aar_asked(group_words, '%'), ''),
        (SELECT string_agg(quote_literal(fact), ' & ') FROM unnest(facts) fact));
    walk constant integer := 4000;
    few constant integer := 14000;
    among bigint[];
    fits text := 'true';
    beyond constant text := '($1 IS NULL OR (sort_date, incident_id) '
        || CASE WHEN older THEN '<' ELSE '>' END || ' ($1, $2))';
    sorted constant text := CASE WHEN older THEN ' ORDER BY sort_date DESC, incident_id DESC'
        ELSE ' ORDER BY sort_date, incident_id' END;
    met integer := 0;
    read_of_500 integer := 500;
BEGIN
    -- Signs alone are no words, and nothing holds them.
    IF words <> '' AND aar_spaced(words) = '' OR group_words <> '' AND aar_spaced(group_words) = ''
    THEN RETURN; END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    -- Not by the index: what most readers may read is most of it.
    IF mine <> '' THEN fits := '(words @@ $4) IS TRUE'; END IF;
    IF since IS NOT NULL THEN fits := fits || ' AND last_date >= $5'; END IF;
    IF until IS NOT NULL THEN fits := fits || ' AND sort_date <= $6'; END IF;
    IF killed IS NOT NULL THEN
        among := ARRAY(SELECT c.incident_id FROM incidents_casualtycount c
            WHERE c.state = 'killed' AND c."group" = 'victims'
                AND greatest(c.low, c.best, c.high) >= killed LIMIT few + 1);
        fits := fits || CASE WHEN cardinality(among) <= few THEN ' AND incident_id = ANY ($7)'
            ELSE ' AND EXISTS (SELECT 1 FROM incidents_casualtycount c
                WHERE c.incident_id = w.incident_id AND c.state = ''killed''
                    AND c."group" = ''victims'' AND greatest(c.low, c.best, c.high) >= $8)' END;
    END IF;
    IF most IS NOT NULL AND (among IS NULL OR cardinality(among) > walk) THEN
        IF older AND (from_date IS NULL OR until < from_date) THEN
            from_date := until;
            from_id := 9223372036854775807;
        END IF;
        RETURN QUERY EXECUTE 'SELECT incident_id, sort_date FROM (SELECT * FROM incidents_words WHERE '
            || beyond || sorted || ' LIMIT ' || walk || ') w WHERE ' || fits
            || CASE WHEN asked <> '' THEN ' AND words @@ $3' ELSE '' END || sorted || ' LIMIT $9'
            USING from_date, from_id, asked::tsquery, mine::tsquery, since, until, among, killed, most;
        GET DIAGNOSTICS met = ROW_COUNT;
        IF met < most THEN
            EXECUTE 'SELECT sort_date, incident_id FROM incidents_words WHERE ' || beyond || sorted
                || ' OFFSET ' || walk - 1 || ' LIMIT 1' INTO from_date, from_id
                USING from_date, from_id;
        END IF;
        IF met = most OR from_date IS NULL THEN
            PERFORM set_config('aar.inside', was, true);
            RETURN;
        END IF;
        -- Before the first day only what lasted longer can still reach into the days.
        IF older AND from_date < since THEN asked := concat_ws(' & ', asked, '''=r'''); END IF;
    END IF;
    -- Where the reader may read little, the index is to know that too.
    IF mine <> '' THEN
        EXECUTE 'SELECT count(*) FROM (SELECT words FROM incidents_words
            ORDER BY sort_date DESC, incident_id DESC LIMIT 500) w WHERE words @@ $1'
            INTO read_of_500 USING mine::tsquery;
        IF read_of_500 < 50 THEN asked := concat_ws(' & ', nullif(asked, ''), mine); END IF;
    END IF;
    RETURN QUERY EXECUTE 'WITH found AS MATERIALIZED (SELECT incident_id, sort_date
        FROM incidents_words w WHERE ' || fits
        || CASE WHEN asked <> '' THEN ' AND words @@ $3' ELSE '' END
        || ') SELECT incident_id, sort_date FROM found WHERE ' || beyond
        || CASE WHEN most IS NULL THEN '' ELSE sorted || ' LIMIT $9' END
        USING from_date, from_id, asked::tsquery, mine::tsquery, since, until, among, killed,
            most - met;
    PERFORM set_config('aar.inside', was, true);
END $$;
"""
NOT_FOUND = """
DROP FUNCTION incidents_found(text, text, text[], integer, date, date, date, bigint, boolean,
    integer);
DROP FUNCTION incidents_open_to_me();
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0013_words_folded")]

    operations = [
        migrations.RunSQL(MAKE, DROP),
        migrations.AddIndex(
            model_name="casualtycount",
            index=models.Index(
                Greatest("low", "best", "high"),
                models.F("incident"),
                condition=models.Q(group="victims", state="killed"),
                name="count_killed",
            ),
        ),
        migrations.RunSQL(FOUND, NOT_FOUND),
    ]
