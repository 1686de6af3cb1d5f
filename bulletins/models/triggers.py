"""What the database itself holds of bulletins: the marking of the parts, and what is frozen.

These rules hold whoever writes and whatever they may see: the triggers look at the rows as the
owner of the tables does (`aar.inside`; migration `second_lock` makes them SECURITY DEFINER).
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from string import Template

import pgtrigger

from agencies.choices import TLP, Classification
from bulletins.choices import BulletinState
from bulletins.models.kinds import ALL_KIND_FIELDS

# What recipients were given, and under which marking.
FROZEN = (
    "agency",
    "tlp",
    "classification",
    "caveats",
    "reference",
    "edition",
    "title",
    "bottom_line",
    "audience",
    "actions",
    "act_by",
    "language",
    "issued_at",
    "issued_by",
    "content",
    "sha256",
    "kind",
    "incident",
    "supersedes",
    "change_note",
    *ALL_KIND_FIELDS,
)
# What of row-level security was set before the trigger looked past it.
WAS = ("was", "text := coalesce(current_setting('aar.inside', true), '')")

REFUSE_LOWER_MARKING = Template(
    """
    PERFORM set_config('aar.inside', 'yes', true);
    -- Whoever is marking a lesson up meanwhile is waited for.
    PERFORM 1 FROM lessons_lesson l
        JOIN bulletins_bulletinlesson p ON p.lesson_id = l.id
        WHERE p.bulletin_id = $bulletin FOR SHARE OF l;
    IF EXISTS (
        SELECT 1 FROM bulletins_bulletin b
            JOIN bulletins_bulletinlesson p ON p.bulletin_id = b.id
            JOIN lessons_lesson l ON l.id = p.lesson_id
            WHERE b.id = $bulletin AND ($higher)
    ) THEN
        RAISE EXCEPTION 'bulletin % is marked lower than one of its lessons', $bulletin
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_marked_as_its_parts';
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NULL;
    """
)
MARK_DRAFTS_UP = Template(
    """
    PERFORM set_config('aar.inside', 'yes', true);
    UPDATE bulletins_bulletin AS b SET
        tlp = CASE WHEN $tlp_is_higher THEN l.tlp ELSE b.tlp END,
        classification = CASE
            WHEN $class_is_higher THEN l.classification ELSE b.classification END,
        caveats = CASE
            WHEN $caveat_is_missing THEN
                ARRAY(SELECT unnest(b.caveats) UNION SELECT unnest(l.caveats) ORDER BY 1)
            ELSE b.caveats END,
        lock_version = b.lock_version + 1
    FROM lessons_lesson l JOIN bulletins_bulletinlesson p ON p.lesson_id = l.id
    WHERE l.id = NEW.id AND p.bulletin_id = b.id AND b.state = '$draft' AND ($higher);
    PERFORM set_config('aar.inside', was, true);
    RETURN NULL;
    """
)
REFUSE_OTHER_PARTS = Template(
    """
    PERFORM set_config('aar.inside', 'yes', true);
    -- Whoever is issuing it meanwhile is waited for.
    FOR held IN
        SELECT * FROM bulletins_bulletin WHERE id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.bulletin_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.bulletin_id END
        ) FOR SHARE
    LOOP
        IF held.state = '$issued' THEN
            RAISE EXCEPTION 'bulletin % is issued: its parts stand', held.reference USING
                ERRCODE = 'check_violation', CONSTRAINT = 'bulletin_issued_keeps_its_parts';
        END IF;
    END LOOP;
    PERFORM set_config('aar.inside', was, true);
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
    """
)
REFUSE_ITS_AUTHOR = """
    IF NEW.shared_by_id IS NOT DISTINCT FROM OLD.shared_by_id
        AND NEW.bulletin_id IS NOT DISTINCT FROM OLD.bulletin_id THEN
        RETURN NEW;
    END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    IF EXISTS (
        SELECT 1 FROM bulletins_bulletin b WHERE b.id = NEW.bulletin_id
            AND NEW.shared_by_id IN (b.composed_by_id, b.changed_by_id)
    ) THEN
        RAISE EXCEPTION 'bulletin % is not released by who wrote it', NEW.bulletin_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'release_is_by_a_second_person';
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NEW;
"""
REFUSE_WITHOUT_CONSENT = """
    PERFORM set_config('aar.inside', 'yes', true);
    IF EXISTS (
        SELECT 1 FROM bulletins_bulletin b, lessons_lesson l
            WHERE b.id = NEW.bulletin_id AND l.id = NEW.lesson_id
            AND l.agency_id <> b.agency_id AND 'ORCON' = ANY (l.caveats)
            AND NOT EXISTS (SELECT 1 FROM bulletins_consent c WHERE c.lesson_id = l.id
                AND c.agency_id = b.agency_id AND c.state = 'GRANTED')
    ) THEN
        RAISE EXCEPTION 'lesson % goes on only with consent of its originator', NEW.lesson_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'originator_consents';
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NEW;
"""


def _higher(scale: Iterable[str], column: str) -> str:
    """In SQL: the lesson `l` stands further up a scale than the bulletin `b`."""
    steps = ", ".join(f"'{step}'" for step in scale)
    lesson, bulletin = (
        f"array_position(ARRAY[{steps}], {table}.{column}::text)" for table in ("l", "b")
    )
    return f"{lesson} > {bulletin}"


TLP_IS_HIGHER = _higher(TLP.values, "tlp")
CLASS_IS_HIGHER = _higher(Classification.values, "classification")
CAVEAT_IS_MISSING = "NOT l.caveats <@ b.caveats"
IS_HIGHER = " OR ".join((TLP_IS_HIGHER, CLASS_IS_HIGHER, CAVEAT_IS_MISSING))


class MarkedAsItsParts(pgtrigger.Trigger):
    """Refuses, when all is written, a bulletin that is marked lower than one of its lessons."""

    when = pgtrigger.After
    timing = pgtrigger.Deferred
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self, *, bulletin: str) -> None:
        super().__init__(
            name="marked_as_its_parts",
            declare=[WAS],
            func=REFUSE_LOWER_MARKING.substitute(bulletin=bulletin, higher=IS_HIGHER),
        )


class FollowsItsParts(pgtrigger.Trigger):
    """A lesson that is marked up takes the drafts that carry it along.

    To guard a lesson more closely is never refused, and least of all because of a draft that its
    writer may not know of. What is issued keeps what it was.
    """

    when = pgtrigger.After
    operation = pgtrigger.Update
    condition = pgtrigger.AnyChange("tlp", "classification", "caveats")

    def __init__(self) -> None:
        super().__init__(
            name="drafts_follow",
            declare=[WAS],
            func=MARK_DRAFTS_UP.substitute(
                tlp_is_higher=TLP_IS_HIGHER,
                class_is_higher=CLASS_IS_HIGHER,
                caveat_is_missing=CAVEAT_IS_MISSING,
                draft=BulletinState.DRAFT.value,
                higher=IS_HIGHER,
            ),
        )


class KeepsItsParts(pgtrigger.Trigger):
    """Nothing goes into an issued bulletin, and nothing comes out of it."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def __init__(self) -> None:
        super().__init__(
            name="issued_keeps_its_parts",
            declare=[WAS, ("held", "bulletins_bulletin%ROWTYPE")],
            func=REFUSE_OTHER_PARTS.substitute(issued=BulletinState.ISSUED.value),
        )


class KeepsItsWords(pgtrigger.Protect):
    """What an issued bulletin says, and under which marking, is changed by nobody."""

    def __init__(self) -> None:
        changed = (
            pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in FROZEN
        )
        super().__init__(
            name="issued_never_changed",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__state=BulletinState.ISSUED) & reduce(or_, changed),
        )


class SentByAnother(pgtrigger.Trigger):
    """Who wrote a bulletin does not send it: a second person has read what goes out."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self) -> None:
        super().__init__(name="sent_by_another", declare=[WAS], func=REFUSE_ITS_AUTHOR)


class OriginatorConsents(pgtrigger.Trigger):
    """Another agency's ORCON lesson goes into a bulletin only with that agency's consent."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self) -> None:
        super().__init__(name="originator_consents", declare=[WAS], func=REFUSE_WITHOUT_CONSENT)
