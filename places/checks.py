"""The faults of a deployment's own map lines, as system checks: told before anything starts."""

from typing import Any

from django.core.checks import CheckMessage, Error

from places.geometry import faults


def geometry_is_whole(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """An error for each fault of MAP_GEOMETRY; none where the shipped lines are drawn."""
    return [
        Error(sentence, id=f"places.E{number:03}") for number, sentence in enumerate(faults(), 1)
    ]
