"""Section D."""

from typing import Any

from django.db.models import Prefetch

from agencies.choices import TLP, Classification
from reviews.models import Account, EntryEvidence, Review, TimelineEntry
from reviews.selectors.parts.plain import clock_text, moment_data
from reviews.timeline_order import in_place


def timeline(review: Review) -> dict[str, Any]:
    """What happened, in order."""
    links = EntryEvidence.objects.select_related("evidence").order_by("evidence_id")
    rows = review.timeline.select_related("acting_agency", "told_agency").prefetch_related(
        "accounts", Prefetch("shown_by", links)
    )
    return {"timeline": [_entry(row, review) for row in in_place(rows)]}


def in_order(review: Review) -> list[TimelineEntry]:
    """Entries by day and clock time; what has no time stands where it was set in its day."""
    return in_place(review.timeline.prefetch_related("accounts"))


def accounts_of(entry: TimelineEntry) -> list[Account]:
    """Its accounts in the order they were given."""
    return sorted(entry.accounts.all(), key=lambda each: (each.position, each.pk))


def _entry(row: TimelineEntry, review: Review) -> dict[str, Any]:
    began, ended = row.began, row.ended
    return {
        **moment_data(row),
        # Seconds by which the clock of the source ran fast, and the moment put right.
        "clock_offset": row.clock_offset,
        "began": began.isoformat() if began else "",
        "ended": ended.isoformat() if ended else "",
        "phase": row.phase,
        "kind": row.kind,
        "acting": row.acting,
        "acting_agency": row.acting_agency.code if row.acting_agency else "",
        "told": row.told,
        "told_agency": row.told_agency.code if row.told_agency else "",
        "text": row.text,
        "decided": row.decided,
        "because": row.because,
        "authority": row.authority,
        "milestone": row.milestone,
        "is_public": row.is_public,
        "source": row.source,
        "source_kind": row.source_kind,
        "grade": row.grade,
        "evidence": _evidence(row, review),
        "settled": row.settled,
        "accounts": [
            {
                "by": account.by,
                "said": account.said,
                "time": clock_text(account.at_time),
                "source": account.source,
                "grade": account.grade,
            }
            for account in accounts_of(row)
        ],
    }


def _evidence(row: TimelineEntry, review: Review) -> list[str]:
    """The hashes of what shows it; of a piece marked higher than the review, nothing."""
    return [
        link.evidence.sha256
        for link in row.shown_by.all()
        if TLP(link.evidence.tlp).rank <= TLP(review.tlp).rank
        and Classification(link.evidence.classification).rank
        <= Classification(review.classification).rank
        and set(link.evidence.caveats) <= set(review.caveats)
    ]
