"""Who may do what to lessons. What state a lesson must be in is the actions' affair."""

from collections.abc import Iterable

from agencies.choices import TLP, Caveat, Classification, Role
from agencies.models import Marked, User
from lessons.models import Lesson

# Who draws lessons: those who write, judge, or send on; not those who only watch.
DRAWERS = frozenset({Role.INVESTIGATOR, Role.COMMANDER, Role.RELEASE_OFFICER, Role.AGENCY_ADMIN})
# Who answers for passing on the substance of a guarded record.
DOWNGRADERS = DRAWERS - {Role.INVESTIGATOR}


def can_draw(user: User) -> bool:
    """Draw a lesson for one's own agency."""
    return user.is_active and user.role in DRAWERS


def can_change(user: User, lesson: Lesson) -> bool:
    """Work on the text of one's own agency's lesson, and hand it to the commander."""
    return can_draw(user) and user.agency_id == lesson.agency_id


def can_endorse(user: User, lesson: Lesson) -> bool:
    """A commander of the agency who did not draw it: two people stand behind each lesson."""
    return can_reject(user, lesson) and user.pk not in {
        lesson.drawn_by_id,
        lesson.changed_by_id,
    }


def can_reject(user: User, lesson: Lesson) -> bool:
    """A commander of the agency, with a reason."""
    return user.is_active and user.role == Role.COMMANDER and user.agency_id == lesson.agency_id


def can_record_recurrence(user: User) -> bool:
    """Say that the same failure came back."""
    return can_draw(user)


def can_mark_lower(user: User, sources: Iterable[Marked]) -> bool:
    """Mark a lesson lower than its sources, once its text stands alone.

    A writer decides that for ordinary records. Where a source is for named readers only (RED) or
    CONFIDENTIAL and above, a commander, release officer or admin answers for it. What another
    agency marked ORCON nobody but that agency passes on.
    """
    records = list(sources)
    if any(Caveat.ORCON in each.caveats and each.agency_id != user.agency_id for each in records):
        return False
    return user.role in DOWNGRADERS or not any(map(is_guarded, records))


def is_guarded(record: Marked) -> bool:
    """A record whose substance an investigator alone does not pass on."""
    highest_ordinary = Classification.RESTRICTED.rank
    return record.tlp == TLP.RED or Classification(record.classification).rank > highest_ordinary
