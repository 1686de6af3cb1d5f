"""Panels: how an upper room adds a block to the page of a record that a lower room owns.

The incident page belongs to `incidents`, the review clock on it to `reviews`. `reviews` registers
a panel from its `AppConfig.ready`; the incident page asks for the panels of the record. So the
lower room never names the upper one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Place = Literal["aside", "body", "list"]
# TLP, classification and caveats of one record.
Mark = tuple[str, str, Sequence[str]]
# Gathers what the panel shows for this person; None when there is nothing to show. Under `marks` it
# names the marking of each record that it shows.
Gather = Callable[[HttpRequest, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """One block: where on the page, in which order, from which template."""

    place: Place
    order: int
    template: str
    gather: Gather


@dataclass(frozen=True)
class Blocks:
    """All panels of a page whose own record has no marking: the bar is made from what they show."""

    aside: list[SafeString]
    body: list[SafeString]
    marking: Any


_panels: dict[type[Model], list[Panel]] = defaultdict(list)
# How several markings make one; the room that knows the scales says so.
_join: list[Callable[[Sequence[Mark]], Any]] = []


def register(model: type[Model], panel: Panel) -> None:
    """Show `panel` on the page of each `model`; registering it again changes nothing."""
    if panel not in _panels[model]:
        _panels[model].append(panel)
        _panels[model].sort(key=lambda each: each.order)


def join_marks_by(join: Callable[[Sequence[Mark]], Any]) -> None:
    """Make the marking of a page of panels by `join`."""
    _join[:] = [join]


def render_panels(request: HttpRequest, record: Model, place: Place) -> Iterator[SafeString]:
    """The panels of `record` at `place`, in order, each rendered for the person who asks."""
    for panel in _panels[type(record)]:
        if panel.place == place:
            context = panel.gather(request, record)
            if context is not None:
                yield render_to_string(panel.template, context, request=request)


def render_list_panels(request: HttpRequest, model: type[Model]) -> Iterator[SafeString]:
    """The panels of the list of `model`, in order; `gather` is given the model itself."""
    for panel in _panels[model]:
        if panel.place == "list":
            context = panel.gather(request, model)
            if context is not None:
                yield render_to_string(panel.template, context, request=request)


def render_blocks(request: HttpRequest, record: Model) -> Blocks:
    """The panels of `record` at both places, and the marking that the page must carry for them."""
    shown: dict[str, list[SafeString]] = {"aside": [], "body": []}
    marks: list[Mark] = []
    for panel in _panels[type(record)]:
        context = panel.gather(request, record) if panel.place in shown else None
        if context is not None:
            marks += context.get("marks", ())
            shown[panel.place].append(render_to_string(panel.template, context, request=request))
    return Blocks(**shown, marking=_join[0](marks) if _join else None)
