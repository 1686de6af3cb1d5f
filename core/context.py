"""What the frame of every page needs: where one is, who one is, which language, which example."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core import text

Rooms = tuple[tuple[str, str, str, frozenset[str]], ...]
EVERYBODY: frozenset[str] = frozenset()
AUDIT_ROLES = frozenset({"AUDITOR", "AGENCY_ADMIN"})
ADMIN_ROLES = frozenset({"AGENCY_ADMIN", "SYSTEM_ADMIN"})
# (words, URL name, first part of its path, the roles it is for)
ROOMS: Rooms = (
    (gettext_noop("Home"), "home", "", EVERYBODY),
    (gettext_noop("Incidents"), "incidents:incident_list", "incidents", EVERYBODY),
    (gettext_noop("Reviews"), "reviews:review_list", "reviews", EVERYBODY),
    (gettext_noop("Lessons"), "lessons:lesson_list", "lessons", EVERYBODY),
    (gettext_noop("Bulletins"), "bulletins:bulletin_list", "bulletins", EVERYBODY),
    (gettext_noop("People"), "person_list", "people", ADMIN_ROLES),
    (gettext_noop("Audit"), "audit:event_list", "audit", AUDIT_ROLES),
)
# What one looks up: at the foot of every page.
REFERENCE: Rooms = (
    (gettext_noop("Places"), "places:area_list", "places", EVERYBODY),
    (gettext_noop("Agencies"), "agencies:agency_list", "agencies", EVERYBODY),
)


@dataclass(frozen=True)
class NavItem:
    """One word of the main navigation."""

    label: str
    url: str
    here: bool


@dataclass(frozen=True)
class Language:
    """The language that the switch offers: its code, its own name, its direction."""

    code: str
    name: str
    direction: str


@dataclass(frozen=True)
class Frame:
    """The furniture of a page."""

    deployment: str
    example_mode: bool
    direction: str
    other_language: Language
    signed_in: bool
    post: str
    agency: str
    # Whether the person holds another post that they could act in.
    may_switch: bool
    nav: tuple[NavItem, ...]
    reference: tuple[NavItem, ...]


ENGLISH = Language("en", "English", "ltr")
URDU = Language("ur", "اردو", "rtl")


def _nav(request: HttpRequest, role: str, rooms: Rooms = ROOMS) -> tuple[NavItem, ...]:
    here = request.path_info.strip("/").partition("/")[0]
    items = []
    for label, name, prefix, roles in rooms:
        if roles and role not in roles:
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:  # a room that this deployment does not have
            continue
        items.append(NavItem(str(_(label)), url, here == prefix))
    return tuple(items)


def _agency(user: Any) -> str:
    return str(getattr(getattr(user, "agency", None), "label", ""))


def build_frame(request: HttpRequest) -> Frame:
    """The frame for one request."""
    user: Any = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    role = str(getattr(user, "role", ""))
    urdu = text.language() == "ur"
    return Frame(
        deployment=str(_("After-action reviews")),
        example_mode=settings.EXAMPLE_MODE,
        direction="rtl" if urdu else "ltr",
        other_language=ENGLISH if urdu else URDU,
        signed_in=signed_in,
        post=str(getattr(user, "post", "")) if signed_in else "",
        agency=_agency(user) if signed_in else "",
        may_switch=signed_in and bool(getattr(user, "may_switch", False)),
        nav=_nav(request, role) if signed_in else (),
        reference=_nav(request, role, REFERENCE) if signed_in else (),
    )


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame`, made only when a template asks for it."""
    return {"frame": SimpleLazyObject(lambda: build_frame(request))}
