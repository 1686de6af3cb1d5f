"""What incidents add to the page of an area: what happened there."""

from typing import Any

from django.http import HttpRequest

from agencies.models import User
from core.panels import Panel, register
from incidents.selectors.areas import recorded_in
from places.models import Area


def of_area(request: HttpRequest, area: Area) -> dict[str, Any] | None:
    """The newest incidents recorded there that the reader may see."""
    if not isinstance(request.user, User):
        return None
    shown = recorded_in(request.user, area)
    return {"shown": shown, "area": area, "marks": shown.marks}


register(Area, Panel("body", 30, "incidents/_of_area.html", of_area))
