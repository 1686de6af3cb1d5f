"""Linking an outside identity with an account, by its owner or by an admin of people."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.policies import can_manage_people
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken


class AlreadyLinked(RuleBroken):
    """One identity opens one account."""


@transaction.atomic
def link_identity(
    *, person: User, provider: str, subject: str, by: User, at: datetime
) -> SocialAccount:
    """From now on this subject of this issuer opens the account. Twice is the same as once."""
    _check(person, by)
    identity, made = SocialAccount.objects.get_or_create(
        provider=provider, uid=subject, defaults={"user": person}
    )
    if identity.user_id != person.pk:
        raise AlreadyLinked(_("This identity is linked with another account already."))
    if made:
        record(Verb.USER_IDENTITY_LINKED, by=by, target=person, at=at, provider=provider)
    return identity


@transaction.atomic
def unlink_identity(*, person: User, identity_id: int, by: User, at: datetime) -> None:
    """The identity opens nothing any more; twice is the same as once."""
    _check(person, by)
    found = SocialAccount.objects.select_for_update().filter(pk=identity_id, user=person).first()
    if found is None:
        return
    provider = found.provider
    found.delete()
    record(Verb.USER_IDENTITY_UNLINKED, by=by, target=person, at=at, provider=provider)


def _check(person: User, by: User) -> None:
    if by.pk != person.pk and not can_manage_people(by, person.agency):
        raise PermissionDenied
