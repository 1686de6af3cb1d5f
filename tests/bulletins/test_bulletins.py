"""Composing, changing, issuing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from agencies.choices import TLP, Caveat, Classification
from audit.choices import Verb
from audit.models import Event
from bulletins.actions import bulletins as actions
from bulletins.actions.seconds import NeedsSecondPerson
from bulletins.choices import BulletinState, RenderingState
from bulletins.models import Bulletin, Rendering
from bulletins.rendering.records import record_hash
from core.errors import StaleEdit
from lessons.choices import LessonState
from tests.bulletins.factories import LessonFactory, evidence, text
from tests.factories import NOON, UserFactory


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


class TestComposeBulletin:
    def compose(self, story, by=None, lessons=None, **changes):
        return actions.compose_bulletin(
            text=text(**changes),
            lesson_ids=[lesson.pk for lesson in lessons or [story.lesson]],
            by=by or story.editor,
            at=NOON,
        )

    def test_keeps_a_draft_with_its_lessons(self, story):
        bulletin = self.compose(story)

        assert bulletin.state == BulletinState.DRAFT
        assert bulletin.reference == "LB-2026-0001"
        assert list(bulletin.lessons.all()) == [story.lesson]
        assert verbs() == [Verb.BULLETIN_COMPOSED]

    def test_numbers_rise_by_one(self, story):
        first, second = self.compose(story), self.compose(story)

        assert (first.reference, second.reference) == ("LB-2026-0001", "LB-2026-0002")

    def test_a_second_click_finds_the_draft_of_the_first(self, story):
        first, second = (
            actions.compose_bulletin(
                text=text(),
                lesson_ids=[story.lesson.pk],
                by=story.editor,
                at=NOON,
                origin="form:1:a",
            )
            for _click in range(2)
        )

        assert first == second
        assert verbs() == [Verb.BULLETIN_COMPOSED]

    def test_is_not_marked_higher_than_its_editor_may_read(self, story):
        with pytest.raises(actions.BulletinNotReady, match="cleared"):
            self.compose(story, classification=Classification.CONFIDENTIAL)

        assert not Bulletin.objects.exists()

    @pytest.mark.parametrize(
        ("marking", "sentence"),
        [
            ({"tlp": TLP.GREEN}, "is TLP:AMBER"),
            ({"classification": Classification.UNMARKED}, "is RESTRICTED"),
        ],
    )
    def test_refuses_a_marking_below_a_part_and_names_it(self, story, marking, sentence):
        with pytest.raises(actions.MarkedTooLow, match=f"{story.lesson.reference} {sentence}"):
            self.compose(story, **marking)

        assert not Bulletin.objects.exists()
        assert not Event.objects.exists()

    def test_refuses_to_lose_a_caveat_of_a_part(self, story):
        story.lesson.caveats = [Caveat.ORCON]
        story.lesson.save(update_fields=["caveats"])

        with pytest.raises(actions.MarkedTooLow, match="Originator controlled"):
            self.compose(story)

    def test_refuses_what_another_agency_has_not_freed(self, story):
        other = LessonFactory.create(tlp=TLP.AMBER)
        other.shares.create(to_agency=story.agency, shared_at=NOON, shared_by=other.drawn_by)

        with pytest.raises(actions.MarkedTooLow, match="only they may pass it on"):
            self.compose(story, lessons=[other])

    def test_refuses_a_lesson_that_is_not_endorsed(self, story):
        early = LessonFactory.create(
            agency=story.agency, state=LessonState.IDENTIFIED, endorsed_at=None, endorsed_by=None
        )

        with pytest.raises(actions.BulletinNotReady, match=early.reference):
            self.compose(story, lessons=[early])

    def test_refuses_a_lesson_that_the_editor_may_not_read(self, story):
        hidden = LessonFactory.create(tlp=TLP.AMBER_STRICT)

        with pytest.raises(actions.BulletinNotReady, match="that you may read"):
            self.compose(story, lessons=[hidden])

    @pytest.mark.parametrize("role", ["commander", "auditor", "system_admin"])
    def test_is_refused_to_other_roles(self, story, role):
        other = UserFactory.create(agency=story.agency, **{role: True})

        with pytest.raises(PermissionDenied):
            self.compose(story, by=other)


class TestChangeBulletin:
    def change(self, story, bulletin, by=None, version=1, **changes):
        return actions.change_bulletin(
            bulletin_id=bulletin.pk,
            text=text(**changes),
            lesson_ids=[story.lesson.pk],
            lock_version=version,
            by=by or story.editor,
            at=NOON,
        )

    def test_changes_the_draft(self, story):
        bulletin = self.change(story, story.composed(), title="New")

        assert (bulletin.title, bulletin.lock_version) == ("New", 2)
        assert verbs()[-1] == Verb.BULLETIN_CHANGED

    def test_refuses_a_stale_page_and_keeps_what_stands(self, story):
        bulletin = story.composed()
        self.change(story, bulletin, title="Theirs")

        with pytest.raises(StaleEdit):
            self.change(story, bulletin, title="Mine")

        bulletin.refresh_from_db()
        assert bulletin.title == "Theirs"

    def test_refuses_an_issued_bulletin(self, story, rung):
        with pytest.raises(PermissionDenied):
            self.change(story, story.issued(), version=2)

    def test_is_invisible_to_an_outsider(self, story, outsider):
        with pytest.raises(Bulletin.DoesNotExist):
            self.change(story, story.composed(), by=outsider)


class TestIssueBulletin:
    def issue(self, bulletin, by):
        return actions.issue_bulletin(bulletin_id=bulletin.pk, by=by, at=NOON)

    def test_freezes_the_record_and_rings_the_worker(
        self, story, rung, django_capture_on_commit_callbacks
    ):
        bulletin = story.composed()

        with django_capture_on_commit_callbacks(execute=True):
            issued = self.issue(bulletin, story.editor)

        rendering = Rendering.objects.get(bulletin=bulletin)
        assert issued.state == BulletinState.ISSUED
        assert issued.sha256 == record_hash(issued.content)
        assert rendering.state == RenderingState.WAITING
        assert rung == [{}]
        assert verbs()[-1] == Verb.BULLETIN_ISSUED

    def test_twice_is_once(self, story, rung):
        bulletin = story.issued()
        before = verbs()

        again = self.issue(bulletin, story.editor)

        assert again.issued_at == bulletin.issued_at
        assert verbs() == before
        assert Rendering.objects.count() == 1

    def test_the_request_succeeds_while_the_broker_is_away(
        self, story, monkeypatch, django_capture_on_commit_callbacks
    ):
        def away(**_ids):
            raise ConnectionRefusedError

        monkeypatch.setattr("bulletins.tasks.render.delay", away)
        bulletin = story.composed()

        with django_capture_on_commit_callbacks(execute=True):
            self.issue(bulletin, story.editor)

        assert Rendering.objects.get().state == RenderingState.WAITING

    def test_refuses_when_a_part_went_beyond_reach_meanwhile(self, story):
        bulletin = story.composed()
        story.lesson.agency = story.commander.agency
        story.lesson.save(update_fields=["agency"])
        story.lesson.shares.create(
            to_agency=story.agency, shared_at=NOON, shared_by=story.lesson.drawn_by
        )

        with pytest.raises(actions.MarkedTooLow, match=story.lesson.reference):
            self.issue(bulletin, story.editor)

    def test_is_hidden_from_investigators_and_outsiders(self, story, outsider):
        bulletin = story.composed()
        own = UserFactory.create(agency=story.agency)

        for person in (own, outsider):
            with pytest.raises(Bulletin.DoesNotExist):
                self.issue(bulletin, person)

    def test_may_be_the_commanders_deed(self, story, rung):
        own = UserFactory.create(agency=story.agency, commander=True)

        assert self.issue(story.composed(), own).issued_by == own

    def test_is_not_for_who_wrote_it_and_says_who_may(self, story):
        bulletin = story.composed()

        with pytest.raises(NeedsSecondPerson, match=f"Ask: {story.editor.post}"):
            self.issue(bulletin, story.writer)

        bulletin.refresh_from_db()
        assert bulletin.state == BulletinState.DRAFT

    def test_is_not_for_who_changed_it_last(self, story):
        bulletin = story.composed()
        actions.change_bulletin(
            bulletin_id=bulletin.pk,
            text=text(title="Mine now"),
            lesson_ids=[story.lesson.pk],
            lock_version=1,
            by=story.editor,
            at=NOON,
        )

        with pytest.raises(NeedsSecondPerson, match="another sends it out"):
            self.issue(bulletin, story.editor)

    @pytest.mark.parametrize("author", ["composed_by", "changed_by"])
    def test_the_database_refuses_its_author_too(self, story, rung, author):
        bulletin = story.issued()
        other = UserFactory.create(agency=story.agency, release_officer=True)
        wrong = {author: bulletin.issued_by} | (
            {"changed_at": NOON} if author == "changed_by" else {}
        )

        Bulletin.objects.filter(pk=bulletin.pk).update(changed_at=NOON, changed_by=other)
        with pytest.raises(IntegrityError, match="bulletin_issuer_is_not_its_author"):
            Bulletin.objects.filter(pk=bulletin.pk).update(**wrong)


class TestEvidenceInABulletin:
    def lesson_on(self, story, finding):
        story.lesson.findings.add(finding)
        return story.issued().content

    def test_prints_findings_counts_and_recommendations(self, story, rung):
        content = self.lesson_on(story, evidence(story.agency))

        assert content["lessons"][0]["findings"][0]["title"] == "One check, at the crowd"
        assert content["incidents"][0]["tallies"][0]["words"] == "15–60"
        assert content["recommendations"][0]["owner"] == "District police officer"
        assert [source["number"] for source in content["sources"]] == [1, 2]

    @pytest.mark.parametrize(
        "marking", [{"tlp": TLP.AMBER_STRICT}, {"classification": Classification.CONFIDENTIAL}]
    )
    def test_holds_back_what_is_marked_higher(self, story, rung, marking):
        story.editor.clearance = Classification.CONFIDENTIAL
        story.editor.save(update_fields=["clearance"])

        content = self.lesson_on(story, evidence(story.agency, **marking))

        assert content["lessons"][0]["findings"] == []
        assert content["lessons"][0]["held_back"] == 1
        assert content["incidents"] == content["recommendations"] == content["sources"] == []

    def test_holds_back_what_another_agency_has_not_freed(self, story, rung):
        finding = evidence(LessonFactory.create().agency)
        finding.review.shares.create(
            to_agency=story.agency, shared_at=NOON, shared_by=finding.review.lead
        )

        content = self.lesson_on(story, finding)

        assert content["lessons"][0]["held_back"] == 1

    def test_the_day_of_issue_is_pakistans(self, story, rung):
        bulletin = story.composed()
        evening = NOON.replace(hour=23, minute=50) + timedelta(minutes=20)

        issued = actions.issue_bulletin(bulletin_id=bulletin.pk, by=story.editor, at=evening)

        assert issued.content["issued_on"] == "2026-11-21"
