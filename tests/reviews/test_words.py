"""Dissent at its passage and its answer, the word of agencies, fair notice."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from agencies.lock import acting
from audit.choices import Verb
from audit.models import Event
from reviews import actions, selectors
from reviews.choices import Concur
from reviews.models import Dissent, DissentAnswer, FairNotice, Review
from tests.factories import NOON, UserFactory
from tests.reviews.factories import OPEN_MARKING, ReviewFactory, section

TODAY = NOON.date()
WEEK = TODAY + timedelta(days=7)
LATER = NOON + timedelta(days=8)


@pytest.fixture
def other(db):
    """A commander of another agency."""
    return UserFactory.create(commander=True)


@pytest.fixture
def laid(lead):
    """Submitted, of an incident that every agency may read."""
    return ReviewFactory.create(lead=lead, state="SUBMITTED", tlp="GREEN")


def ask(review, by, agency, **said):
    given = {"review_id": review.pk, "agency": agency, "due_date": WEEK, "by": by, "at": NOON}
    return actions.ask_agency(**(given | said))


def word(review, by, answer, at=NOON, key=None, **said):
    return actions.give_word(
        review_id=review.pk, word=answer, said=actions.Said(**said), by=by, at=at, key=key
    )


def notice(review, by, *, finding=1, due=WEEK, at=NOON, **body):
    told = actions.Body(post="Head", **(body or {"name": "District council"}))
    return actions.give_notice(
        review_id=review.pk, body=told, finding_number=finding, due_date=due, by=by, at=at
    )


class TestDissentAtItsPassage:
    def attach(self, review, by, **said):
        given = {"kind": "cause", "text": "It was not so.", "by": by, "at": NOON}
        return actions.attach_dissent(review_id=review.pk, **(given | said))

    def test_points_at_the_passage_that_was_chosen_or_named(self, laid, judge):
        finding, recommendation = laid.findings.get(), laid.recommendations.get()

        chosen = self.attach(laid, judge, passage="finding", passage_key=str(finding.pk))
        named = self.attach(laid, judge, about="Recommendation 1")
        section_d = self.attach(laid, judge, passage="section", passage_key="D")

        beside = selectors.read(laid, judge).beside
        assert beside == {("finding", 1): [chosen], ("recommendation", 1): [named]}
        assert chosen.about == "finding 1: Nobody searched the crowd"
        assert named.passage_key == str(recommendation.pk)
        assert section_d.about.startswith("D · ")

    def test_refuses_a_passage_of_another_review(self, laid, judge):
        elsewhere = ReviewFactory.create(complete=True).findings.get()

        with pytest.raises(actions.NotSound, match="no longer in the review"):
            self.attach(laid, judge, passage="finding", passage_key=str(elsewhere.pk))

    def test_is_answered_beside_it_for_good(self, client, laid, judge, lead):
        dissent = self.attach(laid, judge, about="finding 1")
        key = uuid.uuid4()
        told = {"review_id": laid.pk, "dissent_id": dissent.pk, "text": "It was.", "at": NOON}

        once = actions.answer_dissent(by=lead, key=key, **told)
        assert actions.answer_dissent(by=lead, key=key, **told) == once

        with pytest.raises(PermissionDenied):
            actions.answer_dissent(by=judge, **told)
        with pytest.raises(DatabaseError), transaction.atomic():
            DissentAnswer.objects.update(text="It was not.")
        client.force_login(judge)
        page = client.get(reverse("reviews:review_read", args=[laid.pk])).text
        assert page.count("It was.") == 2  # at the finding, and in section I
        (printed,) = selectors.review_document(laid)["dissents"]
        assert printed["answers"][0]["text"] == "It was."
        assert Event.objects.filter(verb=Verb.DISSENT_ANSWERED).count() == 1


class TestWordOfAnAgency:
    def test_opens_the_review_to_the_commanders_asked_and_to_nobody_else(self, laid, lead, other):
        colleagues = [UserFactory.create(agency=other.agency), UserFactory.create(auditor=True)]
        uncleared = UserFactory.create(commander=True, agency=other.agency, clearance="UNMARKED")
        admin = UserFactory.create(system_admin=True, agency=other.agency)
        assert not Review.objects.visible_to(other).exists()

        ask(laid, lead, other.agency)

        assert Review.objects.visible_to(other).get() == laid
        assert not Review.objects.visible_to(other).to_draw_on(other).exists()  # for its word alone
        for person in (*colleagues, uncleared, admin, UserFactory.create(commander=True)):
            assert not Review.objects.visible_to(person).exists()
            with acting(person):
                assert not Review.objects.exists()
        assert Event.objects.get(verb=Verb.AGENCY_CONSULTED).data["agency"] == other.agency.code

    def test_is_asked_by_lead_or_commander_of_what_may_leave(self, laid, lead, judge, other):
        strict = ReviewFactory.create(lead=lead, state="SUBMITTED", tlp="AMBER_STRICT")
        draft = ReviewFactory.create(lead=lead)
        member = UserFactory.create(agency=lead.agency)
        actions.add_member(review_id=draft.pk, user=member, role="MEMBER", by=lead, at=NOON)

        with pytest.raises(actions.StaysInside):
            ask(strict, lead, other.agency)
        for who in (lead, member):
            with pytest.raises(PermissionDenied):
                ask(draft, who, other.agency)
        with pytest.raises(actions.NotSound, match="still to come"):
            ask(laid, judge, other.agency, due_date=TODAY)
        assert ask(laid, judge, other.agency) == ask(laid, judge, other.agency)

    def test_needs_somebody_there_who_may_read_the_incident(self, lead, other):
        closed = ReviewFactory.create(lead=lead, state="SUBMITTED", tlp="AMBER")

        with pytest.raises(actions.NotSound, match="Share the incident"):
            ask(closed, lead, other.agency)

    def test_is_kept_and_a_later_one_takes_its_place(self, laid, lead, other):
        ask(laid, lead, other.agency)

        word(laid, other, Concur.DISSENT, kind="fact", text="He was told.", about="finding 1")
        word(laid, other, Concur.CONCUR, at=NOON + timedelta(days=1))

        (told,) = selectors.words_on(laid)
        assert [each.word for each in told.answers] == ["DISSENT", "CONCUR"]
        assert told.last.word == Concur.CONCUR
        assert Dissent.objects.get().agency == other.agency
        with pytest.raises(actions.NotSound, match="what your agency disputes"):
            word(laid, other, Concur.DISSENT, text="No.")
        with pytest.raises(actions.NotSound, match="own words"):
            word(laid, other, Concur.COMMENT)

    def test_is_silence_after_the_day_and_frozen_as_such(self, client, lead, judge, other):
        review = ReviewFactory.create(lead=lead, state="SUBMITTED", tlp="GREEN")
        ask(review, lead, other.agency)
        actions.approve_review(review_id=review.pk, by=judge, at=NOON)
        actions.publish_review(review_id=review.pk, by=judge, at=LATER)
        word(review, other, Concur.CONCUR, at=LATER + timedelta(days=1))

        frozen = review.versions.get().content["words"]

        assert [(each["was_silent"], each["answers"]) for each in frozen] == [(True, [])]
        client.force_login(other)
        page = client.get(reverse("reviews:review_read", args=[review.pk])).text
        assert "No answer by 27 Nov" in page
        assert "Concurs" in page

    def test_is_given_on_a_page_and_asked_for_on_one(self, client, laid, lead, other, outsider):
        ask_url, give_url = (
            reverse(f"reviews:{name}", args=[laid.pk]) for name in ("agency_ask", "word_give")
        )
        client.force_login(lead)
        asked = client.post(ask_url, {"agency": other.agency_id, "due_date": "2126-01-01"})
        assert asked.status_code == 302

        client.force_login(other)
        assert laid.reference in client.get(reverse("reviews:asked_list")).text
        refused = client.post(give_url, {"word": "DISSENT", "text": "Not so."})
        assert (refused.status_code, "what your agency disputes" in refused.text) == (422, True)
        given = {"word": "DISSENT", "kind": "cause", "text": "Not so.", "passage": "section:D"}
        assert client.post(give_url, given).status_code == 302
        page = client.get(section(laid, "I")).text
        assert page.count("Not so.") == 2
        assert laid.reference not in client.get(reverse("reviews:asked_list")).text

        client.force_login(outsider)
        for path in (ask_url, give_url, section(laid, "I")):
            assert client.get(path).status_code == 404


class TestFairNotice:
    def test_keeps_the_words_and_says_when_the_passage_has_changed(self, lead):
        draft = ReviewFactory.create(lead=lead, complete=True)
        assert "no body has had fair notice" in selectors.notice_warnings(draft)[0]

        given = notice(draft, lead)

        assert given.words == "Nobody searched the crowd"
        assert selectors.notice_warnings(draft) == []
        finding = draft.findings.get()
        actions.change_finding(
            review_id=draft.pk, row_id=finding.pk, version=1, by=lead, at=NOON,
            kind="failure", title="Nobody was searched",
        )  # fmt: skip
        (warning,) = selectors.notice_warnings(draft)
        assert "Give notice anew" in warning
        notice(draft, lead)
        assert selectors.notice_warnings(draft) == []

    def test_holds_publication_while_the_reply_may_still_come(self, client, lead, judge):
        review = ReviewFactory.create(lead=lead, state="SUBMITTED", tlp="GREEN")
        outside = notice(review, lead)
        actions.approve_review(review_id=review.pk, by=judge, at=NOON)

        with pytest.raises(actions.ReplyAwaited, match="District council may reply until"):
            actions.publish_review(review_id=review.pk, by=judge, at=NOON)
        told = {"text": "We had no men.", "said_on": TODAY, "by": lead, "at": NOON}
        with pytest.raises(actions.NotSound, match="letter"):
            actions.enter_reply(review_id=review.pk, notice_id=outside.pk, source=" ", **told)
        actions.enter_reply(
            review_id=review.pk, notice_id=outside.pk, source="Letter 12/2026", **told
        )

        actions.publish_review(review_id=review.pk, by=judge, at=NOON)
        (frozen,) = review.versions.get().content["notices"]
        assert frozen["replies"][0]["source"] == "Letter 12/2026"
        client.force_login(lead)
        assert "We had no men." in client.get(review.get_absolute_url()).text

    def test_is_no_bar_once_the_day_has_passed(self, lead, judge):
        review = ReviewFactory.create(lead=lead, state="SUBMITTED")
        notice(review, lead)
        actions.approve_review(review_id=review.pk, by=judge, at=NOON)

        actions.publish_review(review_id=review.pk, by=judge, at=LATER)

        assert review.versions.get().content["notices"][0]["was_silent"]

    def test_shows_the_body_its_passage_and_nothing_else(self, client, laid, lead, other):
        given = notice(laid, lead, agency=other.agency)
        path = reverse("reviews:notice_detail", args=[given.pk])

        client.force_login(other)
        page = client.get(path).text
        assert "Nobody searched the crowd" in page
        assert "Search people at the lane" not in page
        for hidden in (laid.get_absolute_url(), section(laid, "I")):
            assert client.get(hidden).status_code == 404
        assert client.post(path, {"text": "There was a queue."}).status_code == 302
        reply = given.replies.get()
        assert (reply.text, reply.by) == ("There was a queue.", other)

        blind = [UserFactory.create(agency=other.agency), UserFactory.create(auditor=True)]
        blind += [UserFactory.create(system_admin=True), UserFactory.create(commander=True)]
        for person in blind:
            client.force_login(person)
            assert client.get(path).status_code == 404
            with acting(person):
                assert not FairNotice.objects.exists()

    def test_is_given_by_the_lead_to_one_body_on_a_page(self, client, laid, judge, lead, other):
        path = reverse("reviews:notice_give", args=[laid.pk])
        told = {"finding_number": "1", "post": "Head", "due_date": "2126-01-01"}
        client.force_login(lead)

        both = client.post(path, told | {"agency": other.agency_id, "name": "Council"})
        none = client.post(path, told)
        given = client.post(path, told | {"agency": other.agency_id})

        assert [each.status_code for each in (both, none, given)] == [422, 422, 302]
        assert "name a body outside" in both.text
        strict = ReviewFactory.create(lead=lead, state="SUBMITTED", tlp="AMBER_STRICT")
        with pytest.raises(actions.StaysInside):
            notice(strict, lead, agency=other.agency)

    def test_is_warned_of_where_the_review_is_submitted(self, at_desk, lead):
        draft = ReviewFactory.create(lead=lead, complete=True, **OPEN_MARKING)

        assert "no body has had fair notice" in at_desk.get(section(draft, "J")).text
