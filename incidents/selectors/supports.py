"""Evidence beside the facts that it supports, and the facts in words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.text import isolated, language, short_date
from incidents.choices.files import EvidenceState
from incidents.models import (
    CasualtyCount,
    Claim,
    Evidence,
    Fact,
    FactAccount,
    Incident,
    LogEntry,
    Support,
)
from incidents.models.supports import TARGETS

# As much of a fact as a line of choices shows.
LETTERS = 110
# Where each kind stands on the page of the incident.
ANCHORS = {
    "fact": "reported",
    "count": "casualties",
    "claim": "facts",
    "account": "disputed",
    "entry": "log",
}
Pieces = dict[str, dict[int, list[Evidence]]]
Choice = tuple[str, str]


@dataclass(frozen=True)
class Supported:
    """A fact that a piece is attached to."""

    support: Support
    words: str
    anchor: str


def live(pieces: Sequence[Evidence]) -> list[Evidence]:
    """Those that may support something."""
    return [
        each for each in pieces if each.withdrawn_at is None and each.state != EvidenceState.REFUSED
    ]


def pieces_by_fact(pieces: Sequence[Evidence]) -> Pieces:
    """Of the pieces that a reader was found to see: what each supports. One query."""
    shown = {each.pk: each for each in live(pieces)}
    found: Pieces = {what: defaultdict(list) for what in TARGETS}
    for support in Support.objects.filter(evidence__in=shown).order_by("id"):
        found[support.what][support.number].append(shown[support.evidence_id])
    return found


def supported_by(evidence: Evidence) -> list[Supported]:
    """The facts that a piece is attached to, as they were attached."""
    rows = evidence.supports.select_related(
        "fact", "count__source", "claim", "account__dispute", "entry", "attached_by"
    )
    return [
        Supported(row, words_of(getattr(row, row.what)), ANCHORS[row.what])
        for row in rows.order_by("id")
    ]


def supportable_choices(incident: Incident) -> list[tuple[str, list[Choice]]]:
    """Every fact of an incident in words, by kind; the key says kind and number: `fact-12`."""
    groups = (
        (
            "count",
            _("Casualty counts"),
            incident.casualty_counts.in_order().select_related("source"),
        ),
        ("claim", _("Claims and denials"), incident.claims.order_by("id")),
        ("account", _("Accounts of disputed facts"), _accounts(incident)),
        ("entry", _("What happened"), incident.log.order_by("position", "id")),
        ("fact", _("Reported facts"), incident.facts.order_by("position", "id")),
    )
    choices = [
        (str(label), [(f"{what}-{row.pk}", words_of(row)) for row in rows])
        for what, label, rows in groups
    ]
    return [(label, found) for label, found in choices if found]


def _accounts(incident: Incident) -> Any:
    accounts = FactAccount.objects.filter(dispute__incident=incident).select_related("dispute")
    return accounts.order_by("dispute__position", "dispute_id", "position", "id")


def words_of(fact: Any) -> str:
    """A single fact in a line."""
    said: tuple[str, ...]
    match fact:
        case CasualtyCount():
            return count_words(fact)
        case Claim():
            said = (str(fact.get_kind_display()), fact.who, fact.what)
        case FactAccount():
            said = (fact.dispute.name, fact.said)
        case LogEntry():
            said = (short_date(fact.on_date) if fact.on_date else "", fact.text)
        case Fact():
            said = (fact.text,)
    return Truncator(": ".join(filter(None, said))).chars(LETTERS)


def count_words(count: CasualtyCount) -> str:
    """A count as people name it: `60 Killed, Arab News, 4 Oct 2023`."""
    said_by = count.reported_by or (count.source.title if count.source else "")
    day = short_date(count.as_of) if count.as_of else count.as_of_text
    what = f"{isolated(count.text)} {count.get_state_display()}"
    comma = "، " if language() == "ur" else ", "
    return comma.join(filter(None, (what, said_by and isolated(said_by), day)))
