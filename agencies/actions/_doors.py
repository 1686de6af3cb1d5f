"""What every deed with people asks first: who does it, to whom, as both are at this moment."""

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from core.errors import RuleBroken


class OwnAccount(RuleBroken):
    """Nobody raises, posts or closes themselves."""

    def __init__(self) -> None:
        super().__init__(
            _("Your own account, posts and clearance are kept by another admin. Ask one of them.")
        )


def lock_both(*, person_id: int, by: User) -> tuple[User, User]:
    """The person, and whoever does it, both locked: neither changes while the other is judged.

    Raises User.DoesNotExist where `by` may not open the person's page.
    """
    rows = (
        User.objects.select_related("agency", "posting")
        .filter(pk__in={person_id, by.pk})
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    found = {row.pk: row for row in rows}
    doer = found[by.pk]
    if not User.objects.visible_to(doer).filter(pk=person_id).exists():
        raise User.DoesNotExist
    return found[person_id], doer


def lock_another(*, person_id: int, by: User) -> tuple[User, User]:
    """As `lock_both`, where it must be somebody else. Raises OwnAccount where it is not."""
    person, doer = lock_both(person_id=person_id, by=by)
    if person.pk == doer.pk:
        raise OwnAccount
    return person, doer
