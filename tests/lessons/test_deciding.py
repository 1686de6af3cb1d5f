import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from agencies.choices import Role
from audit.models import Event
from lessons import actions, policies
from lessons.choices import LessonState
from lessons.models import Lesson
from tests.factories import NOON, UserFactory
from tests.lessons.factories import drawn, endorsed, identified


class TestIdentifyLesson:
    def identify(self, lesson, by):
        return actions.identify_lesson(lesson_id=lesson.pk, by=by, at=NOON)

    def test_hands_it_to_the_commander_once(self, finding, writer):
        lesson = drawn(finding, by=writer)

        self.identify(lesson, writer)
        self.identify(lesson, writer)

        assert Event.objects.filter(verb="lesson.identified").count() == 1

    @pytest.mark.parametrize("field", ["discussion", "conclusion"])
    def test_refuses_what_is_not_thought_through(self, finding, writer, field):
        lesson = drawn(finding, by=writer, **{field: ""})

        with pytest.raises(actions.LessonRefused, match="why it matters"):
            self.identify(lesson, writer)

        lesson.refresh_from_db()
        assert lesson.state == LessonState.OBSERVATION

    def test_refuses_what_was_decided(self, finding, writer, commander):
        lesson = endorsed(finding, by=writer, commander=commander)

        with pytest.raises(actions.LessonSettled):
            self.identify(lesson, writer)

    def test_refuses_the_auditor(self, finding, writer, auditor):
        with pytest.raises(PermissionDenied):
            self.identify(drawn(finding, by=writer), auditor)

    def test_is_not_there_for_an_outsider(self, finding, writer, outsider):
        with pytest.raises(Lesson.DoesNotExist):
            self.identify(drawn(finding, by=writer), outsider)


class TestEndorseLesson:
    def endorse(self, lesson, by, version=None):
        return actions.endorse_lesson(
            lesson_id=lesson.pk, lock_version=version or lesson.lock_version, by=by, at=NOON
        )

    def test_puts_the_agency_behind_it_once(self, finding, writer, commander):
        lesson = identified(finding, by=writer)

        self.endorse(lesson, commander)
        again = self.endorse(lesson, commander)

        assert (again.state, again.endorsed_by) == (LessonState.ENDORSED, commander)
        assert Event.objects.filter(verb="lesson.endorsed").count() == 1

    def test_opens_it_to_others_by_its_marking(self, finding, writer, commander, outsider):
        lesson = identified(finding, by=writer)
        before = Lesson.objects.visible_to(outsider).exists()

        self.endorse(lesson, commander)

        assert not before
        assert Lesson.objects.visible_to(outsider).get() == lesson

    def test_refuses_the_commander_who_drew_it(self, finding, commander):
        lesson = identified(finding, by=commander)

        with pytest.raises(PermissionDenied):
            self.endorse(lesson, commander)

    def test_refuses_an_observation(self, finding, writer, commander):
        with pytest.raises(actions.LessonSettled, match="identified"):
            self.endorse(drawn(finding, by=writer), commander)

    def test_refuses_a_text_that_changed_since_it_was_read(self, finding, writer, commander):
        lesson = identified(finding, by=writer)

        with pytest.raises(actions.StaleLesson):
            self.endorse(lesson, commander, version=lesson.lock_version - 1)

        assert not Lesson.objects.endorsed().exists()

    def test_is_not_there_for_an_outsider(self, finding, writer, outsider):
        with pytest.raises(Lesson.DoesNotExist):
            self.endorse(identified(finding, by=writer), outsider)


class TestRejectLesson:
    def reject(self, lesson, by, reason="It is known already."):
        return actions.reject_lesson(lesson_id=lesson.pk, reason=reason, by=by, at=NOON)

    def test_keeps_the_reason(self, finding, writer, commander):
        rejected = self.reject(drawn(finding, by=writer), commander)

        assert (rejected.state, rejected.reason) == (LessonState.REJECTED, "It is known already.")
        assert Event.objects.get(verb="lesson.rejected").actor_id == commander.pk

    def test_refuses_without_a_reason(self, finding, writer, commander):
        lesson = drawn(finding, by=writer)

        with pytest.raises(actions.LessonRefused) as refusal:
            self.reject(lesson, commander, reason="  ")

        assert refusal.value.field == "reason"

    def test_refuses_an_endorsed_lesson(self, finding, writer, commander):
        with pytest.raises(actions.LessonSettled):
            self.reject(endorsed(finding, by=writer, commander=commander), commander)

    def test_refuses_its_writer(self, finding, writer):
        with pytest.raises(PermissionDenied):
            self.reject(drawn(finding, by=writer), writer)

    def test_is_not_there_for_an_outsider(self, finding, writer, outsider):
        with pytest.raises(Lesson.DoesNotExist):
            self.reject(drawn(finding, by=writer), outsider)


class TestDatabase:
    def test_lets_no_lesson_leap(self, finding, writer):
        lesson = drawn(finding, by=writer)

        with pytest.raises(DatabaseError), transaction.atomic():
            Lesson.objects.filter(pk=lesson.pk).update(state=LessonState.VALIDATED)

    def test_lets_no_lesson_go(self, finding, writer):
        lesson = drawn(finding, by=writer)

        with pytest.raises(DatabaseError), transaction.atomic():
            lesson.delete()


@pytest.mark.parametrize(
    ("role", "draw", "change", "endorse", "reject"),
    [
        (Role.INVESTIGATOR, True, True, False, False),
        (Role.COMMANDER, True, True, True, True),
        (Role.RELEASE_OFFICER, True, True, False, False),
        (Role.AGENCY_ADMIN, True, True, False, False),
        (Role.AUDITOR, False, False, False, False),
        (Role.SYSTEM_ADMIN, False, False, False, False),
    ],
)
class TestPolicies:
    def test_of_the_own_agency(self, finding, writer, role, draw, change, endorse, reject):
        lesson = drawn(finding, by=writer)
        user = UserFactory.build(pk=0, role=role, agency=writer.agency)

        assert policies.can_draw(user) is draw
        assert policies.can_change(user, lesson) is change
        assert policies.can_endorse(user, lesson) is endorse
        assert policies.can_reject(user, lesson) is reject

    def test_of_another_agency(self, finding, writer, role, draw, change, endorse, reject):
        lesson = drawn(finding, by=writer)
        user = UserFactory.create(role=role)

        assert not policies.can_change(user, lesson)
        assert not policies.can_endorse(user, lesson)
        assert not policies.can_reject(user, lesson)
