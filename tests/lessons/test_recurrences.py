from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from agencies.choices import TLP, Classification
from audit.models import Event
from incidents.models import Incident
from lessons import actions
from lessons.models import Recurrence
from lessons.selectors.marking import Marking
from lessons.selectors.recurrences import recurrences_of
from tests.factories import NOON, UserFactory
from tests.lessons.factories import IncidentFactory

GREEN = Marking(TLP.GREEN, Classification.UNMARKED)


@pytest.fixture
def first(db):
    return IncidentFactory.create(on_date=date(2023, 1, 30))


@pytest.fixture
def second(first):
    return IncidentFactory.create(on_date=date(2023, 9, 29), agency=first.agency)


@pytest.fixture
def by(first):
    return UserFactory.create(commander=True, agency=first.agency)


def grouped(*incidents, by, marking=GREEN, key="roof", words=("2009, in words only",)):
    cases = [actions.Case(incident_id=each.pk) for each in incidents]
    return actions.record_recurrence(
        key=key,
        failure="The roof falls on those inside",
        what_differed="The guards fired back.",
        cases=[*cases, *(actions.Case(text=each) for each in words)],
        marking=marking,
        by=by,
        at=NOON,
    )


class TestRecordRecurrence:
    def test_groups_incidents_and_words_once(self, first, second, by):
        grouped(first, second, by=by)
        again = grouped(first, second, by=by)

        assert again.cases.count() == 3
        assert Event.objects.filter(verb="recurrence.recorded").count() == 1

    def test_refuses_an_unseen_incident(self, first, by):
        hidden = IncidentFactory.create(tlp=TLP.AMBER_STRICT)

        with pytest.raises(Incident.DoesNotExist):
            grouped(first, hidden, by=by)

        assert not Recurrence.objects.exists()

    def test_refuses_a_marking_below_its_incidents(self, by):
        guarded = IncidentFactory.create(tlp=TLP.AMBER, agency=by.agency)

        with pytest.raises(actions.LessonRefused, match=guarded.reference):
            grouped(guarded, by=by)

    def test_refuses_a_group_of_nothing(self, by):
        with pytest.raises(actions.LessonRefused, match="occurrence"):
            grouped(by=by, words=())

    def test_refuses_those_who_only_watch(self, first):
        with pytest.raises(PermissionDenied):
            grouped(first, by=UserFactory.create(auditor=True, agency=first.agency))


class TestRecurrencesOf:
    def test_says_how_many_days_lie_between(self, first, second, by, outsider):
        third = IncidentFactory.create(on_date=date(2023, 10, 1))
        grouped(first, second, third, by=by, words=())

        (seen,) = recurrences_of(outsider, second)

        assert (seen.days, seen.gap) == (244, 2)
        assert [case.is_here for case in seen.cases] == [False, True, False]

    def test_counts_no_days_when_one_occurrence_stands_in_words(self, first, second, by):
        grouped(first, second, by=by)

        (seen,) = recurrences_of(by, second)

        assert (seen.days, seen.gap, seen.times) == (None, None, 3)

    def test_leaves_out_incidents_that_the_reader_may_not_see(self, first, by, outsider):
        narrowed = IncidentFactory.create(
            tlp=TLP.GREEN, classification=Classification.UNMARKED, agency=by.agency
        )
        grouped(first, narrowed, by=by, marking=GREEN)
        Incident.objects.filter(pk=narrowed.pk).update(tlp=TLP.AMBER_STRICT)

        (seen,) = recurrences_of(outsider, first)

        assert [case.incident for case in seen.cases] == [first, None]
        assert seen.days is None

    def test_is_silent_about_other_incidents(self, first, second, by):
        grouped(first, by=by)

        assert recurrences_of(by, second) == []


def test_the_incident_page_says_that_the_grouping_is_ours(client, first, second, by, outsider):
    grouped(first, second, by=by, words=())
    client.force_login(outsider)

    page = client.get(second.get_absolute_url())

    assert "The roof falls on those inside" in page.text
    assert "242 days from the first to the last" in page.text
    assert "Grouping here is ours" in page.text
