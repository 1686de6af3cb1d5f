"""Whether a printed number and hash, or a file, are on the register: for whoever holds them."""

from django.db import migrations

# Answers only who knows both number and the beginning of the hash, or the hash of a whole file; and
# tells of it no more than how it stands. `bulletin` and `brief` are keys, shown to nobody: the page
# asks by them whether its reader may open the record.
MAKE = """
CREATE FUNCTION bulletins_verified(of_number varchar, of_hash varchar, of_file varchar)
    RETURNS TABLE (bulletin bigint, brief bigint, edition integer, newest integer,
        is_withdrawn boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    IF NOT (coalesce(of_file, '') ~ '^[0-9a-f]{64}$'
            OR (of_number <> '' AND coalesce(of_hash, '') ~ '^[0-9a-f]{16,64}$')) THEN
        RETURN;
    END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY SELECT b.id, NULL::bigint, b.edition,
            (SELECT max(n.edition) FROM bulletins_bulletin n
                WHERE n.reference = b.reference AND n.state = 'ISSUED'),
            EXISTS (SELECT FROM bulletins_release r WHERE r.bulletin_id = b.id)
                AND NOT EXISTS (SELECT FROM bulletins_release r
                    WHERE r.bulletin_id = b.id AND r.recalled_at IS NULL)
        FROM bulletins_bulletin b
        WHERE b.state = 'ISSUED' AND (
            (b.reference = of_number AND b.sha256 LIKE of_hash || '%')
            OR b.id = (SELECT p.bulletin_id FROM bulletins_rendering p
                JOIN bulletins_document d ON d.id = p.document_id
                WHERE d.sha256 = of_file AND p.bulletin_id IS NOT NULL LIMIT 1))
        UNION ALL
        SELECT NULL::bigint, b.id, 1, 1, false FROM bulletins_brief b
        WHERE (b.reference = of_number AND b.sha256 LIKE of_hash || '%')
            OR b.id = (SELECT p.brief_id FROM bulletins_rendering p
                JOIN bulletins_document d ON d.id = p.document_id
                WHERE d.sha256 = of_file AND p.brief_id IS NOT NULL LIMIT 1)
        LIMIT 1;
    PERFORM set_config('aar.inside', was, true);
END $$;
"""
DROP = "DROP FUNCTION bulletins_verified(varchar, varchar, varchar);"


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0005_queue")]

    operations = [migrations.RunSQL(MAKE, DROP)]
