"""What a change of a row changed, as a reader sees it: column by column, word by word."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from audit.models import Event

# Shorter values are shown whole, the old one and the new one.
SHORT = 40
# Comparing longer texts word by word takes too long for a page.
LONG = 20_000
NOTHING = "–"


@dataclass(frozen=True)
class Piece:
    """Some words: they stayed, went out or came in."""

    kind: str
    words: str


@dataclass(frozen=True)
class Change:
    """One column of a row."""

    column: str
    pieces: Sequence[Piece]


def changes_of(event: Event, *, with_content: bool) -> list[Change]:
    """The columns of a changed row; without their content for who may not read the record."""
    before = event.data.get("before") or {}
    after = event.data.get("after") or {}
    model = _model(event.target_type)
    return [
        Change(
            _label(model, column),
            _pieces(model, column, before, after) if with_content else (),
        )
        for column in dict.fromkeys([*after, *before])
        if column != "id"
    ]


def _pieces(
    model: type[Model] | None, column: str, before: dict[str, Any], after: dict[str, Any]
) -> list[Piece]:
    was = _words(model, column, before[column]) if column in before else None
    now = _words(model, column, after[column]) if column in after else None
    if was is None or now is None:
        return [Piece("in" if was is None else "out", (now if was is None else was) or NOTHING)]
    if min(len(was), len(now)) < SHORT or max(len(was), len(now)) > LONG:
        return [Piece("out", was or NOTHING), Piece("in", now or NOTHING)]
    return list(_compared(was, now))


def _compared(was: str, now: str) -> Iterator[Piece]:
    old, new = re.findall(r"\S+\s*", was), re.findall(r"\S+\s*", now)
    for deed, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if deed == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("out", "".join(old[a:b]))
        if d > c:
            yield Piece("in", "".join(new[c:d]))


def _words(model: type[Model] | None, column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    field = _field(model, column)
    labels = dict(field.flatchoices) if field is not None and field.flatchoices else {}
    return str(labels.get(value, value))


def _label(model: type[Model] | None, column: str) -> str:
    field = _field(model, column)
    return str(field.verbose_name) if field is not None else column


def _field(model: type[Model] | None, column: str) -> "Field[Any, Any] | None":
    if model is None:
        return None
    try:
        field = model._meta.get_field(column.removesuffix("_id"))
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) else None


def _model(kind: str) -> type[Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None
