"""Three agencies and a record of every kind, state and marking: what the locks are tried on."""

from dataclasses import dataclass
from itertools import count, product
from typing import Any

from agencies.choices import Role
from agencies.models import Agency, SharingGroup, User
from bulletins.models import Brief, Bulletin, Release
from incidents.models import Incident, IncidentShare
from lessons.models import Lesson, LessonShare, Recurrence, RecurrenceShare
from places.models import Area
from reviews.models import Consultation, Member, Review, ReviewShare
from tests.access.oracle import LEVELS
from tests.factories import NOON, AgencyFactory, DistrictFactory, SharingGroupFactory, UserFactory

MODELS: dict[str, Any] = {
    "incident": Incident,
    "review": Review,
    "lesson": Lesson,
    "recurrence": Recurrence,
    "bulletin": Bulletin,
    "brief": Brief,
}
STATES = {
    "incident": [""],
    "review": ["DRAFT", "SUBMITTED", "RETURNED", "APPROVED", "PUBLISHED"],
    "lesson": ["OBSERVATION", "IDENTIFIED", "ENDORSED", "REJECTED"],
    "recurrence": [""],
    "bulletin": ["DRAFT", "ISSUED"],
    "brief": [""],
}
NO_CAVEAT: tuple[str, ...] = ()
EYES = ("EYES",)
MARKINGS = [
    ("CLEAR", "UNMARKED", NO_CAVEAT),
    *(
        (tlp, level, NO_CAVEAT)
        for tlp in ("GREEN", "AMBER", "AMBER_STRICT", "RED")
        for level in ("UNMARKED", "RESTRICTED", "CONFIDENTIAL")
    ),
    ("CLEAR", "UNMARKED", EYES),
    ("GREEN", "UNMARKED", EYES),
    ("GREEN", "CONFIDENTIAL", EYES),
    ("AMBER", "RESTRICTED", EYES),
    ("AMBER_STRICT", "RESTRICTED", EYES),
    ("RED", "RESTRICTED", EYES),
]
PASSED = ["nobody", "agency", "group", "person"]
SHARES: dict[str, tuple[Any, str]] = {
    "incident": (IncidentShare, "record"),
    "review": (ReviewShare, "record"),
    "lesson": (LessonShare, "record"),
    "recurrence": (RecurrenceShare, "record"),
    "bulletin": (Release, "bulletin"),
}
Marking = dict[str, Any]
HASH = "0" * 64


@dataclass(frozen=True)
class PersonFacts:
    """A person as the oracle knows one."""

    number: int
    agency: int
    role: str
    clearance: str
    groups: frozenset[int]


@dataclass(frozen=True)
class RecordFacts:
    """A record as the oracle knows one."""

    kind: str
    number: int
    agency: int
    tlp: str
    classification: str
    caveats: tuple[str, ...]
    state: str
    passed_to: frozenset[tuple[str, int]]
    team: frozenset[int]
    maker: int
    # Agencies that were asked for their word on it.
    asked: frozenset[int] = frozenset()


