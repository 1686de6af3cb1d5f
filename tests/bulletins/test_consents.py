"""ORCON: what an originator controls goes on with its consent."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from agencies.choices import TLP, Caveat, WideningState
from audit.choices import Verb
from audit.models import Event
from bulletins.actions import consents as actions
from bulletins.actions.briefs import request_incident_brief
from bulletins.actions.bulletins import compose_bulletin
from bulletins.models import Brief, Bulletin, Consent
from lessons.models import Lesson
from tests.bulletins.factories import IncidentFactory, LessonFactory, text
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    """Another agency's lesson, open to every agency and controlled by its own."""
    return LessonFactory.create(tlp=TLP.GREEN, caveats=[Caveat.ORCON])


@pytest.fixture
def originator(lesson):
    return UserFactory.create(release_officer=True, agency=lesson.agency)


def compose(story, lesson):
    return compose_bulletin(
        text=text(tlp=TLP.GREEN, caveats=(Caveat.ORCON,)),
        lesson_ids=[lesson.pk],
        by=story.editor,
        at=NOON,
    )


def ask(story, lesson, by=None, reason="For our districts."):
    return actions.ask_originator(
        subject=Lesson, subject_id=lesson.pk, reason=reason, by=by or story.editor, at=NOON
    )


def grant(consent, by):
    return actions.grant_consent(consent_id=consent.pk, by=by, at=NOON)


def refuse(consent, by, answer="It names a source."):
    return actions.refuse_consent(consent_id=consent.pk, answer=answer, by=by, at=NOON)


class TestABulletin:
    def test_does_not_carry_it_unasked_and_says_whom_to_ask(self, story, lesson):
        with pytest.raises(actions.OriginatorNotAsked, match=lesson.agency.name):
            compose(story, lesson)

        assert not Bulletin.objects.exists()

    def test_does_not_carry_it_before_the_answer(self, story, lesson):
        ask(story, lesson)

        with pytest.raises(actions.OriginatorNotAsked):
            compose(story, lesson)

    def test_carries_it_with_consent(self, story, lesson, originator):
        grant(ask(story, lesson), originator)

        assert list(compose(story, lesson).lessons.all()) == [lesson]

    def test_needs_no_consent_for_its_own(self, story):
        own = LessonFactory.create(agency=story.agency, tlp=TLP.GREEN, caveats=[Caveat.ORCON])

        assert compose(story, own).lessons.count() == 1

    def test_is_held_to_it_by_the_database(self, story, lesson):
        bulletin = story.composed(tlp=TLP.AMBER, caveats=(Caveat.ORCON,))

        with pytest.raises(IntegrityError, match="with consent of its originator"):
            bulletin.parts.create(lesson=lesson, position=2)


class TestABrief:
    def test_is_not_made_of_it_unasked(self, story):
        incident = IncidentFactory.create(tlp=TLP.GREEN, caveats=[Caveat.ORCON])

        with pytest.raises(actions.OriginatorNotAsked, match=incident.reference):
            request_incident_brief(incident_id=incident.pk, by=story.editor, at=NOON)

        assert not Brief.objects.exists()


class TestAskOriginator:
    def test_twice_is_once(self, story, lesson):
        assert ask(story, lesson) == ask(story, lesson)

        assert Event.objects.filter(verb=Verb.CONSENT_ASKED).count() == 1

    def test_may_be_tried_again_after_a_refusal(self, story, lesson, originator):
        refuse(ask(story, lesson), originator)

        assert ask(story, lesson).state == WideningState.ASKED

    def test_says_what_for(self, story, lesson):
        with pytest.raises(actions.ConsentRefused, match="what for"):
            ask(story, lesson, reason=" ")

    def test_is_not_for_auditors_nor_for_the_originator(self, story, lesson, originator):
        auditor = UserFactory.create(auditor=True, agency=story.agency)

        for person in (auditor, originator):
            with pytest.raises(PermissionDenied):
                ask(story, lesson, by=person)

    def test_is_not_there_for_who_may_not_read_the_record(self, story, outsider):
        hidden = LessonFactory.create(tlp=TLP.AMBER, caveats=[Caveat.ORCON])

        with pytest.raises(Lesson.DoesNotExist):
            ask(story, hidden, by=outsider)


class TestTheAnswer:
    def test_is_recorded(self, story, lesson, originator):
        consent = grant(grant(ask(story, lesson), originator), originator)

        assert (consent.state, consent.decided_by) == (WideningState.GRANTED, originator)
        assert Event.objects.filter(verb=Verb.CONSENT_GRANTED).count() == 1

    def test_stands(self, story, lesson, originator):
        consent = grant(ask(story, lesson), originator)

        with pytest.raises(actions.ConsentRefused, match="decided already"):
            refuse(consent, originator)

    def test_says_why_it_is_no(self, story, lesson, originator):
        with pytest.raises(actions.ConsentRefused, match="Say why"):
            refuse(ask(story, lesson), originator, answer=" ")

    def test_is_the_originators_alone(self, story, lesson, outsider):
        consent = ask(story, lesson)
        investigator = UserFactory.create(agency=lesson.agency)

        with pytest.raises(PermissionDenied):
            grant(consent, story.editor)
        for person in (outsider, investigator):
            with pytest.raises(Consent.DoesNotExist):
                grant(consent, person)


class TestPages:
    def test_offer_to_ask_from_the_lesson(self, client, story, lesson):
        client.force_login(story.editor)

        page = client.get(lesson.get_absolute_url())
        answer = client.post(
            reverse("bulletins:consent_ask", args=["lesson", lesson.pk]), {"reason": "For us."}
        )

        assert "Ask the originator" in page.content.decode()
        assert answer["Location"] == Consent.objects.get().get_absolute_url()

    def test_wait_at_the_originators_home_for_its_answer(self, client, story, lesson, originator):
        consent = ask(story, lesson)
        client.force_login(originator)

        assert consent.get_absolute_url() in client.get("/").content.decode()
        assert "Agree" in client.get(consent.get_absolute_url()).content.decode()
        client.post(reverse("bulletins:consent_grant", args=[consent.pk]))

        consent.refresh_from_db()
        assert consent.state == WideningState.GRANTED

    def test_need_a_reason_to_refuse(self, client, story, lesson, originator):
        consent = ask(story, lesson)
        client.force_login(originator)

        page = client.post(reverse("bulletins:consent_refuse", args=[consent.pk]), {"answer": ""})

        assert page.status_code == 422

    def test_are_not_there_for_an_outsider(self, client, story, lesson, outsider):
        consent = ask(story, lesson)
        client.force_login(outsider)

        assert client.get(consent.get_absolute_url()).status_code == 404
        for name in ("consent_grant", "consent_refuse"):
            assert client.post(reverse(f"bulletins:{name}", args=[consent.pk])).status_code == 404
