"""Passages of a review that a comment, a dissent or a notice is about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from reviews.choices import Letter, PassageKind
from reviews.lanes import clock_text
from reviews.models import Finding, Recommendation, Review, TimelineEntry
from reviews.selectors.parts.timeline import in_order

# "finding 2", as people write it.
ABOUT = re.compile(r"\b(finding|recommendation|سفارش|نتیجہ)\s*(?:no\.?\s*)?(\d+)\b", re.IGNORECASE)
FINDING_WORDS = frozenset({"finding", "نتیجہ"})
SHOWN = 70


@dataclass(frozen=True)
class Passage:
    """A passage by its kind and its own number or letter, and as a person calls it."""

    kind: str
    key: str
    label: str

    @property
    def value(self) -> str:
        """As a form sends it."""
        return f"{self.kind}:{self.key}"


def passages(review: Review) -> list[Passage]:
    """All that can be pointed at, section by section."""
    return [
        *(
            Passage(PassageKind.SECTION, letter, f"{letter} · {Letter(letter).label}")
            for letter in Letter.values
        ),
        *(_of_entry(row) for row in in_order(review)),
        *(_of_finding(row) for row in review.findings.order_by("number")),
        *(
            Passage(
                PassageKind.RECOMMENDATION,
                str(row.pk),
                _short(_("recommendation %(n)d: %(words)s") % {"n": row.number, "words": row.text}),
            )
            for row in review.recommendations.order_by("number")
        ),
    ]


def passage_of(review: Review, kind: str, key: str) -> Passage | None:
    """The passage, if this review holds it."""
    found = (each for each in passages(review) if (each.kind, each.key) == (kind, key))
    return next(found, None)


def passage_named(review: Review, words: str) -> Passage | None:
    """The one finding or recommendation that words such as "finding 2" name, None for several."""
    named = {(word.casefold() in FINDING_WORDS, int(n)) for word, n in ABOUT.findall(words)}
    if len(named) != 1:
        return None
    is_finding, number = named.pop()
    kind = PassageKind.FINDING if is_finding else PassageKind.RECOMMENDATION
    rows = Finding.objects if is_finding else Recommendation.objects
    key = rows.filter(review=review, number=number).values_list("pk", flat=True).first()
    return Passage(kind, str(key), words) if key else None


def named_in(words: str) -> Iterable[tuple[str, int]]:
    """Kinds and numbers that words name, for what was written before passages had a reference."""
    for word, number in ABOUT.findall(words):
        is_finding = word.casefold() in FINDING_WORDS
        yield PassageKind.FINDING if is_finding else PassageKind.RECOMMENDATION, int(number)


def finding_words(finding: Finding) -> str:
    """A finding as the body that it criticises is given it."""
    labelled = (
        ("", finding.title),
        (_("What was expected"), finding.expected),
        (_("What happened"), finding.happened),
        (_("What shows it"), finding.evidence),
    )
    return "\n\n".join(
        f"{label}: {words}" if label else words for label, words in labelled if words
    )


def finding_digest(finding: Finding) -> str:
    """How the finding stands, in whatever language the page is."""
    said = (finding.kind, finding.title, finding.expected, finding.happened, finding.evidence)
    return sha256("\x1f".join(said).encode()).hexdigest()


def _of_finding(row: Finding) -> Passage:
    words = _("finding %(n)d: %(words)s") % {"n": row.number, "words": row.title}
    return Passage(PassageKind.FINDING, str(row.pk), _short(words))


def _of_entry(row: TimelineEntry) -> Passage:
    at = f"{row.on_date or ''} {clock_text(row) if row.at_time else ''}".strip()
    words = _("entry %(at)s: %(words)s") % {"at": at, "words": row.text}
    return Passage(PassageKind.ENTRY, str(row.pk), _short(words))


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
