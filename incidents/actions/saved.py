"""A reader's saved filters: theirs alone, so their changes are noted by the database, unnamed."""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from core.errors import RuleBroken
from incidents.models.saved import LONGEST_QUERY, MOST_SAVED, SavedFilter, SavedFilterQuerySet


class FilterNotSaved(RuleBroken):
    """The filter cannot be kept like this."""


@deed
def save_filter(*, name: str, query: str, by: User, at: datetime) -> SavedFilter:
    """Keep a way into the register under a name."""
    own = _own(by)
    if not query:
        raise FilterNotSaved(
            _("There is nothing to save. Narrow the register or choose columns first.")
        )
    if len(query) > LONGEST_QUERY:
        raise FilterNotSaved(_("These filters are too long to be saved. Search for fewer words."))
    if own.count() >= MOST_SAVED:
        raise FilterNotSaved(
            _("You have saved %(most)d filters. Remove one first.") % {"most": MOST_SAVED}
        )
    return SavedFilter.objects.create(person=by, name=_free(name, own), query=query, saved_at=at)


@deed
def rename_filter(*, filter_id: int, name: str, by: User) -> SavedFilter:
    """Call it something else."""
    own = _own(by)
    saved = own.get(pk=filter_id)
    saved.name = _free(name, own.exclude(pk=filter_id))
    saved.save(update_fields=["name"])
    return saved


@deed
def put_filter_first(*, filter_id: int, by: User) -> SavedFilter:
    """Open it where the register is asked for; at most one is."""
    own = _own(by)
    saved = own.get(pk=filter_id)
    own.exclude(pk=filter_id).filter(is_first=True).update(is_first=False)
    saved.is_first = True
    saved.save(update_fields=["is_first"])
    return saved


@deed
def put_no_filter_first(*, by: User) -> None:
    """Open the whole register again."""
    _own(by).filter(is_first=True).update(is_first=False)


@deed
def remove_filter(*, filter_id: int, by: User) -> None:
    """Forget it."""
    _own(by).get(pk=filter_id).delete()


def _own(by: User) -> SavedFilterQuerySet:
    """What they saved; nobody else changes it meanwhile, nor they in another window."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    return SavedFilter.objects.visible_to(by)


def _free(name: str, others: SavedFilterQuerySet) -> str:
    """The name, if it says something and none of the others has it."""
    said = " ".join(name.replace("\x00", "").split())
    if not said:
        raise FilterNotSaved(_("Give it a name."))
    if others.filter(name__iexact=said).exists():
        raise FilterNotSaved(
            _("You have a filter called “%(name)s”. Give this one another name.") % {"name": said}
        )
    return said
