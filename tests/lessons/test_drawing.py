import pytest
from django.core.exceptions import PermissionDenied

from agencies.choices import TLP, Caveat, Classification, Role
from audit.models import Event
from lessons import actions
from lessons.choices import LessonState
from lessons.models import Lesson
from lessons.selectors.drawing import begin_drawing
from reviews.choices import FindingKind
from reviews.models import Finding
from tests.factories import NOON, UserFactory
from tests.lessons.factories import FindingFactory, ReviewFactory, drawn, identified, text


class TestDrawLesson:
    def test_numbers_it_and_keeps_its_findings(self, finding, writer):
        first = drawn(finding, by=writer)
        second = drawn(finding, by=writer, origin="test:2")

        assert (first.reference, second.reference) == ("L-0001", "L-0002")
        assert first.state == LessonState.OBSERVATION
        assert first.agency == writer.agency
        assert list(first.findings.all()) == [finding]

    def test_records_the_deed(self, finding, writer):
        lesson = drawn(finding, by=writer)

        event = Event.objects.about(lesson).get()
        assert event.verb == "lesson.drawn"
        assert event.data == {"findings": [finding.pk], "marked_lower_than": []}

    def test_draws_once_however_often_it_is_clicked(self, finding, writer):
        first = drawn(finding, by=writer, origin="form:a")
        again = drawn(finding, by=writer, origin="form:a", title="Another")

        assert again == first
        assert Event.objects.filter(verb="lesson.drawn").count() == 1

    def test_lets_another_agency_draw_from_what_it_may_read(self, finding, outsider):
        assert drawn(finding, by=outsider).agency == outsider.agency

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSTEM_ADMIN])
    def test_refuses_those_who_only_watch(self, finding, role):
        watcher = UserFactory.create(role=role, agency=finding.review.agency)

        with pytest.raises(PermissionDenied):
            drawn(finding, by=watcher)

        assert not Lesson.objects.exists()

    def test_knows_no_finding_of_an_unseen_review(self, outsider):
        hidden = FindingFactory.create(review__tlp=TLP.AMBER_STRICT)

        with pytest.raises(Finding.DoesNotExist):
            drawn(hidden, by=outsider)

    def test_knows_no_finding_of_a_review_that_is_not_approved(self, db):
        early = FindingFactory.create(review=ReviewFactory.create(submitted=True))
        commander = UserFactory.create(commander=True, agency=early.review.agency)

        with pytest.raises(Finding.DoesNotExist):
            drawn(early, by=commander)

    @pytest.mark.parametrize("field", ["title", "observation", "recommendation"])
    def test_refuses_a_lesson_that_cannot_be_read_alone(self, finding, writer, field):
        with pytest.raises(actions.LessonRefused) as refusal:
            drawn(finding, by=writer, **{field: " "})

        assert refusal.value.field == field
        assert not Event.objects.exists()


class TestMarking:
    @pytest.fixture
    def guarded(self, db):
        return FindingFactory.create(
            review__tlp=TLP.AMBER, review__classification=Classification.RESTRICTED
        )

    def test_names_the_part_that_raised_it(self, guarded):
        with pytest.raises(actions.LessonRefused, match=guarded.review.reference):
            drawn(guarded, by=guarded.review.lead, tlp=TLP.GREEN)

        assert not Lesson.objects.exists()

    def test_goes_lower_when_the_text_stands_alone_and_says_so_in_the_record(self, guarded):
        lesson = drawn(guarded, by=guarded.review.lead, tlp=TLP.GREEN, stands_alone=True)

        assert lesson.tlp == TLP.GREEN
        event = Event.objects.about(lesson).get()
        assert event.data["marked_lower_than"] == [guarded.review.reference]

    def test_a_dropped_caveat_is_lower_too(self, db):
        guarded = FindingFactory.create(review__caveats=[Caveat.SUBJUDICE])

        with pytest.raises(actions.LessonRefused, match=guarded.review.reference):
            drawn(guarded, by=guarded.review.lead)

    def test_an_investigator_does_not_pass_on_a_confidential_review(self, db):
        guarded = FindingFactory.create(
            review__tlp=TLP.AMBER, review__classification=Classification.CONFIDENTIAL
        )
        cleared = {"agency": guarded.review.agency, "clearance": Classification.CONFIDENTIAL}
        investigator = UserFactory.create(**cleared)
        commander = UserFactory.create(commander=True, **cleared)

        with pytest.raises(actions.LessonRefused, match="not for your post"):
            drawn(guarded, by=investigator, stands_alone=True)

        assert drawn(guarded, by=commander, stands_alone=True).tlp == TLP.GREEN

    def test_what_another_agency_controls_nobody_else_passes_on(self, outsider):
        guarded = FindingFactory.create(review__caveats=[Caveat.ORCON])

        with pytest.raises(actions.LessonRefused, match="its owner"):
            drawn(guarded, by=outsider, stands_alone=True)

    def test_is_never_for_named_readers_only(self, finding, writer):
        with pytest.raises(actions.LessonRefused, match="named readers"):
            drawn(finding, by=writer, tlp=TLP.RED)

    def test_is_never_above_what_its_writer_may_read(self, finding, writer):
        with pytest.raises(actions.LessonRefused, match="cleared"):
            drawn(finding, by=writer, tlp=TLP.AMBER, classification=Classification.CONFIDENTIAL)

    def test_refuses_a_public_lesson_that_is_classified(self, finding, writer):
        with pytest.raises(actions.LessonRefused, match="public"):
            drawn(finding, by=writer, tlp=TLP.CLEAR, classification=Classification.RESTRICTED)


