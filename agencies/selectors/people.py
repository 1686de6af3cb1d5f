"""People and groups, as far as an admin keeps them."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from agencies import policies
from agencies.models import Agency, Posting, SharingGroup, User
from core import keyset

KEY = ("joined_at", "id")
# (word of the address, whether the account is open)
SHOWS = {"open": True, "closed": False}


@dataclass(frozen=True)
class Keeping:
    """What an admin may do with one person: which buttons the page has."""

    is_self: bool
    account: bool
    give: bool
    # Numbers of the live posts that may be changed and ended.
    posts: frozenset[int]
    elsewhere: bool


def people_page(user: User, *, show: str, words: str, cursor: str) -> keyset.Page[User]:
    """One page of the people that `user` keeps, the newest first, each with the posts to show."""
    people = User.objects.visible_to(user).filter(is_active=SHOWS[show])
    if words:
        people = people.filter(
            Q(name__icontains=words) | Q(email__icontains=words) | Q(post__icontains=words)
        )
    posts = Posting.objects.visible_to(user).live().select_related("agency").order_by("pk")
    people = people.select_related("agency").prefetch_related(
        Prefetch("postings", queryset=posts, to_attr="shown")
    )
    return keyset.page(people, KEY, cursor=cursor)


def postings_shown(user: User, person: User) -> QuerySet[Posting]:
    """The posts of a person that `user` may see, live ones first, then by when they ended."""
    return (
        Posting.objects.visible_to(user)
        .filter(person=person)
        .select_related("agency", "given_by", "ended_by")
        .prefetch_related("areas")
        .order_by("-ended_at", "pk")
    )


def keeping(user: User, person: User) -> Keeping:
    """What `user` may do with `person`. Says too when the person has posts out of sight."""
    live = list(Posting.objects.of(person))
    seen = policies.can_manage_people
    return Keeping(
        is_self=user.pk == person.pk,
        account=policies.can_keep_account(user, person, live),
        give=policies.can_give_another(user, person, live),
        posts=frozenset(each.pk for each in live if policies.can_keep_posting(user, each)),
        elsewhere=any(not seen(user, each.agency) for each in live),
    )


def groups_of(user: User) -> QuerySet[SharingGroup]:
    """Sharing groups with their agencies, by name."""
    members = Prefetch("agencies", queryset=Agency.objects.order_by("name"))
    return SharingGroup.objects.kept_by(user).prefetch_related(members).order_by("name")
