"""The second lock on lessons: endorsed by their marking, before that to their agency."""

from django.db import migrations

MAKE = """
-- Whose lesson or recurrence it is, for the policies of their shares.
CREATE FUNCTION lessons_owner(lesson bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    found bigint;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT agency_id INTO found FROM lessons_lesson WHERE id = lesson;
    PERFORM set_config('aar.inside', was, true);
    RETURN found;
END $$;
CREATE FUNCTION lessons_recurrence_owner(recurrence bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
    found bigint;
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    SELECT agency_id INTO found FROM lessons_recurrence WHERE id = recurrence;
    PERFORM set_config('aar.inside', was, true);
    RETURN found;
END $$;
-- The markings of the reviews that a lesson was drawn from, whoever may read them: a rule about
-- marking it lower must know of every one.
CREATE FUNCTION lessons_sources(lesson bigint) RETURNS TABLE (id bigint, reference varchar,
        agency_id bigint, tlp varchar, classification varchar, caveats varchar[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY SELECT DISTINCT r.id, r.reference, r.agency_id, r.tlp, r.classification, r.caveats
        FROM reviews_review r JOIN reviews_finding f ON f.review_id = r.id
        JOIN lessons_lesson_findings d ON d.finding_id = f.id
        WHERE d.lesson_id = lesson ORDER BY r.reference;
    PERFORM set_config('aar.inside', was, true);
END $$;
-- The lessons that hold the words, for the search, which then asks who may see them. Under row-level
-- security PostgreSQL uses no index for words: their operators are not leakproof.
CREATE FUNCTION lessons_with_words(query tsquery) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY SELECT id FROM lessons_lesson
        WHERE to_tsvector('english'::regconfig, COALESCE(title, '') || ' ' ||
            COALESCE(observation, '') || ' ' || COALESCE(recommendation, '')) @@ query;
    PERFORM set_config('aar.inside', was, true);
END $$;

CALL aar_guard_shares('lessons_lessonshare', 'lessons_owner(record_id)');
CALL aar_guard_shares('lessons_recurrenceshare', 'lessons_recurrence_owner(record_id)');
-- Endorsed by its marking; before that its agency's people.
CALL aar_guard_record('lessons_lesson', 'lessons_lessonshare', 'record_id',
    only_if => $$ state IN ('ENDORSED', 'IMPLEMENTING', 'VALIDATED') $$,
    also => $$ (SELECT aar_reader()) = 'person' AND agency_id = (SELECT aar_agency())
        AND classification::text = ANY ((SELECT aar_cleared())::text[])
        AND (tlp <> 'RED' OR EXISTS (SELECT 1 FROM lessons_lessonshare s
            WHERE s.record_id = lessons_lesson.id AND s.to_person_id = (SELECT aar_person()))) $$);
CALL aar_guard_record('lessons_recurrence', 'lessons_recurrenceshare', 'record_id');
CALL aar_guard_part('lessons_lesson_findings', 'lessons_lesson', 'lesson_id');
CALL aar_guard_part('lessons_lesson_areas', 'lessons_lesson', 'lesson_id');
CALL aar_guard_part('lessons_recurrencecase', 'lessons_recurrence', 'recurrence_id');
CALL aar_guard_eyes('lessons_lesson', 'lessons_lessonshare', 'record_id');
CALL aar_guard_eyes('lessons_recurrence', 'lessons_recurrenceshare', 'record_id');
"""
DROP = """
DROP POLICY eyes_only ON lessons_recurrence;
DROP POLICY eyes_only ON lessons_lesson;
CALL aar_unguard('lessons_recurrencecase');
CALL aar_unguard('lessons_lesson_areas');
CALL aar_unguard('lessons_lesson_findings');
CALL aar_unguard('lessons_recurrence');
CALL aar_unguard('lessons_lesson');
CALL aar_unguard('lessons_recurrenceshare');
CALL aar_unguard('lessons_lessonshare');
DROP FUNCTION lessons_with_words(tsquery);
DROP FUNCTION lessons_sources(bigint);
DROP FUNCTION lessons_recurrence_owner(bigint);
DROP FUNCTION lessons_owner(bigint);
"""


class Migration(migrations.Migration):
    replaces = [
        ("lessons", "0006_eyes_only"),
    ]
    dependencies = [
        ("agencies", "0002_second_lock"),
        ("lessons", "0002_row_capture"),
        ("reviews", "0003_second_lock"),
    ]

    operations = [migrations.RunSQL(MAKE, DROP)]
