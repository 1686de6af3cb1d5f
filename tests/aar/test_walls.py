"""A record that may not be seen answers at every address exactly as one that is not there.

The addresses are read from the product itself: a new one is tried here without being named.
"""

import re
from unittest import mock

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse

from agencies.choices import TLP, Role
from bulletins import tasks
from bulletins.actions.briefs import request_incident_brief
from bulletins.choices import Ask
from bulletins.models import Export, Release
from incidents.models import (
    ColumnMapping,
    DataRow,
    DisputedFact,
    Import,
    PriorAlert,
    Refusal,
    Relation,
    SavedFilter,
)
from lessons.models import Recurrence, RecurrenceCase
from reviews.models import Member, TimelineEntry
from tests.bulletins.factories import IncidentFactory, ReviewFactory, Story, evidence
from tests.factories import NOON, SharingGroupFactory, UserFactory
from tests.incidents.evidence.samples import EvidenceFactory
from tests.reviews.words import invitation_to, notice_of, told
from tests.taken_back import taken_back

NOBODY = 987_654_321
WORD = "Zamburak"
ROOMS = ("incidents", "reviews", "lessons", "bulletins")
LISTS = (
    *(
        "/",
        "/incidents/",
        "/reviews/",
        "/reviews/roles/",
        "/lessons/",
        "/lessons/draw/",
        "/lessons/search/?q=checks",
    ),
    *("/bulletins/", "/bulletins/new/", "/bulletins/briefs/", "/bulletins/exports/", "/audit/"),
    *("/bulletins/notices/", "/public/", "/public/feed.atom"),
    *(f"/api/{room}/" for room in (*ROOMS, "briefs", "evidence")),
    *("/places/", "/places/?q=district", "/agencies/", "/agencies/?q=agency"),
    *("/api/areas/", "/api/agencies/", "/api/sharing-groups/", "/api/events/"),
)
WAYS = {
    "asked for": lambda client, path: client.get(path),
    "asked for by htmx": lambda client, path: client.get(path, headers={"HX-Request": "true"}),
    "posted to": lambda client, path: client.post(path, {"confirmed": "1"}),
}


def loaded(incident):
    """A file of the same agency, and what it refused and stored."""
    batch = Import.objects.create(
        agency=incident.agency,
        tlp=incident.tlp,
        classification=incident.classification,
        name=f"{WORD}.csv",
        sha256="0" * 64,
        size=1,
        path="imports/00/0",
        scheme="TABLE",
        list_name=WORD,
        table={"encoding": "utf-8", "separator": ",", "columns": ["a"], "tagged": False},
        asked_at=NOON,
        asked_by=incident.recorded_by,
    )
    Refusal.objects.create(batch=batch, row=2, value=WORD, sentence="Say which.")
    DataRow.objects.create(
        incident=incident,
        batch=batch,
        scheme="TABLE",
        sha256="0" * 64,
        cells={"a": WORD},
        said={},
        stored_at=NOON,
    )
    return batch


def related_to(incident):
    """The word of its agency on it and on another of its own."""
    other = IncidentFactory.create(agency=incident.agency, tlp=TLP.AMBER_STRICT)
    return Relation.objects.create(
        first=incident,
        second=other,
        agency=incident.agency,
        word="CONFIRMED",
        kind="OTHER",
        note=WORD,
        said_at=NOON,
        said_by=incident.recorded_by,
    )


def exported(brief):
    """A file of documents that somebody of that agency asked for."""
    export = Export.objects.create(
        agency=brief.agency,
        reference=f"EX-{WORD}",
        subject="INCIDENTS",
        query=f"q={WORD}",
        asked_at=NOON,
        asked_by=brief.requested_by,
    )
    export.items.create(position=1, incident=brief.incident, brief=brief)
    return export


def said_of(batch):
    """What the columns of that file mean, kept for the next."""
    return ColumnMapping.objects.create(
        agency=batch.agency,
        classification=batch.classification,
        name=WORD,
        columns=[WORD],
        header="0" * 64,
        mapping={"title": WORD},
        said_at=NOON,
        said_by=batch.asked_by,
    )


def told_of(review):
    """A notice of its passage, an invitation to speak on it, and what was said in confidence."""
    lead, facilitator = review.lead, UserFactory.create(agency=review.agency)
    notice = notice_of(review.pk, review.agency, lead, words=WORD)
    of_draft = {"agency": review.agency, "tlp": review.tlp}
    draft = ReviewFactory.create(
        incident=IncidentFactory.create(**of_draft), state="DRAFT", **of_draft
    )
    Member.objects.create(review=draft, user=facilitator, role="FACILITATOR")
    invitation = invitation_to(UserFactory.create(), draft.pk, facilitator, lead, about=WORD)
    return notice, invitation, told(invitation)


