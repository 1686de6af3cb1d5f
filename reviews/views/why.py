"""Section E on its pages: causes drawn and told, findings in the order that was asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agencies.models.marking import Person
from reviews import selectors
from reviews.causes import Link
from reviews.choices import CauseKind
from reviews.models import Review
from reviews.rendering_causes import cause_graph
from reviews.views.parts import finding_page

Url = Callable[[int], str]


@dataclass(frozen=True)
class Step:
    """A link in words: which finding did what to which, and where both are read."""

    link: Link
    did: str
    cause: str
    cause_url: str
    effect: str
    effect_url: str


@dataclass(frozen=True)
class Graph:
    """A chain of causes, drawn and told."""

    svg: SafeString
    steps: list[Step]
    findings: int


def cause_graphs(why: selectors.Why, url_of: Url) -> list[Graph]:
    """Each chain of causes as a picture and as its links in words."""
    titles = why.titles
    return [
        Graph(
            svg=cause_graph(chain, url_of=url_of, uid=f"cg{place}"),
            steps=[_step(link, titles, url_of) for link in chain.links],
            findings=len(chain.boxes),
        )
        for place, chain in enumerate(why.chains)
    ]


def _step(link: Link, titles: dict[int, str], url_of: Url) -> Step:
    return Step(
        link=link,
        did=str(CauseKind(link.kind).label),
        cause=titles[link.cause],
        cause_url=url_of(link.cause),
        effect=titles[link.effect],
        effect_url=url_of(link.effect),
    )


def why_context(review: Review, user: Person, asked: str) -> dict[str, Any]:
    """The section as it is written: findings in a list, by what was asked for."""
    why = selectors.why_of(review, user)
    by = asked if asked in selectors.WAYS else ""
    numbers = why.numbers
    ways = [
        ("", _("in order")),
        ("kind", _("by kind")),
        ("category", _("by category")),
        ("phase", _("by phase")),
    ]
    return {
        "why": why,
        "by": by,
        "ways": ways,
        "groups": selectors.grouped(why.lines, by),
        "graphs": cause_graphs(why, lambda number: finding_page(review, numbers[number])),
    }
