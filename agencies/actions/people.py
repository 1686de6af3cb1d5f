"""People: adding them, and the record of their coming and going."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied

from agencies.choices import Classification, Role
from agencies.lock import deed
from agencies.models import Agency, User
from agencies.policies import can_give_posting, clearances_to_give
from audit.choices import Verb
from audit.record import record
from places.models import Area


@deed
def create_user(
    *,
    email: str,
    password: str | None,
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

    Without a password the person gets in by a link. Raises ValidationError when the password is
    weak, PermissionDenied when `by` may not.
    """
    if by is not None and not can_give_posting(by, agency, role):
        raise PermissionDenied
    if by is not None and clearance not in clearances_to_give(by):
        raise PermissionDenied
    if password is not None:
        validate_password(password)
    user = User.objects.create_user(
        email=email,
        password=password,
        name=name,
        post=post,
        agency=agency,
        role=role,
        clearance=clearance,
        given_by=by,
        given_at=at,
    )
    user.posting.areas.set(areas)
    record(
        Verb.USER_CREATED,
        by=by,
        target=user,
        at=at,
        role=role,
        agency=agency.code,
        clearance=clearance,
    )
    return user
