"""What is kept beside the incidents, words and counts, gives no reader more or less than they."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from agencies.lock import acting, machine
from incidents.models import Incident, Tally
from incidents.selectors.counting import counted, kept

pytestmark = pytest.mark.django_db
FOUND = "SELECT incident FROM incidents_found('', '', '{}', NULL, NULL, NULL)"


def found():
    with connection.cursor() as cursor:
        cursor.execute(FOUND)
        return {number for (number,) in cursor.fetchall()}


def plain(counts):
    return {
        (chart, key): n for chart, bars in counts.charts.items() for key, n in bars.items() if n
    }


class TestTheIndexOfWords:
    def test_gives_each_person_what_they_may_read(self, world):
        for person in (*world.people, AnonymousUser()):
            with acting(person):
                right = Incident.objects.visible_to(person).standing()
                assert found() == set(right.values_list("pk", flat=True)), person

    def test_gives_the_machine_nothing(self, world):
        with machine():
            assert found() == set()

    def test_is_no_table_that_the_product_can_read(self, world):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE aar")
            try:
                cursor.execute("SELECT count(*) FROM incidents_words")
                assert cursor.fetchone() == (0,)
            finally:
                cursor.execute("SET LOCAL ROLE NONE")


class TestTheKeptCounts:
    def test_give_each_person_what_counting_gives(self, world):
        for person in world.people:
            with acting(person):
                right = counted(Incident.objects.visible_to(person).standing())
                have = kept(person)
            assert plain(have) == plain(right), person
            assert {str(each) for each in have.marks} == {str(each) for each in right.marks}, person

    def test_hold_behind_the_second_lock_alone(self, world):
        for person in (*world.people, AnonymousUser()):
            with acting(person):
                rows = set(Tally.objects.values_list("pk", flat=True))
                assert rows == set(Tally.objects.visible_to(person).values_list("pk", flat=True))
