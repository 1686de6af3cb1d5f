"""Many rows of one table in one statement with one value.

Django's own `bulk_create` sends each cell as a value of its own, which takes longer than PostgreSQL
takes to store the rows. COPY would be as fast and is not allowed under row-level security.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django.db import connection, models
from psycopg import sql


def insert(
    model: type[models.Model], rows: Sequence[Mapping[str, Any]], *, known_by: str = ""
) -> dict[Any, int]:
    """Store new rows of a model; their numbers by the column `known_by`, where it is named.

    A row is what its columns hold; what is not said is as the model has it. Triggers, constraints
    and row-level security hold as for any INSERT; signals are not sent.
    """
    if not rows:
        return {}
    options = model._meta
    fields = [
        field
        for field in options.concrete_fields
        if not field.primary_key and field.db_default is models.NOT_PROVIDED
    ]
    unsaid = {str(field.column): field.get_default() for field in fields}
    payload = [{**unsaid, **row} for row in rows]
    table = sql.Identifier(options.db_table)
    columns = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    statement = sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {columns}"
        " FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
    ).format(table=table, columns=columns)
    if known_by:
        key = sql.Identifier(known_by)
        statement += sql.SQL(" RETURNING {key}, {pk}").format(
            key=key, pk=sql.Identifier(str(options.pk.column))
        )
    with connection.cursor() as cursor:
        cursor.execute(statement, [ENCODER.encode(payload)])
        return dict(cursor.fetchall()) if known_by else {}


def _plain(value: Any) -> str:
    """What JSON has no word for, as PostgreSQL reads it."""
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be stored in bulk")


ENCODER = json.JSONEncoder(default=_plain, ensure_ascii=False)
