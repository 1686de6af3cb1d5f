"""Lists of a review that every reader asks for alike, in a statement that is planned once.

The database guards each list by the whole rule of who reads a review, so that planning such a
statement takes it many times as long as answering. What the statement asks must depend on nothing
but the number of the review: it is put into SQL once in a process, and the database keeps its plan
for as long as the connection lasts. Row-level security is asked at each answer, as ever.
"""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db import connection

from reviews.models import Review
from reviews.selectors.gathering import Lists, Shape, rows_as_json

# No row has these numbers; where they stand in the statement, those of a review are put.
STAND_IN = Review(pk=-9_007_199_254_740_993, incident_id=-9_007_199_254_740_995)
PLACES = {STAND_IN.pk: "$1", STAND_IN.incident_id: "$2"}


class Prepared:
    """The lists that `asking` names. It is given a review of which only two numbers can be read."""

    def __init__(self, asking: Callable[[Review], Lists]) -> None:
        self._asking = asking

    def gathered(self, review: Review) -> dict[str, list[Any]]:
        """The rows of every list, each in its order. Raises Review.DoesNotExist where unseen."""
        with connection.cursor() as cursor:
            # Asked, not remembered: a pooler may lend another connection for each transaction.
            cursor.execute(
                "SELECT set_config('plan_cache_mode', 'force_generic_plan', true),"
                " EXISTS (SELECT FROM pg_prepared_statements WHERE name = %s)",
                [self._name],
            )
            if not cursor.fetchone()[1]:
                cursor.execute(f"PREPARE {self._name} (bigint, bigint) AS {self._sql}")
            cursor.execute(f"EXECUTE {self._name} (%s, %s)", [review.pk, review.incident_id])
            told = cursor.fetchone()
        if told is None:
            raise Review.DoesNotExist
        return {
            name: [shape.row(each) for each in json.loads(f"[{','.join(rows)}]")]
            for (name, shape), rows in zip(self._shapes.items(), told, strict=True)
        }

    @cached_property
    def _lists(self) -> Lists:
        return self._asking(STAND_IN)

    @cached_property
    def _shapes(self) -> Mapping[str, Shape]:
        return {name: Shape.of(rows) for name, rows in self._lists.items()}

    @cached_property
    def _sql(self) -> str:
        """The statement; all in it but the two numbers is the same for everybody."""
        columns = rows_as_json(self._lists, self._shapes)
        whole = Review.objects.filter(pk=STAND_IN.pk).annotate(**columns).values(*columns)
        sql, params = whole.query.sql_with_params()
        first, *rest = sql.split("%s")
        text = "".join(
            PLACES.get(each, "%s") + piece for each, piece in zip(params, rest, strict=True)
        )
        constants = [each for each in params if each not in PLACES]
        ops: Any = connection.ops
        return str(ops.compose_sql(first + text, constants))

    @cached_property
    def _name(self) -> str:
        return f"aar_{sha256(self._sql.encode()).hexdigest()[:24]}"
