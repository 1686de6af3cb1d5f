"""Rows of many kinds in one query, for pages that read a whole review.

A page names each list that it needs as a queryset: filtered, in order, with `select_related` for
what each row names. All are answered by one statement, an array of JSON rows for each list. They
are ordinary queries: row-level security shows each reader what it shows them otherwise.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    CharField,
    F,
    Field,
    ForeignKey,
    Func,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    TextField,
)
from django.db.models.functions import JSONObject

from reviews.models import Review

Line = TypeVar("Line", bound=Model)
# Lists by name, to be asked for together.
Lists = dict[str, "QuerySet[Any]"]
Found = Mapping[str, list[Any]]
# What is the same in JSON as in Python.
PLAIN = (ArrayField, BooleanField, CharField, ForeignKey, IntegerField, JSONField, TextField)


def gathered(review: Review, **asked: "QuerySet[Any]") -> dict[str, list[Any]]:
    """The rows of every queryset asked for, each in its order, in one query.

    `select_related` is followed; annotations and `only` are not.
    """
    read = {name: Shape.of(rows) for name, rows in asked.items()}
    columns = rows_as_json(asked, read)
    told: dict[str, Any] = dict(
        Review.objects.filter(pk=review.pk).annotate(**columns).values(*columns).get()
    )
    return {
        name: [shape.row(each) for each in told[f"{name}_rows"]] for name, shape in read.items()
    }


def rows_as_json(asked: Lists, read: "Mapping[str, Shape]") -> dict[str, ArraySubquery]:
    """Columns of one row of a review, `…_rows` for each list."""
    return {
        f"{name}_rows": ArraySubquery(rows.values(as_told=read[name].as_json()))
        for name, rows in asked.items()
    }


def under(rows: Iterable[Line], name: str) -> dict[Any, list[Line]]:
    """The rows by one of their values, such as the number of what they hang from."""
    found: dict[Any, list[Line]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def hold(row: Model, **lists: list[Any]) -> None:
    """Let a row hold what hangs from it, as if it had been prefetched: `row.accounts.all()`."""
    held: dict[str, Any] = row.__dict__.setdefault("_prefetched_objects_cache", {})
    held.update(lists)


class _Whole(Func):
    """The whole row of the table that a column belongs to: planned once, not column by column."""

    output_field = JSONField()

    def as_sql(  # type: ignore[override]
        self, compiler: Any, _connection: Any, **_context: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        (column,) = self.get_source_expressions()
        return f"to_jsonb({compiler.quote_name_unless_alias(column.alias)}.*)", ()


class Shape:
    """The columns of one model, and of what its rows name, as they lie in JSON."""

    def __init__(self, model: type[Model], follow: Mapping[str, Any], path: str = "") -> None:
        fields = model._meta.concrete_fields
        self.model = model
        self.path = path
        self.names = [each.attname for each in fields]
        # A row whose model inherits lies in two tables; a key alone would not join the table.
        self.tables = {
            each.model._meta.db_table: each.name for each in fields if not each.primary_key
        }
        self.columns = [(each.model._meta.db_table, each.column, _maker(each)) for each in fields]
        self.named: dict[str, Shape] = {}
        for name, further in follow.items():
            other = model._meta.get_field(name).related_model
            self.named[name] = Shape(other, further, f"{path}{name}__")  # type: ignore[arg-type]

    @classmethod
    def of(cls, rows: "QuerySet[Any]") -> "Shape":
        """The shape of the rows of a queryset."""
        followed = rows.query.select_related
        return cls(rows.model, followed if isinstance(followed, dict) else {})

    def as_json(self) -> JSONObject:
        """The row by its table, what it names by the name."""
        tables = {table: _Whole(F(f"{self.path}{name}")) for table, name in self.tables.items()}
        return JSONObject(**tables, **{name: each.as_json() for name, each in self.named.items()})

    def row(self, told: Mapping[str, Any]) -> Any:
        """The row that the database told; None where nothing was named."""
        if any(told[table] is None for table in self.tables):
            return None
        values = [
            maker(told[table][column]) if maker else told[table][column]
            for table, column, maker in self.columns
        ]
        made = self.model.from_db("default", self.names, values)
        for name, shape in self.named.items():
            made._state.fields_cache[name] = shape.row(told[name])
        return made


def _maker(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    return None if isinstance(field, PLAIN) else field.to_python
