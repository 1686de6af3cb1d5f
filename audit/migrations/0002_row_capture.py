from django.db import migrations

# One statement in, one INSERT … SELECT out: a bulk import of a million rows is noted as fast as a
# single change. What the trigger needs to know of its table is worked out when it is attached.
CAPTURE = """
CREATE FUNCTION public.audit_capture() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    label    CONSTANT text := TG_ARGV[0];
    hidden   CONSTANT text[] := TG_ARGV[1]::text[];
    whole    CONSTANT text := TG_ARGV[2];
    joins    CONSTANT text := TG_ARGV[3];
    whole_id CONSTANT text := TG_ARGV[4];
    agency   CONSTANT text := TG_ARGV[5];
    ref      CONSTANT text := TG_ARGV[6];
    rows     text;
    data     text;
    verb     text;
    was      text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    -- Whatever may be seen by whoever writes: row-level security lets the owner's functions pass.
    PERFORM set_config('aar.inside', 'yes', true);
    IF TG_OP = 'INSERT' THEN
        verb := 'row.added';
        rows := 'new_rows n';
        data := $$jsonb_build_object('after', to_jsonb(n) - $5)$$;
    ELSIF TG_OP = 'DELETE' THEN
        verb := 'row.removed';
        rows := 'old_rows n';
        data := $$jsonb_build_object('before', to_jsonb(n) - $5)$$;
    ELSE
        verb := 'row.changed';
        rows := $$new_rows n JOIN old_rows o ON o.id = n.id
            CROSS JOIN LATERAL (
                SELECT jsonb_object_agg(was.key, was.value) AS before,
                       jsonb_object_agg(was.key, now.value) AS after
                FROM jsonb_each(to_jsonb(o) - $5) was
                JOIN jsonb_each(to_jsonb(n) - $5) now ON now.key = was.key
                WHERE was.value IS DISTINCT FROM now.value
            ) d$$;
        data := $$jsonb_build_object('before', d.before, 'after', d.after)$$;
    END IF;
    EXECUTE format(
        $$INSERT INTO public.audit_event (at, verb, actor_id, actor_name, agency_id, target_type,
            target_id, target_ref, target_agency_id, whole_type, whole_id, data)
        SELECT $1, $2, $3, '', $4, $6, n.id, %s, %s,
            CASE WHEN %s IS NULL THEN '' ELSE $7 END, %s, %s
        FROM %s %s WHERE %s ORDER BY n.id$$,
        ref, agency, whole_id, whole_id, data, rows, joins,
        CASE WHEN TG_OP = 'UPDATE' THEN 'd.before IS NOT NULL' ELSE 'true' END
    ) USING
        clock_timestamp(),
        verb,
        NULLIF(current_setting('aar.person', true), '')::bigint,
        NULLIF(current_setting('aar.agency', true), '')::bigint,
        hidden,
        label,
        whole;
    PERFORM set_config('aar.inside', was, true);
    RETURN NULL;
END
$function$;
"""

# `way` leads from the row to the record that it is a part of: a column, the table it points at, and
# so on; empty for a row that is a record itself.
ATTACH = """
CREATE FUNCTION public.audit_capture_rows(
    of_table text, label text, whole text DEFAULT '', way text[] DEFAULT '{}',
    hidden text[] DEFAULT '{}'
) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    own      text := 'n';
    joins    text := '';
    whole_id text := 'NULL::bigint';
    last     text := of_table;
    agency   text := 'NULL::bigint';
    ref      text := $$''$$;
    step     record;
BEGIN
    FOR hop IN 1 .. COALESCE(array_length(way, 1), 0) / 2 LOOP
        whole_id := format('%s.%I', own, way[2 * hop - 1]);
        last := way[2 * hop];
        joins := joins || format(
            ' LEFT JOIN public.%I w%s ON w%s.id = %s', last, hop, hop, whole_id
        );
        own := 'w' || hop;
    END LOOP;
    IF public.audit_has_column(last, 'agency_id') THEN
        agency := own || '.agency_id';
    END IF;
    IF public.audit_has_column(of_table, 'reference') THEN
        ref := 'left(n.reference, 200)';
    END IF;
    FOR step IN
        SELECT * FROM (VALUES
            ('audit_added', 'INSERT', 'NEW TABLE AS new_rows'),
            ('audit_changed', 'UPDATE', 'OLD TABLE AS old_rows NEW TABLE AS new_rows'),
            ('audit_removed', 'DELETE', 'OLD TABLE AS old_rows')
        ) AS steps (name, deed, rows)
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER %I AFTER %s ON public.%I REFERENCING %s '
            'FOR EACH STATEMENT EXECUTE FUNCTION public.audit_capture(%L, %L, %L, %L, %L, %L, %L)',
            step.name, step.deed, of_table, step.rows,
            label, hidden::text, whole, joins, whole_id, agency, ref
        );
    END LOOP;
END
$function$;
"""

HAS_COLUMN = """
CREATE FUNCTION public.audit_has_column(of_table text, of_column text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $function$
    SELECT EXISTS (
        SELECT FROM pg_attribute
        WHERE attrelid = format('public.%I', of_table)::regclass
          AND attname = of_column AND NOT attisdropped
    )
$function$;
"""

# A trigger function needs no right to be fired; nobody else has a reason to call these.
CLOSE = """
REVOKE ALL ON FUNCTION public.audit_capture() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.audit_capture_rows(text, text, text, text[], text[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """The function that notes changes of rows, and the one that attaches it to a table."""

    replaces = [
        ("audit", "0005_widening_verbs"),
    ]
    dependencies = [("audit", "0001_tables")]

    operations = [
        migrations.RunSQL(HAS_COLUMN, "DROP FUNCTION public.audit_has_column(text, text)"),
        migrations.RunSQL(CAPTURE, "DROP FUNCTION public.audit_capture()"),
        migrations.RunSQL(
            ATTACH,
            "DROP FUNCTION public.audit_capture_rows(text, text, text, text[], text[])",
        ),
        migrations.RunSQL(CLOSE, migrations.RunSQL.noop),
    ]
