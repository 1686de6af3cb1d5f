"""The clock speaks: to the lead, then to the commanders, once each; settled, it is silent."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from agencies.lock import acting, machine
from incidents.details import When
from reviews import actions, tasks
from reviews.models import Reminder
from tests.factories import UserFactory
from tests.incidents.factories import IncidentFactory
from tests.reviews.factories import ReviewFactory, write

DAY = timedelta(days=1)
# A standard review has thirty days.
LIMIT = 30 * DAY


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def incident(lead, now):
    """Of yesterday, with nobody killed that anybody knows of."""
    yesterday = timezone.localdate(now) - DAY
    return IncidentFactory.create(by=lead, at=now, when=When(on_date=yesterday))


@pytest.fixture
def review(lead, incident, now):
    return ReviewFactory.create(lead=lead, incident=incident, at=now)


def said():
    rows = Reminder.objects.order_by("at", "id")
    return [(each.addressed_to, each.kind, each.week, each.over_at is None) for each in rows]


def clocks():
    with connection.cursor() as cursor:
        cursor.execute("SELECT review_id FROM reviews_clocks(0, 9)")
        return cursor.fetchall()


class TestReminders:
    def test_go_to_the_lead_at_half_four_fifths_and_the_end_then_weekly_and_up(self, review):
        due = review.due_at
        for at in (
            *(due - LIMIT * 0.51, due - LIMIT * 0.5, due - LIMIT * 0.2),
            *(due, due + 7 * DAY, due + 14 * DAY),
        ):
            tasks.remind_at(at)
            tasks.remind_at(at)

        assert said() == [
            ("LEAD", "HALF", 0, False),
            ("LEAD", "FOUR_FIFTHS", 0, False),
            ("LEAD", "DUE", 0, False),
            ("LEAD", "WEEKLY", 1, False),
            ("COMMANDERS", "ESCALATED", 1, False),
            ("LEAD", "WEEKLY", 2, True),
            ("COMMANDERS", "WEEKLY", 2, True),
        ]

    def test_make_up_for_what_was_missed_by_the_newest_alone(self, review):
        written = tasks.remind_at(review.due_at + 20 * DAY)

        assert written == 2
        assert said() == [("LEAD", "WEEKLY", 2, True), ("COMMANDERS", "WEEKLY", 2, True)]

    def test_are_silent_for_a_deferred_review_until_its_day(self, review, lead, now):
        tasks.remind_at(review.due_at - DAY)
        until = timezone.localdate(review.due_at) + 10 * DAY
        actions.defer_review(review_id=review.pk, until=until, reason="Forensics.", by=lead, at=now)

        before = tasks.remind_at(review.due_at + 8 * DAY)
        after = tasks.remind_at(review.due_at + 10 * DAY)

        assert (before, after) == (0, 1)
        assert said()[0] == ("LEAD", "FOUR_FIFTHS", 0, False)
        assert said()[1] == ("LEAD", "DUE", 0, True)

    def test_end_for_ever_when_the_review_is_submitted(self, review, lead, now):
        tasks.remind_at(review.due_at + 8 * DAY)
        write(review, by=lead, at=now)
        actions.submit_review(review_id=review.pk, by=lead, at=now)

        assert tasks.remind_at(review.due_at + 50 * DAY) == 0
        assert not Reminder.objects.standing().exists()

    def test_go_to_the_commanders_alone_where_nobody_has_begun(self, incident, judge, lead, now):
        for days in (1, 2, 4, 12, 200):
            tasks.remind_at(now + days * DAY)

        kinds = [(to, kind, week) for to, kind, week, _stands in said()]
        assert kinds[-2:] == [("COMMANDERS", "DUE", 0), ("COMMANDERS", "ESCALATED", 1)]
        assert {to for to, *_rest in kinds} == {"COMMANDERS"}
        assert not Reminder.objects.standing().exists()

    def test_of_an_incident_end_when_its_review_is_begun(self, incident, judge, lead, now):
        tasks.remind_at(now + 5 * DAY)
        assert Reminder.objects.to_commander(judge).count() == 1

        ReviewFactory.create(lead=lead, incident=incident, at=now)
        with acting(judge):
            assert not Reminder.objects.to_commander(judge).exists()
        tasks.remind_at(now + 5 * DAY)

        assert not Reminder.objects.standing().exists()

    def test_run_in_batches_of_a_fixed_number_of_queries(
        self, lead, now, monkeypatch, django_assert_max_num_queries
    ):
        for _each in range(3):
            ReviewFactory.create(lead=lead, at=now)
        monkeypatch.setattr(tasks, "AT_ONCE", 2)
        monkeypatch.setattr(tasks, "MOST_A_RUN", 4)

        counts = [tasks.remind_at(now) for _run in range(3)]

        assert counts == [4, 2, 0]
        monkeypatch.setattr(tasks, "AT_ONCE", 200)
        with django_assert_max_num_queries(30):
            tasks.remind_at(now + 7 * DAY)


class TestReaders:
    def test_are_those_it_is_addressed_to_and_nobody_else(self, review, lead, judge, outsider):
        tasks.remind_at(review.due_at + 8 * DAY)
        stranger = UserFactory.create(commander=True)
        colleague = UserFactory.create(agency=lead.agency)

        for person, right in (
            *((lead, {"LEAD"}), (judge, {"COMMANDERS"})),
            *((colleague, set()), (outsider, set()), (stranger, set())),
        ):
            seen = Reminder.objects.visible_to(person).values_list("addressed_to", flat=True)
            assert set(seen) == right
            with acting(person):
                assert set(Reminder.objects.values_list("addressed_to", flat=True)) == right

    def test_write_none(self, review, lead):
        tasks.remind_at(review.due_at)
        with acting(lead):
            mine = Reminder.objects.get()
            mine.pk = None
            mine.kind = "HALF"
            with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
                mine.save()

    def test_find_it_at_home_and_on_the_task_list(self, client, review, lead, judge):
        tasks.remind_at(review.due_at + 8 * DAY)
        client.force_login(lead)
        home = client.get("/").text
        page = client.get(review.get_absolute_url()).text
        client.force_login(judge)
        command = client.get("/").text

        assert "Waiting for you" in home
        assert "overdue by a week" in home
        assert "overdue by a week" in page
        assert "Begun, not submitted." in command
        assert review.get_absolute_url() not in command
        assert "/reviews/coverage/" in command

    def test_learn_nothing_of_clocks_from_the_database(self, review, lead):
        with acting(lead):
            assert clocks() == []

        with machine():
            assert clocks() == [(review.pk,)]