class TestBeginDrawing:
    def test_starts_from_the_words_and_the_highest_marking(self, finding, writer):
        other = FindingFactory.create(
            review__tlp=TLP.AMBER,
            review__agency=writer.agency,
            review__incident__agency=writer.agency,
            review__caveats=[Caveat.SUBJUDICE],
        )

        drawing = begin_drawing(writer, [finding.pk, other.pk])

        assert drawing.initial["observation"].startswith(f"{finding.title}. {finding.happened}")
        assert drawing.initial["tlp"] == TLP.AMBER
        assert drawing.initial["caveats"] == [Caveat.SUBJUDICE]

    def test_calls_strengths_a_notable_practice(self, writer):
        good = FindingFactory.create(kind=FindingKind.STRENGTH)

        assert begin_drawing(writer, [good.pk]).initial["kind"] == "NOTABLE_PRACTICE"

    def test_is_nothing_when_one_finding_is_not_there(self, finding, writer):
        assert begin_drawing(writer, [finding.pk, finding.pk + 1000]) is None


class TestChangeLesson:
    def change(self, lesson, by, version=None, **changes):
        return actions.change_lesson(
            lesson_id=lesson.pk,
            text=text(**changes),
            lock_version=version or lesson.lock_version,
            by=by,
            at=NOON,
        )

    def test_saves_and_records_which_parts(self, finding, writer):
        lesson = drawn(finding, by=writer)

        changed = self.change(lesson, writer, title="Another title")

        assert (changed.title, changed.lock_version) == ("Another title", 2)
        assert Event.objects.get(verb="lesson.changed").data["fields"] == ["title"]

    def test_refuses_a_stale_page(self, finding, writer, commander):
        lesson = drawn(finding, by=writer)
        self.change(lesson, commander, title="The commander's")

        with pytest.raises(actions.StaleLesson):
            self.change(lesson, writer, title="Mine")

        lesson.refresh_from_db()
        assert lesson.title == "The commander's"

    def test_refuses_once_a_commander_has_decided(self, finding, writer, commander):
        lesson = drawn(finding, by=writer)
        actions.reject_lesson(lesson_id=lesson.pk, reason="Known.", by=commander, at=NOON)

        with pytest.raises(actions.LessonSettled):
            self.change(lesson, writer, version=2)

    def test_refuses_to_take_the_reasons_out_of_an_identified_lesson(self, finding, writer):
        lesson = identified(finding, by=writer)

        with pytest.raises(actions.LessonRefused) as refusal:
            self.change(lesson, writer, conclusion="")

        assert refusal.value.field == "conclusion"

    def test_refuses_the_auditor(self, finding, writer, auditor):
        with pytest.raises(PermissionDenied):
            self.change(drawn(finding, by=writer), auditor)

    def test_is_not_there_for_an_outsider(self, finding, writer, outsider):
        with pytest.raises(Lesson.DoesNotExist):
            self.change(drawn(finding, by=writer), outsider)
