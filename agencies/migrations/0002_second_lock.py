"""Who reads, for row-level security: settings of the transaction, and functions that read them.

`aar_act_as` is the one place that fills the settings, from the person's row as it is now. The
other functions are what policies ask, each as `(SELECT …)` so that it is asked once a statement.
`aar_inside` is true only in functions of the tables' owner (`SECURITY DEFINER`) that say so
themselves: the owner signing in by hand sees nothing either (`FORCE ROW LEVEL SECURITY`).
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION aar_act_as(reader bigint) RETURNS void LANGUAGE plpgsql AS $$
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

-- What policies ask is in PL/pgSQL: a policy asks some forty times, and a function in SQL would be
-- parsed and unfolded each time a statement is planned, which took longer than the statement.
CREATE FUNCTION aar_reader() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS
    $$ BEGIN RETURN coalesce(current_setting('aar.reader', true), ''); END $$;
CREATE FUNCTION aar_role() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS
    $$ BEGIN RETURN coalesce(current_setting('aar.role', true), ''); END $$;
CREATE FUNCTION aar_person() RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS
    $$ BEGIN RETURN nullif(current_setting('aar.person', true), '')::bigint; END $$;
CREATE FUNCTION aar_agency() RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS
    $$ BEGIN RETURN nullif(current_setting('aar.agency', true), '')::bigint; END $$;
CREATE FUNCTION aar_cleared() RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
    RETURN string_to_array(nullif(current_setting('aar.cleared', true), ''), ',');
END $$;
CREATE FUNCTION aar_groups() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
    RETURN (SELECT array_agg(sharinggroup_id) FROM public.agencies_sharinggroup_agencies
        WHERE agency_id = nullif(current_setting('aar.agency', true), '')::bigint);
END $$;
CREATE FUNCTION aar_inside() RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN
    RETURN coalesce(current_setting('aar.inside', true), '') = 'yes' AND current_user = (
        SELECT pg_get_userbyid(relowner) FROM pg_class
        WHERE oid = 'public.agencies_user'::regclass);
END $$;

-- The highest number among references that begin with `start`, seen or unseen: the next one must
-- be free, and says nothing of who took the last.
CREATE FUNCTION aar_last_number(guarded regclass, start text) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    last bigint;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    EXECUTE format('SELECT max(substr(reference, length(%2$L) + 1)::bigint) FROM %1$s
        WHERE reference ^@ %2$L AND substr(reference, length(%2$L) + 1) ~ %3$L',
        guarded, start, '^[0-9]{1,9}$') INTO last;
    PERFORM set_config('aar.inside', was, true);
    RETURN coalesce(last, 0);
END $$;

-- The marking's part of the rule as an expression for a table's policy. `shares` names the table
-- of those the row was passed to, `key` its column that holds the row's number, `alive` which of
-- its rows count; without `shares` the row is passed to nobody.
CREATE FUNCTION aar_marking_rule(guarded text, shares text, key text, alive text)
RETURNS text LANGUAGE sql IMMUTABLE AS $f$
    SELECT format($$ (tlp = 'CLEAR' AND classification = 'UNMARKED'
            AND (SELECT aar_reader()) IN ('anyone', 'blind', 'person'))
        OR ((SELECT aar_reader()) = 'person'
            AND classification::text = ANY ((SELECT aar_cleared())::text[])
            AND (tlp IN ('CLEAR', 'GREEN')
                OR (tlp IN ('AMBER', 'AMBER_STRICT') AND agency_id = (SELECT aar_agency())) %s)) $$,
        CASE WHEN shares IS NULL THEN '' ELSE format($$
                OR (tlp = 'AMBER' AND EXISTS (SELECT 1 FROM %1$I s WHERE s.%2$I = %3$I.id AND %4$s
                    AND (s.to_agency_id = (SELECT aar_agency())
                        OR s.to_person_id = (SELECT aar_person())
                        OR s.to_group_id = ANY ((SELECT aar_groups())::bigint[]))))
                OR (tlp = 'RED' AND EXISTS (SELECT 1 FROM %1$I s WHERE s.%2$I = %3$I.id AND %4$s
                    AND s.to_person_id = (SELECT aar_person())))
            $$, shares, key, guarded, alive) END)
$f$;

-- Row-level security on one table, for its owner too: who may see a row, add one, leave one
-- changed, remove one. What may be changed or removed must be seen first. Where nothing else is
-- said, whoever sees a row may write it: what a person may do is the actions' affair.
CREATE PROCEDURE aar_guard(guarded regclass, may_read text, may_add text DEFAULT NULL,
    may_leave text DEFAULT NULL, may_remove text DEFAULT NULL) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
    may_read := '(SELECT aar_inside()) OR (' || may_read || ')';
    may_add := coalesce('(SELECT aar_inside()) OR (' || may_add || ')', may_read);
    may_leave := coalesce('(SELECT aar_inside()) OR (' || may_leave || ')', may_read);
    may_remove := coalesce('(SELECT aar_inside()) OR (' || may_remove || ')', may_read);
    EXECUTE format('CREATE POLICY may_read ON %s FOR SELECT USING (%s)', guarded, may_read);
    EXECUTE format('CREATE POLICY may_add ON %s FOR INSERT WITH CHECK (%s)', guarded, may_add);
    EXECUTE format('CREATE POLICY may_change ON %s FOR UPDATE USING (%s) WITH CHECK (%s)',
        guarded, may_read, may_leave);
    EXECUTE format('CREATE POLICY may_remove ON %s FOR DELETE USING (%s)', guarded, may_remove);
END $$;

-- A record with a marking. `also` widens who reads it, `only` narrows what the marking allows.
CREATE PROCEDURE aar_guard_record(guarded text, shares text DEFAULT NULL, key text DEFAULT NULL,
    alive text DEFAULT 'true', only_if text DEFAULT 'true', also text DEFAULT 'false',
    may_leave text DEFAULT 'agency_id = (SELECT aar_agency())') LANGUAGE plpgsql AS $$
BEGIN
    CALL aar_guard(guarded::regclass,
        format('((%s) AND (%s)) OR (%s)',
            only_if, aar_marking_rule(guarded, shares, key, alive), also),
        may_add => 'agency_id = (SELECT aar_agency())', may_leave => may_leave);
END $$;

-- To whom a record was passed: read by them and by its owner, who alone passes it on. `owner` is a
-- function that says whose record it is: the record's own policy asks this table, not the reverse.
CREATE PROCEDURE aar_guard_shares(guarded regclass, owner text) LANGUAGE plpgsql AS $$
BEGIN
    CALL aar_guard(guarded,
        format('to_agency_id = (SELECT aar_agency())
            OR to_person_id = (SELECT aar_person())
            OR to_group_id = ANY ((SELECT aar_groups())::bigint[])
            OR %s = (SELECT aar_agency())', owner),
        may_add => format('%s = (SELECT aar_agency())', owner),
        may_leave => format('%s = (SELECT aar_agency())', owner),
        may_remove => format('%s = (SELECT aar_agency())', owner));
END $$;

-- What hangs from a record is seen with it, and written by whom `may_write` says.
CREATE PROCEDURE aar_guard_part(guarded text, whole text, key text, may_write text DEFAULT NULL)
    LANGUAGE plpgsql AS $$
DECLARE
    -- Not EXISTS, which is planned twice, and four times where a part has parts.
    seen constant text := format('(SELECT true FROM %I w WHERE w.id = %I.%I)',
        whole, guarded, key);
BEGIN
    CALL aar_guard(guarded::regclass, seen, coalesce(may_write, seen), coalesce(may_write, seen),
        coalesce(may_write, seen));
END $$;

-- EYES: such a record is for its owner and whom it names, whatever its TLP. A restrictive policy
-- beside the others: it opens nothing, it only narrows.
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

CREATE PROCEDURE aar_unguard(guarded regclass) LANGUAGE plpgsql AS $$
DECLARE policy text;
BEGIN
    FOREACH policy IN ARRAY ARRAY['may_read', 'may_add', 'may_change', 'may_remove'] LOOP
        EXECUTE format('DROP POLICY %I ON %s', policy, guarded);
    END LOOP;
    EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', guarded);
END $$;
"""
DROP = """
DROP PROCEDURE aar_guard_eyes(text, text, text, text, text);
DROP PROCEDURE aar_unguard(regclass);
DROP PROCEDURE aar_guard_part(text, text, text, text);
DROP PROCEDURE aar_guard_shares(regclass, text);
DROP PROCEDURE aar_guard_record(text, text, text, text, text, text, text);
DROP PROCEDURE aar_guard(regclass, text, text, text, text);
DROP FUNCTION aar_marking_rule(text, text, text, text);
DROP FUNCTION aar_last_number(regclass, text);
DROP FUNCTION aar_inside();
DROP FUNCTION aar_groups();
DROP FUNCTION aar_cleared();
DROP FUNCTION aar_agency();
DROP FUNCTION aar_person();
DROP FUNCTION aar_role();
DROP FUNCTION aar_reader();
DROP FUNCTION aar_act_as(bigint);
"""
# What stands on the person of the post acted in follows the posting and can never differ from it.
COPIES = """
    ALTER TABLE agencies_user ADD CONSTRAINT user_repeats_the_posting
        FOREIGN KEY (posting_id, id, agency_id, role, post)
        REFERENCES agencies_posting (id, person_id, agency_id, role, post)
        ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
NO_COPIES = "ALTER TABLE agencies_user DROP CONSTRAINT user_repeats_the_posting;"


class Migration(migrations.Migration):
    replaces = [
        ("agencies", "0010_eyes_only"),
    ]
    dependencies = [
        ("agencies", "0001_tables"),
    ]

    operations = [migrations.RunSQL(MAKE, DROP), migrations.RunSQL(COPIES, NO_COPIES)]
