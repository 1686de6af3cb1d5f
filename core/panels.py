"""Panels: how an upper room adds a block to the page of a record that a lower room owns.

The incident page belongs to `incidents`, the review clock on it to `reviews`. `reviews` registers
a panel from its `AppConfig.ready`; the incident page asks for the panels of the record. So the
lower room never names the upper one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Place = Literal["aside", "body"]
# Gathers what the panel shows for this person; None when there is nothing to show.
Gather = Callable[[HttpRequest, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """One block: where on the page, in which order, from which template."""

    place: Place
    order: int
    template: str
    gather: Gather


_panels: dict[type[Model], list[Panel]] = defaultdict(list)


def register(model: type[Model], panel: Panel) -> None:
    """Show `panel` on the page of each `model`; registering it again changes nothing."""
    if panel not in _panels[model]:
        _panels[model].append(panel)
        _panels[model].sort(key=lambda each: each.order)


def render_panels(request: HttpRequest, record: Model, place: Place) -> Iterator[SafeString]:
    """The panels of `record` at `place`, in order, each rendered for the person who asks."""
    for panel in _panels[type(record)]:
        if panel.place == place:
            context = panel.gather(request, record)
            if context is not None:
                yield render_to_string(panel.template, context, request=request)
