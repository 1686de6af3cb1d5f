"""How a lesson may be marked, given what it was drawn from.

A lesson starts at the highest marking of its source reviews. It may go lower only when its writer
declares that the text stands alone, because a lesson is there to be passed on when its source
cannot be. Nothing is lowered silently: the declaration is asked for, the audit row names the
sources it was lower than, the page says so to whoever endorses it, and endorsing takes a second
person. RED is not offered: a lesson that only named people may read teaches nobody.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from agencies.choices import TLP, Classification
from agencies.models import User
from agencies.models.marking import allowed_classifications
from lessons import policies
from lessons.actions.refusals import LessonRefused
from lessons.selectors.marking import Marking, higher_than
from reviews.models import Review


def check_marking(
    marking: Marking, sources: Sequence[Review], *, by: User, stands_alone: bool
) -> list[str]:
    """References of the sources that are marked higher. Raises LessonRefused."""
    check_within_reach(marking, by=by)
    higher = higher_than(marking, sources)
    if not higher:
        return []
    parts = _parts_in_words(higher, by=by)
    if not policies.can_mark_lower(by, higher):
        raise LessonRefused(
            _(
                "%(parts)s is guarded more closely, and it is not for your post to pass it on."
                " Keep its marking, or ask your commander or its owner."
            )
            % {"parts": parts},
            field="tlp",
        )
    if not stands_alone:
        raise LessonRefused(
            _(
                "%(parts)s is marked higher than this. Raise the marking, or declare that the"
                " text stands alone."
            )
            % {"parts": parts},
            field="tlp",
        )
    return [review.reference for review in higher]


def check_within_reach(marking: Marking, *, by: User) -> None:
    """What `by` and this deployment may mark at all. Raises LessonRefused."""
    if marking.tlp == TLP.RED:
        raise LessonRefused(
            _("A lesson is for others to act on, so it cannot be for named readers only."),
            field="tlp",
        )
    cleared = Classification(marking.classification) in allowed_classifications()
    if not cleared or marking.classification not in Classification.up_to(by.clearance):
        raise LessonRefused(
            _("You cannot mark higher than you are cleared to read."), field="classification"
        )
    if marking.tlp == TLP.CLEAR and marking.classification != Classification.UNMARKED:
        raise LessonRefused(
            _("TLP:CLEAR is public; a classified record cannot be."), field="classification"
        )


def _parts_in_words(higher: Sequence[Review], *, by: User) -> str:
    """The sources by reference, as far as the writer may know of them."""
    ids = [review.pk for review in higher]
    seen = list(
        Review.objects.visible_to(by)
        .filter(pk__in=ids)
        .order_by("reference")
        .values_list("reference", flat=True)
    )
    return ", ".join(seen) if len(seen) == len(ids) else _("A source")