class Hidden:
    """Another agency's records of every kind, none of which leaves that agency."""

    def __init__(self):
        marking = {"tlp": TLP.AMBER_STRICT}
        story = Story(title=f"Lesson {WORD}", **marking)
        self.finding = evidence(story.agency, **marking)
        self.review = self.finding.review
        self.incident = self.review.incident
        self.incident.title = f"Explosion {WORD}"
        self.incident.save(update_fields=["title"])
        self.dispute = DisputedFact.objects.filter(incident=self.incident).get()
        self.detail = PriorAlert.objects.create(
            incident=self.incident,
            section=PriorAlert.SECTION,
            reference=WORD,
            recorded_at=NOON,
            recorded_by=self.incident.recorded_by,
        )
        self.evidence = EvidenceFactory.create(
            incident=self.incident, by=self.incident.recorded_by, title=f"Photograph {WORD}"
        )
        self.relation = related_to(self.incident)
        self.entry = TimelineEntry.objects.create(review=self.review, text=WORD, on_date=NOON)
        self.lesson = story.lesson
        self.lesson.findings.add(self.finding)
        self.bulletin = story.issued(title=f"Bulletin {WORD}", **marking)
        self.brief = request_incident_brief(incident_id=self.incident.pk, by=story.editor, at=NOON)
        self.release = Release.objects.create(
            bulletin=self.bulletin,
            to_agency=UserFactory.create().agency,
            ask=Ask.READ,
            shared_at=NOON,
            shared_by=story.editor,
        )
        self.editor = story.editor
        self.notice, self.invitation, self.statement = told_of(self.review)
        self.batch = loaded(self.incident)
        self.export = exported(self.brief)
        self.saved = SavedFilter.objects.create(
            person=self.incident.recorded_by, name=WORD, query=f"q={WORD}", saved_at=NOON
        )
        self.mapping = said_of(self.batch)
        self.group = SharingGroupFactory.create(name=f"Circle {WORD}", agencies=[story.agency])

    def beside(self):
        """Pages of reference that any reader may open, where the records would stand."""
        district = self.incident.district
        places = (district, district.province)
        return [each.get_absolute_url() for each in (*places, self.bulletin.agency)]

    def stands_for(self, room, name, param):
        """The record that the number in an address means."""
        own = {
            "brief_create": self.incident,
            "release_recall": self.release,
            "mapping_forget": self.mapping,
            "notice_detail": self.notice,
            "candour_asked": self.invitation,
            "statement_withdraw": self.statement,
        }
        of_kind = {"brief": self.brief, "import": self.batch, "filter": self.saved}
        of_kind["job"] = self.bulletin.renderings.get()
        of_kind["export"] = self.export
        if param == "pk" and (found := own.get(name) or of_kind.get(name.partition("_")[0])):
            return found
        return {
            "pk": getattr(self, room.removesuffix("s")),
            "incident_pk": self.incident,
            "dispute_pk": self.dispute,
            "evidence_pk": self.evidence,
            "relation_pk": self.relation,
            "particular_pk": self.detail,
            "entry_pk": self.entry,
            "row_pk": self.finding,
        }[param]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Made once for all these tests, and taken back after the last."""
    with mock.patch.object(tasks.render, "delay"), taken_back(django_db_blocker, Hidden) as records:
        yield records


@pytest.fixture
def hidden(made, db):
    return made


def numbered(room):
    """Every address of a room that names a record: its name and the names of its parts."""
    for found in get_resolver(settings.ROOT_URLCONF).namespace_dict[room][1].url_patterns:
        params = found.pattern.converters
        if isinstance(found, URLPattern) and any(each.endswith("pk") for each in params):
            yield found.name, tuple(found.pattern.converters)


def addresses(hidden):
    """Each address twice: of the hidden record, and of one that is not there."""
    words = {"letter": "B", "slug": "findings", "kind": "incident", "number": 1, "comment_pk": 1}
    for room in ROOMS:
        for name, params in numbered(room):
            ids = {
                param: words.get(param) or hidden.stands_for(room, name, param).pk
                for param in params
            }
            first = next(param for param in params if param.endswith("pk"))
            there, nowhere = (
                reverse(f"{room}:{name}", kwargs=ids | {first: pk}) for pk in (ids[first], NOBODY)
            )
            yield there, nowhere
    for kind in (*ROOMS, "briefs", "evidence"):
        noun = kind.removesuffix("s")
        yield (
            reverse(f"{noun}-detail", args=[getattr(hidden, noun).pk]),
            reverse(f"{noun}-detail", args=[NOBODY]),
        )


def group_addresses(hidden):
    """The group of the hidden records' agency, and one that is not there."""
    return [reverse("sharing-group-detail", args=[pk]) for pk in (hidden.group.pk, NOBODY)]


