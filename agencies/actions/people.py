"""People: adding them, and the record of their coming and going."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.db import transaction

from agencies.choices import Classification, Role
from agencies.models import Agency, User
from agencies.policies import can_manage_people
from audit.choices import Verb
from audit.record import record
from places.models import Area


@transaction.atomic
def create_user(
    *,
    email: str,
    password: str,
    name: str,
    post: str,
    agency: Agency,
    role: Role,
    by: User | None,
    at: datetime,
    clearance: Classification = Classification.RESTRICTED,
    areas: Iterable[Area] = (),
) -> User:
    """Give a person a post and a sign-in; `by` is None only when the first people are set up.

    Raises ValidationError when the password is weak, PermissionDenied when `by` may not.
    """
    if by is not None and not can_manage_people(by, agency):
        raise PermissionDenied
    validate_password(password)
    user = User.objects.create_user(
        email=email,
        password=password,
        name=name,
        post=post,
        agency=agency,
        role=role,
        clearance=clearance,
    )
    user.areas.set(areas)
    record(Verb.USER_CREATED, by=by, target=user, at=at, role=role, agency=agency.code)
    return user
