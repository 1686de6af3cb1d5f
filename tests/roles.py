"""The roles of a deployment in the database of a test run."""

from django.conf import settings

from aar.ownership import let_product_in

OWNER = "aar_owner"
HAND_OVER = """
DO $$
DECLARE
    thing record;
BEGIN
    EXECUTE 'GRANT CREATE, USAGE ON SCHEMA public TO {owner}';
    FOR thing IN SELECT oid::regclass AS name FROM pg_class
        WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
            AND relowner = current_user::regrole LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO {owner}', thing.name);
    END LOOP;
    FOR thing IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole LOOP
        EXECUTE format('ALTER ROUTINE %s OWNER TO {owner}', thing.name);
    END LOOP;
END $$
"""


def deploy(connection):
    """What the test run's role has made belongs to its owner, and the product is let in."""
    with connection.cursor() as cursor:
        cursor.execute(HAND_OVER.replace("{owner}", connection.ops.quote_name(OWNER)))
    let_product_in(settings.LOCK_ROLE)
