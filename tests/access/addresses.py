"""Every address that the resolver knows, and what the numbers in it stand for.

An address of a kind that is known is found by itself; one whose numbers mean something new is
refused with a sentence that says what to add.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

# The record that `pk` means: by the address's own name, then by the room that it is in.
BY_NAME = {
    **dict.fromkeys(("brief_detail", "brief_rendering", "brief_retry", "brief_pdf"), "brief"),
    "brief_create": "incident",
    "release_recall": "release",
    "posting_take": "own_post",
    **dict.fromkeys(("posting_change", "posting_end"), "posting"),
    **dict.fromkeys(("group_detail", "group_agency_add", "group_agency_remove"), "group_page"),
    **dict.fromkeys(("agency_detail", "agency-detail"), "agency"),
    **dict.fromkeys(("area_detail", "area-detail"), "area"),
    "sharing-group-detail": "group",
    "event-detail": "event",
    "record_life": "life",
    "password_set": "secret",
    "factor_remove": "own_factor",
    "factors_clear": "factors_of",
    "session_end": "own_session",
    "identity_unlink": "own_identity",
    **dict.fromkeys(("filter_change", "filter_first", "filter_remove"), "own_filter"),
    **dict.fromkeys(("widening_detail", "widening_grant", "widening_refuse"), "widening"),
    **dict.fromkeys(("consent_detail", "consent_grant", "consent_refuse"), "consent"),
    "consent_ask": "incident",
    "notice_detail": "notice",
    "candour_asked": "invitation",
    "statement_withdraw": "statement",
    "mapping_forget": "mapping",
    **dict.fromkeys(("job_retry", "job_cancel"), "job"),
    **{
        f"import_{step}": "import"
        for step in (
            *("detail", "columns", "places", "check", "store", "stop", "resume", "refusals"),
        )
    },
    **dict.fromkeys(
        ("review-section", "review-line-kinds", "review-lines", "review-line"), "review"
    ),
    **{f"export_{step}": "export" for step in ("detail", "cancel", "resume", "file")},
    **{
        f"{kind}-detail": kind
        for kind in ("incident", "evidence", "review", "lesson", "bulletin", "brief")
    },
}
BY_ROOM = {"incidents": "incident", "reviews": "review", "lessons": "lesson"}
BY_ROOM |= {"bulletins": "bulletin"}
# What stands beside `pk`, by the name of the parameter; numbers of the record's own parts.
PARTS = {
    *("dispute_pk", "evidence_pk", "entry_pk", "row_pk", "relation_pk"),
    *("particular_pk", "comment_pk", "number"),
}
WORDS = {
    "letter": "B",
    "slug": "findings",
    "kind": "incident",
    "format": "json",
    "token": "word",
    "tier": "T1",
    "app_label": "reviews",
    "url": "nothing/here",
    "content_type_id": "1",
    "provider_id": "nobody",
    "digest": "0" * 16,
    "organization_slug": "nobody",
}
LIFE_OF = "incidents.incident"


class Unknown(Exception):
    """An address whose numbers mean nothing known yet."""


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver."""

    name: str
    template: str
    params: tuple[str, ...]
    # The kind of record that the address is about; blank for a page without one.
    kind: str

    def filled(self, number: int, parts: dict[str, int]) -> str:
        """The path for the record of this number and its parts."""
        words = WORDS | ({"kind": LIFE_OF} if self.kind == "life" else {})
        values = {"pk": number, "incident_pk": number, "object_id": number, **words, **parts}
        path = self.template
        for param in self.params:
            path = path.replace(f"<{param}>", str(values[param]))
        return path


def addresses() -> list[Address]:
    """All of them; raises Unknown with what to add."""
    return list(_walk(get_resolver(settings.ROOT_URLCONF), "/", ()))


def _walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for each in resolver.url_patterns:
        path = prefix + _plain(str(each.pattern))
        if isinstance(each, URLResolver):
            inner = (*spaces, each.namespace) if each.namespace else spaces
            yield from _walk(each, path, inner)
        elif isinstance(each, URLPattern):
            yield _address(":".join((*spaces, each.name or "")), path)


def _plain(pattern: str) -> str:
    """`<int:pk>` and `(?P<pk>[^/.]+)` are both `<pk>`."""
    text = re.sub(r"<\w+:(\w+)>", r"<\1>", pattern)
    text = re.sub(r"\(\?P(<\w+>)(?:\[[^\]]*\]|[^()\[\]])*\)", r"\1", text)
    return text.replace("/?", "").replace("\\.", ".").replace("^", "").replace("$", "")


def _address(name: str, template: str) -> Address:
    params = tuple(re.findall(r"<(\w+)>", template))
    if params == ("format",) and template.endswith("/<format>"):  # the root of the API
        template = template.replace("/<format>", "/.json")
    unknown = set(params) - PARTS - set(WORDS) - {"pk", "incident_pk", "object_id", "agency_pk"}
    if unknown:
        raise Unknown(
            f"{template} ({name}) holds {', '.join(sorted(unknown))}: say what it stands for in"
            " PARTS or WORDS of tests/access/addresses.py, and make one in"
            " tests/access/children.py."
        )
    return Address(name, template, params, _kind(name, template, params))


def _kind(name: str, template: str, params: tuple[str, ...]) -> str:
    room, _, short = name.rpartition(":")
    if "incident_pk" in params:
        return "incident"
    if "evidence_pk" in params:
        return "evidence_of"
    if "object_id" in params:
        return "category"
    if "pk" not in params:
        return ""
    about_people = "person" if template.startswith("/people/") else None
    kind = BY_NAME.get(short) or BY_ROOM.get(room) or about_people
    if kind is None:
        raise Unknown(
            f"{template} ({name}) is about a record that is not known: name its kind in BY_NAME or"
            " BY_ROOM of tests/access/addresses.py, and say in tests/access/rights.py who may open"
            " it."
        )
    return kind
