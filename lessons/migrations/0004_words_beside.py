"""The words of lessons beside the lessons, where the index over them can be used.

Under row-level security PostgreSQL uses no index for words: their operators are not leakproof. This
table holds no more than lexemes and belongs to the owner alone, whose policy is plainly true and so
no hindrance to the index. The product reaches it through `lessons_found` only, which gives numbers
of lessons; whether the reader may see them is asked of the lessons themselves, by both locks.
"""

from django.db import migrations

MAKE = """
CREATE TABLE lessons_words (
    lesson_id bigint PRIMARY KEY REFERENCES lessons_lesson (id) ON DELETE CASCADE,
    drawn_at timestamptz NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX lessons_words_words ON lessons_words USING gin (words);
CREATE INDEX lessons_words_latest ON lessons_words (drawn_at DESC, lesson_id DESC);
ALTER TABLE lessons_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE lessons_words FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_alone ON lessons_words TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE FUNCTION lessons_keep_words() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO lessons_words (lesson_id, drawn_at, words)
        VALUES (NEW.id, NEW.drawn_at, to_tsvector('english'::regconfig, concat_ws(' ',
            NEW.reference, NEW.title, NEW.title_ur, NEW.observation, NEW.recommendation)))
        ON CONFLICT (lesson_id) DO UPDATE
            SET drawn_at = excluded.drawn_at, words = excluded.words;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_words
    AFTER INSERT OR UPDATE OF reference, title, title_ur, observation, recommendation, drawn_at
    ON lessons_lesson FOR EACH ROW EXECUTE FUNCTION lessons_keep_words();

-- The latest lessons that hold the words, seen or unseen, below a place in the order.
CREATE FUNCTION lessons_found(asked tsquery, before timestamptz DEFAULT 'infinity',
        below bigint DEFAULT 9223372036854775807, most integer DEFAULT NULL)
    RETURNS TABLE (lesson bigint, drawn timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = pg_catalog, public AS $$
BEGIN
    -- Planned for these very words: a rare one is looked up, a common one met on the way down.
    RETURN QUERY EXECUTE 'SELECT lesson_id, drawn_at FROM lessons_words
        WHERE words @@ $1 AND (drawn_at, lesson_id) < ($2, $3)
        ORDER BY drawn_at DESC, lesson_id DESC LIMIT $4' USING asked, before, below, most;
END $$;

SELECT set_config('aar.inside', 'yes', true);
INSERT INTO lessons_words (lesson_id, drawn_at, words)
    SELECT id, drawn_at, to_tsvector('english'::regconfig, concat_ws(' ',
        reference, title, title_ur, observation, recommendation)) FROM lessons_lesson;
SELECT set_config('aar.inside', '', true);
ANALYZE lessons_words;
DROP FUNCTION lessons_with_words(tsquery);
"""
DROP = """
CREATE FUNCTION lessons_with_words(query tsquery) RETURNS SETOF bigint
    LANGUAGE sql STABLE AS $$ SELECT lesson FROM lessons_found(query) $$;
DROP TRIGGER keep_words ON lessons_lesson;
DROP FUNCTION lessons_found(tsquery, timestamptz, bigint, integer);
DROP FUNCTION lessons_keep_words();
DROP TABLE lessons_words;
"""


class Migration(migrations.Migration):
    dependencies = [("lessons", "0003_second_lock")]

    operations = [
        migrations.RunSQL(MAKE, DROP),
        migrations.RemoveIndex(model_name="lesson", name="lesson_words"),
    ]