def said(answer, path):
    """All that the answer tells, but for what differs between any two answers."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text)
    return answer.status_code, answer.get("Location", ""), body.replace(path, "")


# The gate asks as who sees most; `make prove` as everybody.
QUICK = (Role.COMMANDER,)
EVERYBODY = [
    pytest.param(role, marks=() if role in QUICK else pytest.mark.proof) for role in Role.values
]


class TestWalls:
    @pytest.mark.parametrize("role", EVERYBODY)
    def test_unseen_and_unknown_answer_alike(self, client, hidden, role):
        client.force_login(UserFactory.create(role=role))
        how = "asked for"

        for there, nowhere in addresses(hidden):
            answer = said(WAYS[how](client, there), there)
            assert answer == said(WAYS[how](client, nowhere), nowhere), there
            assert answer[0] in {404, 405}, there

    @pytest.mark.parametrize(
        ("how", "role"),
        [
            pytest.param("asked for by htmx", Role.COMMANDER, marks=pytest.mark.proof),
            ("posted to", Role.RELEASE_OFFICER),  # who may do most
            pytest.param("posted to", Role.AUDITOR, marks=pytest.mark.proof),  # who may do nothing
        ],
    )
    def test_they_answer_alike_however_they_are_asked_for(self, client, hidden, how, role):
        client.force_login(UserFactory.create(role=role))

        for there, nowhere in addresses(hidden):
            answer = said(WAYS[how](client, there), there)
            assert answer == said(WAYS[how](client, nowhere), nowhere), there
            assert answer[0] in {404, 405}, there

    @pytest.mark.parametrize("role", Role.values)
    def test_no_list_search_or_choice_names_them(self, client, hidden, role):
        client.force_login(UserFactory.create(role=role))

        for path in LISTS:
            if (role, path) == (Role.SYSTEM_ADMIN, "/api/sharing-groups/"):
                continue  # they keep the groups
            page = client.get(path).text
            assert WORD not in page, path
            assert hidden.incident.reference not in page, path

    def test_a_page_that_is_seen_names_none_beside_it(self, client, hidden):
        public = IncidentFactory.create(tlp=TLP.GREEN, classification="UNMARKED")
        shown = Recurrence.objects.create(
            key="shown",
            failure="One check, at the crowd",
            note="Seen twice.",
            agency=hidden.bulletin.agency,
            tlp=TLP.GREEN,
            classification="UNMARKED",
            recorded_at=NOON,
            recorded_by=hidden.editor,
        )
        for position, incident in enumerate((public, hidden.incident)):
            RecurrenceCase.objects.create(
                recurrence=shown, incident=incident, text=incident.title, position=position
            )
        client.force_login(UserFactory.create())

        page = client.get(public.get_absolute_url()).text

        assert "One check, at the crowd" in page
        assert WORD not in page

    @pytest.mark.parametrize("role", Role.values)
    def test_the_pages_of_their_place_and_their_agency_name_none(self, client, hidden, role):
        client.force_login(UserFactory.create(role=role))

        for path in hidden.beside():
            page = client.get(path)
            assert page.status_code == 200, path
            if role != Role.SYSTEM_ADMIN:
                assert WORD not in page.text, path
            assert hidden.incident.reference not in page.text, path
            assert hidden.incident.title not in page.text, path
            assert page.context["marking"] is None, path

    @pytest.mark.parametrize("role", [role for role in Role.values if role != Role.SYSTEM_ADMIN])
    def test_an_unseen_group_and_none_at_all_answer_alike(self, client, hidden, role):
        client.force_login(UserFactory.create(role=role))
        there, nowhere = group_addresses(hidden)

        for how, ask in WAYS.items():
            answer = said(ask(client, there), there)
            assert answer == said(ask(client, nowhere), nowhere), how
            assert answer[0] in {404, 405}, how

    def test_what_is_posted_cannot_name_them(self, client, hidden):
        client.force_login(UserFactory.create(release_officer=True))

        drawn = client.post("/lessons/draw/", {"finding": hidden.finding.pk})
        composed = client.post("/bulletins/new/", {"lessons": hidden.lesson.pk, "title": "x"})

        assert drawn.status_code == 404
        assert composed.context["form"].errors["lessons"]
        assert WORD not in composed.text

    def test_their_own_agency_sees_them(self, client, hidden):
        """The story is not hidden from everybody: the walls are what is tested."""
        client.force_login(hidden.editor)

        for record in (hidden.incident, hidden.review, hidden.lesson, hidden.bulletin):
            assert client.get(record.get_absolute_url()).status_code == 200
        for path in (*hidden.beside(), "/api/sharing-groups/"):
            assert WORD in client.get(path).text, path
