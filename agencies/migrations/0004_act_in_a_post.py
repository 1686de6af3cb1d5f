"""Work that goes on for a person goes on in the post in which it was asked for."""

from django.db import migrations

# As `aar_act_as`, but for the post: one that has ended, or whose holder is let in no more, reads
# what anyone reads.
MAKE = """
CREATE FUNCTION aar_act_in(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE held record;
BEGIN
    SELECT p.id, p.person_id, p.agency_id, p.role INTO held
        FROM public.agencies_posting p WHERE p.id = wanted AND p.ended_at IS NULL;
    PERFORM public.aar_act_as(coalesce(held.person_id, -1));
    IF current_setting('aar.person') <> '' THEN
        PERFORM set_config('aar.reader',
                CASE WHEN held.role = 'SYSTEM_ADMIN' THEN 'blind' ELSE 'person' END, true),
            set_config('aar.posting', held.id::text, true),
            set_config('aar.agency', held.agency_id::text, true),
            set_config('aar.role', held.role, true);
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_row_capture")]

    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION aar_act_in(bigint)")]
