"""The board of network roles: all fourteen, the unresolved first, also those nobody looked at."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reviews.choices import (
    IN_HAND,
    UNRESOLVED,
    BoardState,
    NetworkRoleKind,
    NetworkRoleStatus,
)
from reviews.guilt import word_of_guilt
from reviews.models import NetworkRole, Review

SHAPES = {
    BoardState.UNRESOLVED: "late",
    BoardState.NOT_LOOKED_AT: "none",
    BoardState.IN_HAND: "progress",
    BoardState.SETTLED: "ok",
}
ORDER = list(BoardState)


@dataclass(frozen=True)
class RoleLine:
    """One line of the board, and the word of guilt that its note should not hold."""

    row: NetworkRole
    shape: str
    guilt: str


@dataclass(frozen=True)
class RoleGroup:
    """One of the fourteen roles, with its lines."""

    kind: str
    label: str
    # The part in a few words.
    meaning: str
    state: BoardState
    lines: tuple[RoleLine, ...]

    @property
    def shape(self) -> str:
        """The shape of its state."""
        return SHAPES[self.state]


@dataclass(frozen=True)
class Board:
    """All roles, the unresolved first."""

    roles: tuple[RoleGroup, ...]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many roles stand how: the shape, the words, the number."""
        found = Counter(each.state for each in self.roles)
        return [(SHAPES[state], str(state.label), found[state]) for state in ORDER]

    @property
    def looked_at(self) -> list[RoleGroup]:
        """Those of which something is said."""
        return [each for each in self.roles if each.lines]

    @property
    def not_looked_at(self) -> list[RoleGroup]:
        """Those of which nobody has said anything."""
        return [each for each in self.roles if not each.lines]

    @property
    def sentence(self) -> str:
        """The board in one sentence."""
        found = Counter(each.state for each in self.roles)
        return _("%(open)d of %(all)d roles unresolved, %(blank)d not yet looked at.") % {
            "open": found[BoardState.UNRESOLVED],
            "all": len(self.roles),
            "blank": found[BoardState.NOT_LOOKED_AT],
        }


def board_of(review: Review) -> Board:
    """The board of one review. One query."""
    return board(review.network_roles.order_by("id"))


def board(rows: Iterable[NetworkRole]) -> Board:
    """All fourteen roles with the lines that there are of each."""
    by_kind: dict[str, list[NetworkRole]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    roles = [_group(kind, by_kind[kind]) for kind in NetworkRoleKind]
    return Board(tuple(sorted(roles, key=lambda each: ORDER.index(each.state))))


def state_of(status: str) -> BoardState:
    """How far one line is resolved."""
    if status in UNRESOLVED:
        return BoardState.UNRESOLVED
    return BoardState.IN_HAND if status in IN_HAND else BoardState.SETTLED


def _group(kind: NetworkRoleKind, rows: list[NetworkRole]) -> RoleGroup:
    statuses = list(NetworkRoleStatus)
    rows = sorted(rows, key=lambda row: (statuses.index(NetworkRoleStatus(row.status)), row.pk))
    states = [state_of(row.status) for row in rows] or [BoardState.NOT_LOOKED_AT]
    return RoleGroup(
        kind=kind.value,
        label=str(kind.label),
        meaning=str(kind.meaning),
        state=min(states, key=ORDER.index),
        lines=tuple(_line(row) for row in rows),
    )


def _line(row: NetworkRole) -> RoleLine:
    judged = row.status == NetworkRoleStatus.CONVICTED
    not_applicable = row.status == NetworkRoleStatus.NOT_APPLICABLE
    return RoleLine(
        row=row,
        shape="closed" if not_applicable else SHAPES[state_of(row.status)],
        guilt="" if judged else word_of_guilt(row.note),
    )
