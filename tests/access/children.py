"""What hangs from the world's records: disputes, evidence, entries, findings, events, posts."""

from dataclasses import dataclass
from itertools import count

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from agencies.models import User
from audit.choices import Verb
from audit.models import Event
from bulletins.models import Consent, Export, Rendering
from incidents.choices.files import EvidenceKind, EvidenceState, MediaGroup
from incidents.models import (
    ColumnMapping,
    DisputedFact,
    Evidence,
    Import,
    IncidentWidening,
    Relation,
    SavedFilter,
    SecurityPlan,
)
from reviews.choices import Letter
from reviews.models import (
    CandourStatement,
    FailureCategory,
    Finding,
    Member,
    Review,
    ReviewVersion,
    Section,
    SectionComment,
    SignOff,
    TimelineEntry,
)
from tests.access.world import RecordFacts, World
from tests.factories import NOON
from tests.reviews.words import invitation_to, notice_of

NOWHERE = 987_654_321


@dataclass(frozen=True)
class Target:
    """What an address names, as the oracle is told of it."""

    kind: str
    number: int
    agency: int
    record: RecordFacts | None = None
    # The numbers of parts in the address.
    parts: tuple[tuple[str, int], ...] = ()
    # Whose own it is, or who asked for it.
    person: int = 0


