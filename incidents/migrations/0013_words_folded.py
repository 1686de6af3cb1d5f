"""How words are compared: in both scripts, whichever keyboard or spelling wrote them."""

from django.db import migrations

# Latin letters and pairs that stand for one sound; what is said twice is said once.
PAIRS = (
    *(("med ", "mad "), ("ph", "f"), ("ck", "k"), ("tch", "Q"), ("ch", "Q"), ("sh", "X")),
    *(("ce", "se"), ("ci", "si"), ("cy", "sy"), ("ae", "i"), ("ai", "i"), ("ay", "i")),
    *(("ei", "i"), ("ey", "i"), ("ee", "i"), ("ie", "i"), ("oo", "u"), ("ou", "u"), ("au", "u")),
    *(("ow", "u"), ("aw ", "u "), ("ue", "u"), ("wh", "w"), ("s ", " "), ("e ", " ")),
    ("ah ", "a "),
    *((f"{letter}{letter}", letter) for letter in "abdfgklmnprstz"),
)


def _sounded(said: str) -> str:
    for pair, one in PAIRS:
        said = f"replace({said}, '{pair}', '{one}')"
    return said


MAKE = rf"""
-- Words as they are compared: compatibility forms, marks, case, the two keyboards' kaf, yeh and
-- heh, digits. The possessive, and what joins letters and shows nothing, is taken out.
CREATE FUNCTION aar_folded(said text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF said ~ '[''’]s' THEN
        said := regexp_replace(said, '[''’]s\M', '', 'g');
    END IF;
    IF octet_length(said) = length(said) THEN
        RETURN lower(translate(said, '`''', ''));
    END IF;
    -- A hamza alone before a letter stands for the ya that carries one.
    RETURN translate(lower(regexp_replace(
        regexp_replace(normalize(said, NFKD), E'\u0621(?=[\u0620-\u06ff])', U&'\06CC', 'g'),
        E'[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed'
        '\u0621\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2018\u2019\u02bc`'']', '', 'g')),
        U&'\06AA\0643\064A\0649\06D0\06CD\0647\0629\06BE\06D5\06C3\0671\06BA'
        '\0660\0661\0662\0663\0664\0665\0666\0667\0668\0669'
        '\06F0\06F1\06F2\06F3\06F4\06F5\06F6\06F7\06F8\06F9',
        U&'\06A9\06A9\06CC\06CC\06CC\06CC\06C1\06C1\06C1\06C1\06C1\0627\0646'
        '01234567890123456789');
END $$;
-- Folded words, one space between them; of a word without end its beginning.
CREATE FUNCTION aar_spaced(said text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    spaced constant text := btrim(regexp_replace(aar_folded(said),
        E'[^a-z0-9\u0622-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ff\u0750-\u077f]+', ' ', 'g'));
BEGIN
    IF length(spaced) > 60 AND spaced ~ '[^ ]{{61}}' THEN
        RETURN regexp_replace(spaced, '([^ ]{{60}})[^ ]+', '\1', 'g');
    END IF;
    RETURN spaced;
END $$;
-- Folded words as they sound, so that the spellings of one name are one. Latin: i/e/y, o/u/w and
-- the pairs that stand for them, doubled letters, c/k/q, ph/f, w/v, an s or a mute e at the end.
-- Urdu: the yeh within a word of five letters and more, which is written or not (سیکیورٹی, سکیورٹی).
CREATE FUNCTION aar_sounded(spaced text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    said text := spaced || ' ';
BEGIN
    said := translate({_sounded("said")}, 'ceyoqw', 'kiiukv');
    IF octet_length(said) > length(said) THEN
        said := regexp_replace(said, E'(?<=[^ ])\u06cc(?=[^ ]{{3}})|(?<=[^ ]{{2}})\u06cc(?=[^ ]{{2}})'
            '|(?<=[^ ]{{3}})\u06cc(?=[^ ])', '', 'g');
    END IF;
    RETURN btrim(said);
END $$;
-- The lexemes of a text: each word, and as it sounds.
CREATE FUNCTION aar_lexemes(said text, kind text DEFAULT '') RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    spaced constant text := aar_spaced(said);
    words constant text[] :=
        array_remove(string_to_array(spaced || ' ' || aar_sounded(spaced), ' '), '');
BEGIN
    IF kind = '' THEN RETURN words; END IF;
    RETURN ARRAY(SELECT kind || word FROM unnest(words) word);
END $$;
-- What is typed: every word must be there, as it is written or as it sounds; the last one may be
-- the beginning of a word, as it is while somebody types.
CREATE FUNCTION aar_asked(typed text, kind text DEFAULT '') RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    typed_words constant text[] := array_remove(string_to_array(aar_spaced(typed), ' '), '');
BEGIN
    RETURN (SELECT string_agg(format(CASE WHEN length(word) < 3 THEN '%1$s'
            WHEN place = cardinality(typed_words) THEN '(%1$s:* | %2$s)' ELSE '(%1$s | %2$s)' END,
            quote_literal(kind || word), quote_literal(kind || aar_sounded(word))), ' & ')
        FROM unnest(typed_words) WITH ORDINALITY typed_word (word, place));
END $$;
"""
DROP = """
DROP FUNCTION aar_asked(text, text);
DROP FUNCTION aar_lexemes(text, text);
DROP FUNCTION aar_sounded(text);
DROP FUNCTION aar_spaced(text);
DROP FUNCTION aar_folded(text);
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0012_import_without_lock_version")]

    operations = [migrations.RunSQL(MAKE, DROP)]
