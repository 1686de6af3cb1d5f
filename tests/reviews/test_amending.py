"""A published review is amended beside itself, and every version stays readable."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError

from audit.choices import Verb
from audit.models import Event
from reviews import actions, selectors
from reviews.choices import FindingKind, ReviewState, SignOffDeed
from reviews.models import Finding, Recommendation, Review
from reviews.selectors import frozen
from tests.factories import NOON, UserFactory
from tests.lessons.factories import drawn
from tests.reviews.factories import DUE, ReviewFactory, remedy_category

WHY = "The court has heard a second witness."


@pytest.fixture
def published(lead):
    return ReviewFactory.create(lead=lead, state="PUBLISHED")


def amend(review, by, reason=WHY):
    return actions.open_amendment(review_id=review.pk, reason=reason, by=by, at=NOON)


def rewrite(amendment, by):
    """The finding says more; another is added, with a recommendation that answers both."""
    common = {"review_id": amendment.pk, "by": by, "at": NOON}
    finding = amendment.findings.get()
    actions.change_finding(
        row_id=finding.pk,
        version=finding.version,
        **common,
        kind=FindingKind.FAILURE,
        title="Nobody searched the crowd at the second gate",
    )
    second = actions.add_finding(kind=FindingKind.STRENGTH, title="The post held", **common)
    actions.add_recommendation(
        text="Keep the post.",
        category=remedy_category(),
        owner_post="SP City",
        due_date=DUE,
        closure_criterion="The post is manned at each inspection.",
        findings=[finding, second],
        **common,
    )


def settle(amendment, lead):
    judge = UserFactory.create(commander=True, agency=lead.agency)
    actions.submit_review(review_id=amendment.pk, by=lead, at=NOON)
    actions.approve_review(review_id=amendment.pk, by=judge, at=NOON)
    return actions.publish_review(review_id=amendment.pk, by=judge, at=NOON)


def said_of(review):
    return selectors.debrief_of(review)


def exchange(rows, column, *, free):
    """Let two lines exchange what no two may share, as people do: by way of a third value."""
    first, second = rows
    was, other = getattr(first, column), getattr(second, column)
    for row, value in ((first, free), (second, was), (first, other)):
        words = {"name": "" if value else "Nobody yet"} if column == "agency_id" else {}
        type(row).objects.filter(pk=row.pk).update(**{column: value}, **words)


class TestOpenAmendment:
    def test_copies_all_that_the_review_says(self, published, lead):
        amendment = amend(published, lead)

        said = frozen.content_only(selectors.review_document(published))
        assert amendment.state == ReviewState.DRAFT
        assert len(said["findings"]) == len(said["recommendations"]) == 1
        copy = frozen.content_only(selectors.review_document(amendment))
        assert copy == said
        assert Event.objects.get(verb=Verb.REVIEW_AMENDING).data["reason"] == WHY
        assert amend(published, lead) == amendment

    def test_is_the_leads_with_a_reason_and_after_publication(self, published, lead, outsider):
        colleague = UserFactory.create(agency=lead.agency)
        draft = ReviewFactory.create(lead=lead)

        with pytest.raises(actions.NotSound, match="why"):
            amend(published, lead, reason=" ")
        with pytest.raises(PermissionDenied):
            amend(published, colleague)
        with pytest.raises(PermissionDenied):
            amend(draft, lead)
        with pytest.raises(Review.DoesNotExist):
            amend(published, outsider)
        assert not Review.objects.exclude(amends=None).exists()

    def test_shows_nothing_unapproved_to_anybody_but_its_team(self, published, lead, judge):
        reader = UserFactory.create(agency=lead.agency)
        amendment = amend(published, lead)
        rewrite(amendment, lead)

        assert set(Review.objects.visible_to(reader)) == {published}
        assert set(Review.objects.visible_to(judge)) == {published}
        assert set(Review.objects.visible_to(lead)) == {published, amendment}
        assert {each.review for each in selectors.findings_visible_to(lead)} == {published}
        assert published.findings.get().title == "Nobody searched the crowd"


class TestPublishAmendment:
    def test_makes_the_next_version_and_keeps_every_line(self, published, lead):
        finding = published.findings.get()
        lesson = drawn(finding, by=lead, tlp=published.tlp, classification=published.classification)
        amendment = amend(published, lead)
        rewrite(amendment, lead)

        review = settle(amendment, lead)

        assert (review.pk, review.state) == (published.pk, ReviewState.AMENDED)
        assert next(iter(review.findings.order_by("number").values_list("pk", "title"))) == (
            finding.pk,
            "Nobody searched the crowd at the second gate",
        )
        assert list(lesson.findings.all()) == [finding]
        second = review.recommendations.get(number=2)
        assert second.reference.startswith(f"{review.reference}-R")
        assert set(second.findings.all()) == set(review.findings.all())
        first, new = review.versions.order_by("number")
        assert frozen.is_as_frozen(first)
        assert frozen.is_as_frozen(new)
        assert [each["title"] for each in new.content["findings"]][1] == "The post held"
        assert review.signoffs.filter(deed=SignOffDeed.AMENDING, comment=WHY).count() == 1
        assert Event.objects.get(verb=Verb.REVIEW_AMENDED).data["version"] == 2
        amendment.refresh_from_db()
        assert amendment.state == ReviewState.CARRIED
        again = actions.publish_review(review_id=amendment.pk, by=review.published_by, at=NOON)
        assert again == review
        assert review.versions.count() == 2

    def test_takes_out_what_was_taken_out_unless_something_stands_on_it(self, published, lead):
        asked = published.recommendations.get()
        amendment = amend(published, lead)
        rewrite(amendment, lead)
        gone = {"review_id": amendment.pk, "by": lead, "at": NOON}
        actions.remove_recommendation(row_id=amendment.recommendations.get(number=1).pk, **gone)

        settle(amendment, lead)

        assert not Recommendation.objects.filter(pk=asked.pk).exists()
        finding = published.findings.get(number=1)
        drawn(finding, by=lead, tlp=published.tlp, classification=published.classification)
        once_more = amend(published, lead)
        actions.remove_finding(
            row_id=once_more.findings.get(number=1).pk,
            review_id=once_more.pk,
            by=lead,
            at=NOON,
        )
        with pytest.raises(actions.StillUsed, match="second gate"), transaction.atomic():
            settle(once_more, lead)
        assert Finding.objects.filter(pk=finding.pk).exists()

    def test_takes_out_nothing_that_an_unseen_lesson_stands_on(self, lead):
        open_to_all = {"tlp": "GREEN", "classification": "UNMARKED"}
        review = ReviewFactory.create(lead=lead, state="PUBLISHED", **open_to_all)
        finding = review.findings.get()
        drawn(finding, by=UserFactory.create(), **open_to_all)
        amendment = amend(review, lead)
        rewrite(amendment, lead)
        first = amendment.findings.order_by("number").first()
        actions.remove_finding(review_id=amendment.pk, row_id=first.pk, by=lead, at=NOON)

        with pytest.raises(actions.StillUsed, match="something else"), transaction.atomic():
            settle(amendment, lead)

        assert Finding.objects.filter(pk=finding.pk).exists()

    def test_of_the_last_line_makes_room_for_another_of_its_number(self, published, lead):
        amendment = amend(published, lead)
        common = {"review_id": amendment.pk, "by": lead, "at": NOON}
        actions.remove_finding(row_id=amendment.findings.get().pk, **common)
        actions.add_finding(kind=FindingKind.GAP, title="Who held the gate", **common)

        review = settle(amendment, lead)

        assert [(each.number, each.title) for each in review.findings.all()] == [
            (1, "Who held the gate")
        ]

    def test_carries_back_what_two_lines_exchanged(self, lead, judge):
        review = ReviewFactory.create(lead=lead, complete=True)
        common = {"by": lead, "at": NOON}
        mine, other = review.agency, UserFactory.create().agency
        for agency in (mine, other):
            actions.add_finding_body(
                review_id=review.pk, finding=review.findings.get(), agency=agency, **common
            )
        for kind in ("witness", "official"):
            actions.add_source_heard(review_id=review.pk, kind=kind, **common)
        actions.add_finding(review_id=review.pk, kind="gap", title="The second", **common)
        settle(review, lead)
        before = dict(review.findings.values_list("pk", "number"))
        amendment = amend(Review.objects.get(pk=review.pk), lead)
        heard = {each.kind: each for each in amendment.sources_heard.all()}
        for kind, new in (("witness", "expert"), ("official", "witness"), ("expert", "official")):
            row = heard.pop(kind)
            heard[new] = actions.change_source_heard(
                review_id=amendment.pk, row_id=row.pk, version=row.version, kind=new, **common
            )
            heard[new].refresh_from_db()
        exchange(amendment.findings.order_by("number"), "number", free=9)
        exchange(amendment.findings.get(number=2).bodies.order_by("pk"), "agency_id", free=None)

        settle(amendment, lead)

        after = dict(review.findings.values_list("pk", "number"))
        assert {pk: 3 - number for pk, number in before.items()} == after
        assert [each.kind for each in review.sources_heard.order_by("pk")] == [
            "official",
            "witness",
        ]
        bodies = review.findings.get(number=2).bodies.order_by("pk")
        assert [each.agency for each in bodies] == [other, mine]

    def test_of_a_hot_debrief_that_grew_carries_a_sixth_finding(self, lead):
        review = ReviewFactory.create(lead=lead, complete=True)
        Review.objects.filter(pk=review.pk).update(tier="T1")
        common = {"by": lead, "at": NOON}
        actions.save_debrief(
            review_id=review.pk, typed=replace(said_of(review), conditions="Dusk."),
            read=said_of(review), **common,
        )  # fmt: skip
        for n in range(2, 6):
            actions.add_finding(review_id=review.pk, kind="gap", title=f"Gap {n}", **common)
        settle(review, lead)
        amendment = amend(Review.objects.get(pk=review.pk), lead)
        actions.grow_review(review_id=amendment.pk, tier="T2", **common)
        actions.add_finding(review_id=amendment.pk, kind="gap", title="Gap 6", **common)

        settle(amendment, lead)

        assert review.findings.count() == 6

    def test_is_signed_by_who_did_not_write_it(self, published, lead):
        with pytest.raises(DatabaseError), transaction.atomic():
            Review.objects.filter(pk=published.pk).update(state="CARRIED")
        amendment = amend(published, lead)
        writer = UserFactory.create(commander=True, agency=lead.agency)
        actions.add_member(review_id=amendment.pk, user=writer, role="MEMBER", by=lead, at=NOON)
        actions.submit_review(review_id=amendment.pk, by=lead, at=NOON)

        with pytest.raises(actions.NeedsSecondPerson):
            actions.approve_review(review_id=amendment.pk, by=writer, at=NOON)
        assert published.versions.count() == 1
