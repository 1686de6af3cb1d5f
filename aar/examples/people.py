"""One person a role in three agencies, a fourth agency that watches, and one with two posts."""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.db import transaction

from agencies.actions.people import create_user
from agencies.actions.signing import set_up_totp
from agencies.choices import Classification, Role
from agencies.models import Agency, Posting, User
from agencies.sessions import end_sessions
from agencies.signing.factors import has_factor, must_have_factor
from audit.choices import Verb
from audit.record import record
from places.models import Area


@dataclass(frozen=True)
class Post:
    """A post that the examples fill."""

    agency: str
    role: Role
    title: str
    province: str = ""
    clearance: Classification = Classification.CONFIDENTIAL

    @property
    def email(self) -> str:
        """`commander@kp-police.example`: a domain that can never receive mail (RFC 2606)."""
        return f"{self.role.lower().replace('_', '-')}@{self.agency.lower()}.example"


POSTS = (
    Post("BL-POLICE", Role.INVESTIGATOR, "Inspector, Kalat Range (example)", "PK2"),
    Post("BL-POLICE", Role.COMMANDER, "DIG, Kalat Range (example)", "PK2"),
    Post("BL-POLICE", Role.RELEASE_OFFICER, "Release officer (example)"),
    Post("BL-POLICE", Role.AGENCY_ADMIN, "Agency admin (example)"),
    Post("KP-POLICE", Role.INVESTIGATOR, "Inspector, Kohat Region (example)", "PK5"),
    Post("KP-POLICE", Role.COMMANDER, "RPO, Kohat Region (example)", "PK5"),
    Post("KP-POLICE", Role.RELEASE_OFFICER, "Release officer (example)"),
    Post("BL-LEVIES", Role.COMMANDER, "Commandant (example)", "PK2"),
    Post("SD-POLICE", Role.INVESTIGATOR, "Inspector, Karachi South (example)", "PK7"),
    Post("SD-POLICE", Role.COMMANDER, "DIG, Karachi South (example)", "PK7"),
    Post("APEX-F", Role.AUDITOR, "Auditor (example)"),
    Post("MOI", Role.SYSTEM_ADMIN, "System admin (example)", "", Classification.UNMARKED),
)
# Who holds the post first named holds the second as well, and says which they act in.
SECOND_POSTS = (
    (
        Post("BL-POLICE", Role.COMMANDER, ""),
        Post("APEX-F", Role.COMMANDER, "Member for Balochistan (example)"),
    ),
)


def person(agency: str, role: Role) -> User:
    """The example person who holds this role in this agency. Raises User.DoesNotExist."""
    return User.objects.get(agency__code=agency, role=role, is_example=True)


def load(*, at: datetime, signins: Path) -> int:
    """Make the example people that are not there, and write their sign-ins to `signins`.

    Each deployment makes its own random passwords; they are kept from run to run.
    """
    known = _read(signins)
    made = 0
    for post in POSTS:
        if _stands(post, known):
            continue
        known[post.email] = _sign_in(post, at=at)
        made += 1
    for first, second in SECOND_POSTS:
        _post_too(first, second, at=at)
    if made:
        _write(signins, [known[post.email] for post in POSTS if post.email in known])
    return made


def _stands(post: Post, known: dict[str, dict[str, str]]) -> bool:
    """Nothing to do: the person is there, or an admin has ended every post of theirs."""
    people = User.objects.filter(email=post.email)
    if people.filter(posting__ended_at__isnull=False).exists():
        return True
    return post.email in known and _is_ready(post.email)


@transaction.atomic
def _post_too(first: Post, second: Post, *, at: datetime) -> None:
    """Give the second post once; where an admin has ended it, it stays ended."""
    holder = User.objects.get(email=first.email, is_example=True)
    agency = Agency.objects.get(code=second.agency)
    if holder.postings.filter(agency=agency).exists():
        return
    posting = Posting.objects.create(
        person=holder, agency=agency, role=second.role, post=second.title, given_at=at
    )
    record(Verb.POSTING_GIVEN, by=None, target=posting, at=at, person=holder.pk, role=second.role)


@transaction.atomic
def close(*, at: datetime) -> int:
    """Close the accounts that an earlier run in example mode left; how many were open."""
    left = list(User.objects.filter(is_example=True, is_active=True))
    for user in left:
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_sessions(user)
        record(Verb.USER_CHANGED, by=None, target=user, at=at, is_active=False)
    return len(left)


@transaction.atomic
def _sign_in(post: Post, *, at: datetime) -> dict[str, str]:
    password = secrets.token_urlsafe(12)
    agency = Agency.objects.get(code=post.agency)
    user = User.objects.filter(email=post.email, is_example=True).first()
    if user is None:
        user = create_user(
            email=post.email,
            password=password,
            name="Example",
            post=post.title,
            agency=agency,
            role=post.role,
            clearance=post.clearance,
            areas=Area.objects.filter(code=post.province, level="PROVINCE"),
            by=None,
            at=at,
        )
    else:
        user.set_password(password)
    user.is_example = user.is_active = True
    user.save(update_fields=["is_example", "is_active", "password"])
    secret = generate_totp_secret() if must_have_factor(user) else ""
    if secret:
        set_up_totp(user=user, secret=secret, at=at)
    return {
        "role": post.role.value,
        "post": post.title,
        "agency": agency.name,
        "email": post.email,
        "password": password,
        "second_factor": secret,
    }


def _is_ready(email: str) -> bool:
    """Whether the person is there, open, and has the second factor that the role must have."""
    user = User.objects.filter(email=email, is_active=True).first()
    return user is not None and (has_factor(user) or not must_have_factor(user))


def _read(signins: Path) -> dict[str, dict[str, str]]:
    try:
        rows: list[dict[str, str]] = json.loads(signins.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {row["email"]: row for row in rows}


def _write(signins: Path, rows: list[dict[str, str]]) -> None:
    draft = signins.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(draft, signins)  # noqa: PTH105 - atomic on one file system
