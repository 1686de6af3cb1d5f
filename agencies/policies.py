"""Who may do what to people. docs/access.md says the same in words."""

from collections.abc import Iterable

from agencies.choices import Classification, Role
from agencies.models import Agency, Posting, User, allowed_classifications

# What the admin of an agency may hand out. The others watch or keep the whole deployment.
AGENCY_ROLES = (
    Role.INVESTIGATOR,
    Role.COMMANDER,
    Role.RELEASE_OFFICER,
    Role.AGENCY_ADMIN,
)


def keeps_people(user: User) -> bool:
    """System admins and the admins of agencies."""
    return user.is_active and user.role in {Role.SYSTEM_ADMIN, Role.AGENCY_ADMIN}


def keeps_groups(user: User) -> bool:
    """Sharing groups cross agencies, so system admins alone keep them."""
    return user.is_active and user.role == Role.SYSTEM_ADMIN


def can_manage_people(user: User, agency: Agency) -> bool:
    """System admins manage everybody; an agency's admin its own people."""
    if not user.is_active:
        return False
    if user.role == Role.SYSTEM_ADMIN:
        return True
    return user.role == Role.AGENCY_ADMIN and user.agency_id == agency.pk


def clears_factors(user: User, person: User) -> bool:
    """What somebody has lost, another clears: an admin of the agency they act in."""
    return user.pk != person.pk and can_manage_people(user, person.agency)


def roles_to_give(user: User) -> list[Role]:
    """The roles that `user` may hand out."""
    if not keeps_people(user):
        return []
    return list(Role) if user.role == Role.SYSTEM_ADMIN else list(AGENCY_ROLES)


def clearances_to_give(user: User) -> list[Classification]:
    """An agency's admin clears nobody above themselves; nobody above what may be held here."""
    if not keeps_people(user):
        return []
    allowed = allowed_classifications()
    if user.role == Role.SYSTEM_ADMIN:
        return allowed
    return [each for each in allowed if each.rank <= Classification(user.clearance).rank]


def can_give_posting(user: User, agency: Agency, role: str) -> bool:
    """Give a post of this role in this agency."""
    return can_manage_people(user, agency) and role in roles_to_give(user)


def can_give_another(user: User, person: User, postings: Iterable[Posting]) -> bool:
    """Give a person one more post: an agency's admin only to whom the agency has none for now."""
    if user.pk == person.pk or not keeps_people(user):
        return False
    own = user.agency_id
    return user.role == Role.SYSTEM_ADMIN or all(each.agency_id != own for each in postings)


def can_keep_posting(user: User, posting: Posting) -> bool:
    """Change or end a post that somebody else holds; one's own is never one's own affair."""
    return user.pk != posting.person_id and can_give_posting(user, posting.agency, posting.role)


def can_keep_account(user: User, person: User, postings: Iterable[Posting]) -> bool:
    """Name, clearance, closing and the link that sets a password: all of what a person is here.

    An agency's admin keeps the accounts that lie within the agency and below their own reach: a
    link to set the password of somebody with more would be a way to more.
    """
    if user.pk == person.pk or not keeps_people(user):
        return False
    if user.role == Role.SYSTEM_ADMIN:
        return True
    posts = [(person.agency_id, person.role)] + [(p.agency_id, p.role) for p in postings]
    return (
        all(agency == user.agency_id and role in AGENCY_ROLES for agency, role in posts)
        and Classification(person.clearance).rank <= Classification(user.clearance).rank
    )


def keeps_account(user: User, person: User) -> bool:
    """The same, of all posts that the person holds."""
    return can_keep_account(user, person, Posting.objects.of(person))


def keeps_live_posting(user: User, posting: Posting) -> bool:
    """A post that has ended is nobody's to change."""
    return can_keep_posting(user, posting) and posting.ended_at is None
