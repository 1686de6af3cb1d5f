"""Numbers of another agency's rows, posted into forms of one's own."""

import pytest
from django.urls import reverse

from agencies.choices import TLP
from bulletins.models import BulletinLesson
from incidents.models import Claim, DisputedFact, FactAccount, Source
from lessons.models import Lesson
from reviews.models import Account, Finding, Recommendation, TimelineEntry
from tests.bulletins.factories import Story
from tests.bulletins.factories import evidence as closed_story
from tests.factories import NOON, SharingGroupFactory, UserFactory
from tests.incidents.evidence.samples import EvidenceFactory, details, upload
from tests.incidents.factories import IncidentFactory, typed
from tests.reviews.factories import DUE, ReviewFactory


@pytest.fixture
def theirs(db):
    """A finding of another agency; its review and its incident hang from it."""
    return closed_story(Story(tlp=TLP.AMBER_STRICT).agency, tlp=TLP.AMBER_STRICT)


@pytest.fixture
def investigator(db):
    return UserFactory.create()


@pytest.fixture
def draft(investigator):
    return ReviewFactory.create(lead=investigator)


@pytest.fixture
def writing(client, investigator):
    client.force_login(investigator)
    return client


class TestRowsOfAReview:
    @pytest.mark.parametrize("way", ["row_change", "row_remove"])
    def test_are_changed_through_their_own_review_only(self, writing, draft, theirs, way):
        path = reverse(f"reviews:{way}", args=[draft.pk, "findings", theirs.pk])
        nowhere = reverse(f"reviews:{way}", args=[draft.pk, "findings", 987_654])

        answer = writing.post(path, {"kind": "failure", "title": "Mine now", "version": 1})

        there = answer.text.replace(path, "")
        absent = writing.post(nowhere, {"kind": "failure", "title": "Mine now", "version": 1})
        assert answer.status_code == absent.status_code
        assert theirs.title not in there
        assert Finding.objects.get(pk=theirs.pk).title == theirs.title

    def test_of_another_agency_are_no_ground_of_a_recommendation(self, writing, draft, theirs):
        own = Finding.objects.create(review=draft, number=1, kind="failure", title="Ours")
        said = {"text": "Search", "owner_post": "SP", "due_date": DUE.isoformat()}

        answer = writing.post(
            reverse("reviews:row_add", args=[draft.pk, "recommendations"]),
            {**said, "findings": [own.pk, theirs.pk]},
        )

        assert answer.status_code == 422
        assert theirs.title not in answer.text
        assert not Recommendation.objects.filter(review=draft).exists()

    def test_of_another_agency_take_no_account(self, writing, draft, theirs):
        entry = TimelineEntry.objects.create(review=theirs.review, text="Theirs.", on_date=NOON)

        answer = writing.post(
            reverse("reviews:account_add", args=[draft.pk, entry.pk]), {"by": "We", "said": "No"}
        )

        assert "Theirs." not in answer.text
        assert not Account.objects.exists()


class TestRowsOfAnIncident:
    @pytest.fixture
    def ours(self, investigator):
        return IncidentFactory.create(by=investigator)

    @pytest.mark.parametrize(
        ("name", "said"),
        [("account_add", {"said": "Otherwise"}), ("dispute_settle", {"resolution": "So it was"})],
    )
    def test_a_dispute_of_another_record_is_not_there(self, writing, ours, theirs, name, said):
        dispute = DisputedFact.objects.get(incident=theirs.review.incident)

        answer = writing.post(reverse(f"incidents:{name}", args=[ours.pk, dispute.pk]), said)

        dispute.refresh_from_db()
        assert answer.status_code == 404
        assert dispute.state == "OPEN"
        assert FactAccount.objects.filter(dispute=dispute).count() == 2

    def test_a_source_of_another_record_is_no_choice(self, writing, ours, theirs):
        source = Source.objects.filter(incident=theirs.review.incident).first()

        answer = writing.post(
            reverse("incidents:claim_add", args=[ours.pk]),
            {"kind": "CLAIM", "who": "A group", "known_source": source.pk},
        )

        assert answer.status_code == 422
        assert source.title not in answer.text
        assert not Claim.objects.exists()

    def test_evidence_of_another_record_is_not_there(self, writing, ours, theirs):
        incident = theirs.review.incident
        piece = EvidenceFactory.create(incident=incident, by=incident.recorded_by)
        said = {"to_whom": "Us", "why": "Because"}

        for name in ("evidence_hand_over", "evidence_withdraw"):
            path = reverse(f"incidents:{name}", args=[ours.pk, piece.pk])
            assert writing.post(path, said).status_code == 404
        piece.refresh_from_db()
        assert piece.withdrawn_at is None
        assert piece.custody.count() == 1


class TestPartsOfAProduct:
    def test_a_finding_of_another_agency_draws_no_lesson(self, writing, draft, theirs):
        own = Finding.objects.create(review=draft, number=1, kind="failure", title="Ours")

        answer = writing.post(reverse("lessons:lesson_draw"), {"finding": [own.pk, theirs.pk]})

        assert answer.status_code == 404
        assert not Lesson.objects.filter(agency=draft.agency).exists()

    def test_a_lesson_of_another_agency_enters_no_bulletin(self, client, theirs):
        story = Story()
        hidden = Story(tlp=TLP.AMBER_STRICT).lesson
        client.force_login(story.editor)
        said = {"title": "T", "bottom_line": "B", "audience": "All", "language": "en"}
        marking = {"classification": "RESTRICTED", "tlp": "AMBER"}

        answer = client.post(
            reverse("bulletins:bulletin_compose"),
            {**said, **marking, "lessons": [story.lesson.pk, hidden.pk]},
        )

        assert answer.status_code == 422
        assert hidden.reference not in answer.text
        assert not BulletinLesson.objects.filter(lesson=hidden).exists()

    def test_a_group_of_others_is_no_receiver(self, client, db):
        story = Story()
        bulletin = story.issued()
        group = SharingGroupFactory.create(name="Their circle", agencies=[story.commander.agency])
        client.force_login(story.editor)

        answer = client.post(
            reverse("bulletins:release_create", args=[bulletin.pk]),
            {"to": f"group:{group.pk}", "ask": "READ", "confirmed": "1"},
        )

        assert answer.status_code == 422
        assert "Their circle" not in answer.text
        assert not bulletin.releases.exists()


def test_a_record_of_another_agency_is_not_changed_by_its_number(writing, theirs):
    incident = theirs.review.incident

    answer = writing.post(
        reverse("incidents:incident_change", args=[incident.pk]),
        typed(title="Mine now", lock_version=1),
    )

    incident.refresh_from_db()
    assert answer.status_code == 404
    assert incident.title == "Attack on a procession"


def test_evidence_is_not_put_on_a_record_of_another_agency(writing, theirs):
    answer = writing.post(
        reverse("incidents:evidence_add", args=[theirs.review.incident_id]),
        {"title": details().title, "kind": "PHOTOGRAPH", "file": upload()},
    )

    assert answer.status_code == 404
    assert not theirs.review.incident.evidence.exists()
