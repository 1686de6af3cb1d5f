"""What the database holds of a bulletin and its parts, whoever writes to it and however."""

from threading import Event, Thread

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from agencies.choices import TLP, Caveat, Classification
from bulletins.actions import bulletins as actions
from bulletins.choices import BulletinState
from bulletins.models import Bulletin, BulletinLesson
from core.errors import StaleEdit
from lessons.models import Lesson
from tests.bulletins.factories import LessonFactory, text
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.usefixtures("rung", "media")

HIGHER = [
    {"tlp": TLP.AMBER_STRICT},
    {"classification": Classification.CONFIDENTIAL},
    {"caveats": [Caveat.ORCON]},
]
LOWER = [{"tlp": TLP.GREEN}, {"classification": Classification.UNMARKED}]


def marking(record):
    record.refresh_from_db()
    return record.tlp, record.classification, record.caveats


def refused(name):
    return pytest.raises(IntegrityError, match=name)


class TestMarkingOfADraft:
    @pytest.mark.parametrize("lower", LOWER)
    def test_is_never_written_below_a_part(self, story, lower):
        bulletin = story.composed()

        with refused("marked lower than one of its lessons"), transaction.atomic():
            Bulletin.objects.filter(pk=bulletin.pk).update(**lower)
            connection.check_constraints()

        assert marking(bulletin) == (TLP.AMBER, Classification.RESTRICTED, [])

    def test_is_not_lowered_by_hand_either(self, story):
        bulletin = story.composed()

        with (
            refused("marked lower"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "UPDATE bulletins_bulletin SET tlp = 'GREEN' WHERE id = %s", [bulletin.pk]
            )
            connection.check_constraints()

    @pytest.mark.parametrize("higher", HIGHER)
    def test_takes_no_part_that_is_marked_higher(self, story, higher):
        bulletin = story.composed()
        lesson = LessonFactory.create(agency=story.agency, **higher)

        with refused("marked lower than one of its lessons"), transaction.atomic():
            BulletinLesson.objects.bulk_create(
                [BulletinLesson(bulletin=bulletin, lesson=lesson, position=2)]
            )
            connection.check_constraints()

        assert list(bulletin.lessons.all()) == [story.lesson]

    @pytest.mark.parametrize("higher", HIGHER)
    def test_has_no_part_exchanged_for_one_that_is_marked_higher(self, story, higher):
        bulletin = story.composed()
        lesson = LessonFactory.create(agency=story.agency, **higher)

        with refused("marked lower than one of its lessons"), transaction.atomic():
            bulletin.parts.update(lesson=lesson)
            connection.check_constraints()

    def test_may_be_below_a_part_until_all_is_written(self, story):
        bulletin = story.composed()
        lesson = LessonFactory.create(agency=story.agency, tlp=TLP.GREEN)

        with transaction.atomic():
            Bulletin.objects.filter(pk=bulletin.pk).update(tlp=TLP.GREEN)
            bulletin.parts.update(lesson=lesson)
            connection.check_constraints()

        assert marking(bulletin) == (TLP.GREEN, Classification.RESTRICTED, [])


class TestALessonMarkedUp:
    @pytest.mark.parametrize("higher", HIGHER)
    def test_takes_the_drafts_that_carry_it_along(self, story, higher):
        bulletin = story.composed()

        Lesson.objects.filter(pk=story.lesson.pk).update(**higher)
        connection.check_constraints()

        assert marking(bulletin) == marking(story.lesson)
        assert bulletin.lock_version == 2

    def test_makes_the_open_form_of_the_draft_stale(self, story):
        bulletin = story.composed()
        Lesson.objects.filter(pk=story.lesson.pk).update(tlp=TLP.AMBER_STRICT)

        with pytest.raises(StaleEdit):
            actions.change_bulletin(
                bulletin_id=bulletin.pk,
                text=text(),
                lesson_ids=[story.lesson.pk],
                lock_version=1,
                by=story.editor,
                at=NOON,
            )

    def test_is_not_marked_down_once_it_is_endorsed(self, story):
        bulletin = story.composed()

        with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
            Lesson.objects.filter(pk=story.lesson.pk).update(
                tlp=TLP.CLEAR, classification=Classification.UNMARKED
            )

        assert marking(bulletin) == (TLP.AMBER, Classification.RESTRICTED, [])

    def test_leaves_other_drafts_and_higher_scales_alone(self, story):
        strict = story.composed(tlp=TLP.AMBER_STRICT, caveats=(Caveat.LIMDIS,))
        other = LessonFactory.create(agency=story.agency)
        elsewhere = actions.compose_bulletin(
            text=text(), lesson_ids=[other.pk], by=story.editor, at=NOON
        )

        Lesson.objects.filter(pk=story.lesson.pk).update(
            classification=Classification.CONFIDENTIAL, caveats=[Caveat.ORCON]
        )

        assert marking(strict) == (
            TLP.AMBER_STRICT,
            Classification.CONFIDENTIAL,
            [Caveat.LIMDIS, Caveat.ORCON],
        )
        assert marking(elsewhere) == (TLP.AMBER, Classification.RESTRICTED, [])

    def test_hides_the_draft_from_an_editor_who_is_not_cleared(self, story):
        bulletin = story.composed()

        Lesson.objects.filter(pk=story.lesson.pk).update(classification=Classification.CONFIDENTIAL)

        with pytest.raises(Bulletin.DoesNotExist):
            actions.issue_bulletin(bulletin_id=bulletin.pk, by=story.editor, at=NOON)

    def test_leaves_what_is_issued_as_it_was(self, story):
        bulletin = story.issued()
        connection.check_constraints()

        Lesson.objects.filter(pk=story.lesson.pk).update(tlp=TLP.AMBER_STRICT)
        connection.check_constraints()

        assert marking(bulletin) == (TLP.AMBER, Classification.RESTRICTED, [])


class TestAnIssuedBulletin:
    @pytest.mark.parametrize(
        "changes",
        [
            {"tlp": TLP.CLEAR, "classification": Classification.UNMARKED},
            {"classification": Classification.CONFIDENTIAL},
            {"content": {}},
            {"title": "Other words"},
            {"sha256": "0" * 64},
        ],
    )
    def test_keeps_its_words_and_its_marking(self, story, changes):
        bulletin = story.issued()

        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Bulletin.objects.filter(pk=bulletin.pk).update(**changes)

    def test_takes_no_other_part(self, story):
        bulletin = story.issued()
        lesson = LessonFactory.create(agency=story.agency)

        with refused("its parts stand"), transaction.atomic():
            BulletinLesson.objects.bulk_create(
                [BulletinLesson(bulletin=bulletin, lesson=lesson, position=2)]
            )

    def test_loses_no_part(self, story):
        bulletin = story.issued()

        with refused("its parts stand"), transaction.atomic():
            bulletin.parts.all().delete()

        assert list(bulletin.lessons.all()) == [story.lesson]

    def test_exchanges_no_part(self, story):
        issued, draft = story.issued(), story.composed()
        lesson = LessonFactory.create(agency=story.agency)

        with refused("its parts stand"), transaction.atomic():
            issued.parts.update(lesson=lesson)
        with refused("its parts stand"), transaction.atomic():
            issued.parts.update(bulletin=draft, position=2)

    def test_a_draft_may_still_be_thrown_away_with_its_parts(self, story):
        story.composed().delete()

        assert not BulletinLesson.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestMarkingUpWhileIssuing:
    def test_the_draft_is_issued_as_it_was_marked_up(self, story):
        bulletin = story.composed()
        cleared = UserFactory.create(
            release_officer=True, agency=story.agency, clearance=Classification.CONFIDENTIAL
        )
        marked_up, answers = Event(), []

        def desk():
            try:
                marked_up.wait(20)
                issued = actions.issue_bulletin(bulletin_id=bulletin.pk, by=cleared, at=NOON)
                answers.append((issued.state, issued.classification))
            finally:
                connection.close()

        thread = Thread(target=desk)
        thread.start()
        with transaction.atomic():
            Lesson.objects.filter(pk=story.lesson.pk).update(
                classification=Classification.CONFIDENTIAL
            )
            marked_up.set()
            # Time for the desk to reach the lesson, and to wait for it.
            thread.join(0.5)
        thread.join(20)

        assert answers == [(BulletinState.ISSUED, Classification.CONFIDENTIAL)]