class Children:
    """Everything that an address of the product can name, by kind."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._numbers = count(1)
        incidents = [self._of_incident(each) for each in self._records("incident")]
        self.targets: dict[str, list[Target]] = {
            "incident": incidents,
            "evidence_of": incidents,
            "evidence": [self._evidence(each) for each in incidents],
            "review": [self._of_review(each) for each in self._records("review")],
            "release": self._releases(),
            "person": self._people(),
            "posting": self._postings(),
            "own_post": [
                Target("own", each.posting_id, each.agency_id, person=each.pk)
                for each in world.people
            ],
            "own_factor": [self._factor(each) for each in world.people[:9]],
            "own_session": [self._session(each) for each in world.people[:9]],
            "own_filter": [self._filter(each) for each in world.people[:9]],
            "own_identity": [self._identity(each) for each in world.people[:9]],
            "factors_of": [
                Target("factors_of", each.pk, each.agency_id, person=each.pk)
                for each in world.people
            ],
            "widening": [
                self._widening(each)
                for each in self._records("incident")
                if each.tlp in {"AMBER", "AMBER_STRICT"}
            ],
            "consent": [self._consent(each) for each in self._records("lesson")[:6]],
            "notice": [self._notice(each) for each in self._records("review")[:40]],
            "invitation": [self._invitation()],
            "statement": [self._statement()],
            "category": [self._category()],
            "import": [self._import(self.world.lead)],
            "job": [self._job(self._records("bulletin")[0])],
            "mapping": [self._mapping(self.world.lead)],
            "export": [self._export(self.world.editor)],
            "secret": [],
        }
        for kind in ("lesson", "bulletin", "brief"):
            self.targets[kind] = [
                Target(kind, each.number, each.agency, each) for each in self._records(kind)
            ]
        self.targets |= self._reference() | self._record_of_deeds(incidents)

    def _records(self, kind: str) -> list[RecordFacts]:
        return [each for each in self.world.records if each.kind == kind]

    def _of_incident(self, record: RecordFacts) -> Target:
        dispute = DisputedFact.objects.create(incident_id=record.number, name="Charge")
        number = next(self._numbers)
        evidence = Evidence.objects.create(
            incident_id=record.number,
            agency_id=record.agency,
            tlp=record.tlp,
            classification=record.classification,
            title=f"Photograph {number}",
            kind=EvidenceKind.values[0],
            original_name="a.jpg",
            media_type="image/jpeg",
            group=MediaGroup.IMAGE,
            size=1,
            sha256=f"{number:064x}",
            path=f"originals/00/{number:064x}",
            state=EvidenceState.CLEAN,
            added_at=NOON,
            added_by=self.world.judge,
        )
        detail = SecurityPlan.objects.create(
            incident_id=record.number,
            section=SecurityPlan.SECTION,
            recorded_at=NOON,
            recorded_by=self.world.judge,
        )
        parts = (
            *(("dispute_pk", dispute.pk), ("evidence_pk", evidence.pk)),
            ("particular_pk", detail.pk),
            ("relation_pk", self._relation(record)),
        )
        return Target("incident", record.number, record.agency, record, parts)

    def _relation(self, record: RecordFacts) -> int:
        """With an incident that everybody may read: seen by whoever sees this one."""
        open_to_all = next(
            each
            for each in self._records("incident")
            if each.tlp == "CLEAR" and not each.caveats and each.number != record.number
        )
        first, second = sorted((record.number, open_to_all.number))
        said = {"word": "CONFIRMED", "kind": "PLACE", "said_at": NOON, "said_by": self.world.lead}
        made, _is_new = Relation.objects.get_or_create(
            first_id=first, second_id=second, agency_id=record.agency, defaults=said
        )
        return made.pk

    def _evidence(self, incident: Target) -> Target:
        return Target(
            "evidence", dict(incident.parts)["evidence_pk"], incident.agency, incident.record
        )

    def _of_review(self, record: RecordFacts) -> Target:
        entry = TimelineEntry.objects.create(
            review_id=record.number, text="Deed.", on_date=NOON.date()
        )
        finding = Finding.objects.create(
            review_id=record.number, number=1, kind="failure", title="Nobody searched"
        )
        Section.objects.bulk_create(
            Section(review_id=record.number, letter=letter) for letter in Letter.values
        )
        lead = Review.objects.get(pk=record.number).lead
        signed = SignOff.objects.create(
            review_id=record.number, deed="RETURNED", comment="Deed.", at=NOON, by=lead
        )
        comment = SectionComment.objects.create(
            review_id=record.number, signoff=signed, letter="B", text="Say who."
        )
        version = ReviewVersion.objects.create(
            review_id=record.number, number=1, content={}, sha256="0" * 64, frozen_at=NOON,
            frozen_by=lead,
        )  # fmt: skip
        parts = (
            *(("entry_pk", entry.pk), ("row_pk", finding.pk), ("comment_pk", comment.pk)),
            ("number", version.number),
        )
        return Target("review", record.number, record.agency, record, parts)

    def _releases(self) -> list[Target]:
        made = self.world.releases
        return [
            Target("release", made[each.number], each.agency, each)
            for each in self._records("bulletin")
            if each.number in made
        ]

    def _people(self) -> list[Target]:
        return [Target("person", each.pk, each.agency_id) for each in self.world.people]

    def _postings(self) -> list[Target]:
        return [Target("person", each.posting_id, each.agency_id) for each in self.world.people]

    def _factor(self, person: User) -> Target:
        made = Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
        return Target("own", made.pk, person.agency_id, person=person.pk)

    def _session(self, person: User) -> Target:
        made = UserSession.objects.create(
            user=person,
            session_key=f"world{person.pk}",
            ip="127.0.0.1",
            user_agent="a browser",
            last_seen_at=NOON,
        )
        return Target("own", made.pk, person.agency_id, person=person.pk)

    def _identity(self, person: User) -> Target:
        made = SocialAccount.objects.create(user=person, provider="oidc", uid=str(person.pk))
        return Target("own", made.pk, person.agency_id, person=person.pk)

    def _filter(self, person: User) -> Target:
        made = SavedFilter.objects.create(
            person=person, name="Fridays", query="occasion=friday", saved_at=NOON
        )
        return Target("own", made.pk, person.agency_id, person=person.pk)

    def _widening(self, record: RecordFacts) -> Target:
        asker = self.world.editor
        made = IncidentWidening.objects.create(
            record_id=record.number,
            agency_id=record.agency,
            reference="WORLD",
            from_tlp=record.tlp,
            from_classification=record.classification,
            from_caveats=list(record.caveats),
            tlp="GREEN",
            classification=record.classification,
            caveats=list(record.caveats),
            reason="Others must know.",
            asked_at=NOON,
            asked_by=asker,
        )
        return Target("widening", made.pk, record.agency, record, person=asker.pk)

    def _consent(self, record: RecordFacts) -> Target:
        """`friend` asks `home`."""
        made = Consent.objects.create(
            lesson_id=record.number,
            reference="WORLD",
            originator_id=record.agency,
            agency=self.world.friend,
            reason="For our districts.",
            asked_at=NOON,
            asked_by=self.world.asker,
        )
        return Target("consent", made.pk, record.agency, person=self.world.friend.pk)

    def _job(self, record: RecordFacts) -> Target:
        """Failed, so that it can be had made again; taken out, it stays as it is."""
        made = Rendering.objects.create(
            bulletin_id=record.number,
            requested_at=NOON,
            requested_by=self.world.editor,
            agency_id=record.agency,
            state="FAILED",
            error="time",
            finished_at=NOON,
        )
        return Target("job", made.pk, record.agency)

    def _import(self, by: User) -> Target:
        made = Import.objects.create(
            agency=by.agency,
            tlp="GREEN",
            classification="UNMARKED",
            name="events.csv",
            sha256=f"{1:064x}",
            size=1,
            path="imports/00/0",
            scheme="TABLE",
            list_name="ours",
            table={"encoding": "utf-8", "separator": ",", "columns": ["a"], "tagged": False},
            asked_at=NOON,
            asked_by=by,
        )
        return Target("import", made.pk, by.agency_id, person=by.pk)

    def _mapping(self, by: User) -> Target:
        made = ColumnMapping.objects.create(
            agency=by.agency,
            classification="UNMARKED",
            name="ours",
            columns=["a"],
            header=f"{1:064x}",
            mapping={"title": "a"},
            said_at=NOON,
            said_by=by,
        )
        return Target("mapping", made.pk, by.agency_id, person=by.pk)

    def _export(self, by: User) -> Target:
        made = Export.objects.create(
            agency=by.agency, reference="EX-WORLD", subject="INCIDENTS", asked_at=NOON, asked_by=by
        )
        return Target("export", made.pk, by.agency_id, person=by.pk)

    def _notice(self, record: RecordFacts) -> Target:
        """To the commanders of `friend`."""
        made = notice_of(record.number, self.world.friend, self.world.lead)
        return Target("notice", made.pk, record.agency, record, person=self.world.friend.pk)

    def _spoken_to(self) -> RecordFacts:
        """A draft whose facilitator is of another agency."""
        draft = next(each for each in self._records("review") if each.state == "DRAFT")
        of_team = Member.objects.filter(review_id=draft.number, user=self.world.named)
        of_team.update(role="FACILITATOR")
        return draft

    def _invitation(self) -> Target:
        draft = self._spoken_to()
        made = invitation_to(self.world.asker, draft.number, self.world.named, self.world.lead)
        return Target("invitation", made.pk, draft.agency, person=self.world.asker.pk)

    def _statement(self) -> Target:
        made = CandourStatement.objects.create(
            review_id=self._spoken_to().number,
            author=self.world.asker,
            facilitator=self.world.named,
            sealed="x",
            given_at=NOON,
        )
        return Target("statement", made.pk, 0, person=self.world.asker.pk)

    def _category(self) -> Target:
        category = FailureCategory.objects.order_by("pk").first()
        if category is None:
            category = FailureCategory.objects.create(code="ZZ", label_en="Failure")
        return Target("category", category.pk, 0)

    def _reference(self) -> dict[str, list[Target]]:
        home, group = self.world.home, self.world.group
        return {
            "agency": [Target("reference", home.pk, home.pk)],
            "area": [Target("reference", self.world.district.pk, home.pk)],
            "group": [Target("group", group.pk, home.pk, parts=(("agency_pk", home.pk),))],
            "group_page": [Target("group_page", group.pk, 0, parts=(("agency_pk", home.pk),))],
        }

    def _record_of_deeds(self, incidents: list[Target]) -> dict[str, list[Target]]:
        about = incidents[0]
        event = Event.objects.create(
            at=NOON,
            verb=Verb.INCIDENT_RECORDED,
            actor_id=self.world.judge.pk,
            actor_name="A post",
            target_type="incidents.incident",
            target_id=about.number,
            target_agency_id=about.agency,
        )
        return {
            "event": [Target("deed", event.pk, about.agency)],
            "life": [Target("deed", about.number, about.agency)],
        }
