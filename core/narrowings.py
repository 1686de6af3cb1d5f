"""Narrowings: how an upper room adds a filter to a list that a lower room owns.

The register belongs to `incidents`, what is known of reviews to `reviews`. `reviews` registers a
narrowing from its `AppConfig.ready`; the register offers it and asks for its condition. So the
lower room never names the upper one.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise

# What the rows must meet for this reader to be shown them under one of the choices. It may tell no
# more than the pages of the rows tell that reader.
Condition = Callable[[Any, str], Q]


@dataclass(frozen=True)
class Narrowing:
    """One filter: its name in the address, its label, its choices, and what each asks of a row."""

    name: str
    label: Promise
    choices: tuple[tuple[str, Promise | str], ...]
    condition: Condition

    def offers(self, code: str) -> bool:
        """Whether this is one of its choices."""
        return any(code == each for each, _words in self.choices)

    def words(self, code: str) -> str:
        """What a choice is called."""
        return str(dict(self.choices)[code])


_narrowings: dict[type[Model], dict[str, Narrowing]] = defaultdict(dict)


def register(model: type[Model], narrowing: Narrowing) -> None:
    """Offer `narrowing` on the lists of `model`; registering it again changes nothing."""
    _narrowings[model][narrowing.name] = narrowing


def narrowings(model: type[Model]) -> dict[str, Narrowing]:
    """What upper rooms offer on the lists of `model`, by name."""
    return _narrowings[model]