class World:
    """Agency `home` owns everything; `friend` is in a group with it; `other` is in none."""

    def __init__(self) -> None:
        self.home, self.friend, self.other = (AgencyFactory.create() for _ in range(3))
        self.group: SharingGroup = SharingGroupFactory.create(agencies=[self.home, self.friend])
        self.district: Area = DistrictFactory.create()
        self.people = self._people()
        self.lead = self._one(self.home, Role.INVESTIGATOR)
        self.editor = self._one(self.home, Role.RELEASE_OFFICER)
        self.judge = self._one(self.home, Role.COMMANDER)
        self.asker = self._one(self.friend, Role.COMMANDER)
        # Named, and on teams, though of another agency.
        self.named = self._one(self.other, Role.COMMANDER)
        self.records: list[RecordFacts] = []
        # The release of a bulletin, by the bulletin's number.
        self.releases: dict[int, int] = {}
        self._numbers = count(1)
        for kind, states in STATES.items():
            for state, marking, passed in product(states, MARKINGS, PASSED):
                if kind in SHARES or passed == "nobody":
                    self._record(kind, state, marking, passed)

    def facts_of(self, person: User) -> PersonFacts:
        """What the oracle is told of a person."""
        groups = frozenset(person.agency.sharing_groups.values_list("pk", flat=True))
        return PersonFacts(person.pk, person.agency_id, person.role, person.clearance, groups)

    def _people(self) -> list[User]:
        """One of each role and clearance in each agency."""
        numbers = count(1)
        return [
            UserFactory.create(
                email=f"world{next(numbers)}@agency.example",
                post=f"{role.label} cleared to {level}",
                agency=agency,
                role=role,
                clearance=level,
            )
            for agency, role, level in product(
                (self.home, self.friend, self.other), Role, LEVELS[:3]
            )
        ]

    def _one(self, agency: Agency, role: Role) -> User:
        return next(
            each
            for each in self.people
            if (each.agency, each.role, each.clearance) == (agency, role, "CONFIDENTIAL")
        )

    def _record(
        self, kind: str, state: str, marked: tuple[str, str, tuple[str, ...]], passed: str
    ) -> None:
        number = next(self._numbers)
        tlp, level, caveats = marked
        marking = {
            "agency": self.home,
            "tlp": tlp,
            "classification": level,
            "caveats": list(caveats),
        }
        # A reader of a RED incident is named before it is RED.
        later = kind == "incident" and tlp == "RED"
        row = getattr(self, f"_{kind}")(
            number, state, {**marking, "tlp": "AMBER_STRICT"} if later else marking
        )
        passed_to = self._pass(kind, row, passed)
        if later:
            Incident.objects.filter(pk=row.pk).update(tlp="RED")
        # Nobody but its readers may know of a RED record; whoever recorded it is one of them.
        self.records.append(
            RecordFacts(
                kind=kind,
                number=row.pk,
                agency=self.home.pk,
                tlp=tlp,
                classification=level,
                caveats=caveats,
                state=state,
                passed_to=passed_to,
                team=frozenset({self.lead.pk, self.named.pk} if kind == "review" else ()),
                maker=self.editor.pk,
                asked=self._ask(row, passed) if kind == "review" else frozenset(),
            )
        )

    def _pass(self, kind: str, row: object, passed: str) -> frozenset[tuple[str, int]]:
        receiver = {"agency": self.friend, "group": self.group, "person": self.named}.get(passed)
        if receiver is None:
            return frozenset()
        model, whole = SHARES[kind]
        share = model._default_manager.create(
            **{whole: row, f"to_{passed}": receiver, "shared_at": NOON, "shared_by": self.judge}
        )
        if kind == "bulletin":
            self.releases[share.bulletin_id] = share.pk
        return frozenset({(passed, receiver.pk)})

    def _ask(self, review: Review, passed: str) -> frozenset[int]:
        """`other` is asked for its word on every fourth review."""
        if passed != "group":
            return frozenset()
        Consultation.objects.create(
            review=review,
            agency=self.other,
            due_date=NOON.date(),
            asked_at=NOON,
            asked_by=self.lead,
        )
        return frozenset({self.other.pk})

    def _incident(self, number: int, _state: str, marking: Marking) -> Incident:
        return Incident.objects.create(
            reference=f"WORLD-INC-{number}",
            title=f"Explosion {number}",
            on_date=NOON.date(),
            sort_date=NOON.date(),
            district=self.district,
            attack_type="3",
            recorded_at=NOON,
            recorded_by=self.judge,
            **marking,
        )

    def _review(self, number: int, state: str, marking: Marking) -> Review:
        done: Marking = {"submitted_at": NOON} if state != "DRAFT" else {}
        if state in {"APPROVED", "PUBLISHED"}:
            done |= {"approved_at": NOON, "approved_by": self.judge}
        if state == "PUBLISHED":
            done |= {"published_at": NOON, "published_by": self.judge}
        below = "CLEAR" if marking["tlp"] == "CLEAR" else "GREEN"
        review = Review.objects.create(
            # Read by whoever may read the review: a review is never seen without its incident.
            incident=self._incident(number, "", {**marking, "tlp": below, "caveats": []}),
            reference=f"WORLD-AAR-{number}",
            tier="T2",
            state=state,
            lead=self.lead,
            opened_at=NOON,
            due_at=NOON,
            **done,
            **marking,
        )
        Member.objects.create(review=review, user=self.lead, role="LEAD")
        Member.objects.create(review=review, user=self.named, role="MEMBER")
        return review

    def _lesson(self, number: int, state: str, marking: Marking) -> Lesson:
        done = {"endorsed_at": NOON, "endorsed_by": self.judge} if state == "ENDORSED" else {}
        return Lesson.objects.create(
            reference=f"L-9{number}",
            title=f"Lesson {number}",
            observation="Seen.",
            recommendation="Do.",
            state=state,
            reason="Said before." if state == "REJECTED" else "",
            drawn_at=NOON,
            drawn_by=self.lead,
            **done,
            **marking,
        )

    def _recurrence(self, number: int, _state: str, marking: Marking) -> Recurrence:
        return Recurrence.objects.create(
            key=f"world-{number}",
            failure="Again.",
            recorded_at=NOON,
            recorded_by=self.judge,
            **marking,
        )

    def _bulletin(self, number: int, state: str, marking: Marking) -> Bulletin:
        done = {"issued_at": NOON, "issued_by": self.judge, "content": {}, "sha256": HASH}
        return Bulletin.objects.create(
            reference=f"WORLD-LB-{number}",
            title=f"Bulletin {number}",
            bottom_line="Do it.",
            audience="All",
            state=state,
            composed_at=NOON,
            composed_by=self.editor,
            **(done if state == "ISSUED" else {}),
            **marking,
        )

    def _brief(self, number: int, _state: str, marking: Marking) -> Brief:
        return Brief.objects.create(
            reference=f"WORLD-IB-{number}",
            kind="INCIDENT",
            incident=self._incident(number, "", {**marking, "tlp": "GREEN"}),
            title=f"Brief {number}",
            requested_at=NOON,
            requested_by=self.editor,
            content={},
            sha256=HASH,
            **marking,
        )
