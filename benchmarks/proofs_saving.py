"""The same crowd at the real deeds: four people save one section of a review in the database."""

from time import perf_counter

from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting
from agencies.models import User
from benchmarks.long_review import begun
from benchmarks.table import Proof
from reviews import actions
from reviews.choices import MemberRole, SectionState
from reviews.merging import Settled, Wording
from reviews.models import EarlierWording, Review
from tests.reviews.crowd import Table, nothing_is_lost, sessions

ORDERS = 60
EDITS = 200
# What the crowd calls `text` and `scope`, by the fields of section A, which are both prose.
FIELDS = {"text": "participants", "scope": "scope"}


class RealTable(Table):
    """A table whose papers lie in the database; versions are counted from 1 as the crowd does."""

    def __init__(self, people: list[User]) -> None:
        super().__init__()
        self.people, self.saves = people, 0
        self.review = begun(people[0], people[1])
        for each in people[2:]:
            actions.add_member(
                review_id=self.review.pk, user=each, role=MemberRole.MEMBER, by=people[0],
                at=timezone.now(),
            )  # fmt: skip
        with acting(people[0]):
            self.before = Review.objects.get(pk=self.review.pk).lock_version - 1

    def save(self, by: int, seen: int, typed: dict[str, str]) -> Settled:
        self.saves += 1
        try:
            saved = actions.save_header(
                review_id=self.review.pk, tier=self.review.tier, state=SectionState.IN_PROGRESS,
                version=seen + self.before, by=self.people[by - 1], at=timezone.now(),
                **{FIELDS[name]: text for name, text in typed.items()},
            )  # fmt: skip
        except actions.Clash as clash:
            self.shown.append(typed)
            return Settled(self.held.values, self.held.version, seen, clashes=clash.fields)
        stands = {name: getattr(saved, field) for name, field in FIELDS.items()}
        self.held = Wording(saved.lock_version - self.before, stands, by)
        self._read_earlier()
        return Settled(stands, self.held.version, saved.read_as - self.before)

    def _read_earlier(self) -> None:
        """What the database kept, and nothing that this process remembers."""
        with acting(self.people[0]):
            rows = EarlierWording.objects.filter(
                review=self.review, of="A", version__gt=self.before
            ).order_by("version")
            self.earlier = [
                Wording(
                    row.version - self.before,
                    {name: row.values[field] for name, field in FIELDS.items()},
                    row.by_id,
                    row.is_typed,
                )
                for row in rows
            ]


def prove() -> list[Proof]:
    """Every text that anybody saved stands, was kept, or was shown."""
    people = [
        person("BL-POLICE", Role.INVESTIGATOR),
        person("BL-POLICE", Role.AGENCY_ADMIN),
        person("BL-POLICE", Role.RELEASE_OFFICER),
        person("BL-POLICE", Role.COMMANDER),
    ]
    saves = 0

    @given(sessions(longest=EDITS))
    @settings(
        max_examples=ORDERS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def tried(found: list[tuple[int, str, int]]) -> None:
        nonlocal saves
        table = RealTable(people)
        nothing_is_lost(found, table)
        saves += table.saves

    begun_at = perf_counter()
    name = "nor does one in the database, by the real deeds"
    try:
        tried()
    except AssertionError as lost:
        return [Proof(name, f"lost: {lost}"[:60], holds=False)]
    figure = f"{saves:,} saves, {ORDERS} orders, {perf_counter() - begun_at:.0f} s"
    return [Proof(name, figure, holds=True)]
