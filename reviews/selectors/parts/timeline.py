"""Section D."""

from datetime import date, time
from typing import Any

from reviews.models import Account, Review, TimelineEntry
from reviews.selectors.parts.plain import clock_text, moment_data


def timeline(review: Review) -> dict[str, Any]:
    """What happened, in order."""
    return {"timeline": [_entry(row) for row in in_order(review)]}


def in_order(review: Review) -> list[TimelineEntry]:
    """Entries by day and clock time; what has no time stands where it was entered in its day."""
    rows = list(review.timeline.prefetch_related("accounts"))
    return sorted(rows, key=_place)


def accounts_of(entry: TimelineEntry) -> list[Account]:
    """Its accounts in the order they were given."""
    return sorted(entry.accounts.all(), key=lambda each: (each.position, each.pk))


def _place(entry: TimelineEntry) -> tuple[Any, ...]:
    return (
        entry.on_date is None,
        entry.on_date or date.min,
        entry.at_time is None,
        entry.at_time or time.min,
        entry.position,
        entry.pk,
    )


def _entry(row: TimelineEntry) -> dict[str, Any]:
    return {
        **moment_data(row),
        "phase": row.phase,
        "kind": row.kind,
        "acting": row.acting,
        "told": row.told,
        "text": row.text,
        "source": row.source,
        "grade": row.grade,
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
