"""Which document is made next: decided by the database at the moment a worker is free.

Flash goes first, then what somebody asked for singly, then what is one of many. Within a class
agencies take turns: first whose documents fewest workers are at, then who was served longest ago;
within an agency, in the order it was asked. So a thousand of one agency hold up no other.
"""

from datetime import datetime

from django.db import connection, transaction

# Claims are made one after the other, so that two workers free at once take different turns.
CLAIMING = 0x4141_5251
# The first class in which any waits; in it one step of an index for each agency, and no look at
# the rest.
NEXT = """
UPDATE bulletins_rendering SET state = 'RENDERING', attempts = attempts + 1,
    claimed_at = %(at)s, worker = %(worker)s
WHERE id = (SELECT id FROM bulletins_rendering WHERE state = 'WAITING' AND id = (
    SELECT head.id
    FROM (
        SELECT r.priority FROM bulletins_rendering r
        WHERE r.state = 'WAITING' AND (r.attempts = 0 OR r.queued_at <= %(at)s)
        ORDER BY r.priority LIMIT 1
    ) class
    CROSS JOIN agencies_agency a
    CROSS JOIN LATERAL (
        SELECT r.id, r.queued_at FROM bulletins_rendering r
        WHERE r.state = 'WAITING' AND r.priority = class.priority AND r.agency_id = a.id
            AND (r.attempts = 0 OR r.queued_at <= %(at)s)
        ORDER BY r.queued_at, r.id LIMIT 1
    ) head
    ORDER BY
        (SELECT count(*) FROM bulletins_rendering r
            WHERE r.state = 'RENDERING' AND r.agency_id = a.id),
        (SELECT max(r.claimed_at) FROM bulletins_rendering r WHERE r.agency_id = a.id) NULLS FIRST,
        head.queued_at, head.id
    LIMIT 1
) FOR UPDATE SKIP LOCKED)
RETURNING id
"""


def claim_next(*, worker: str, at: datetime) -> int | None:
    """The rendering that is this worker's from now on; None where none waits. Asked as machine."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIMING])
        cursor.execute(NEXT, {"at": at, "worker": worker})
        row = cursor.fetchone()
    return row[0] if row else None
