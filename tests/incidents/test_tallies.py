"""The database keeps count of the incidents itself, in the transaction of every write."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import ProgrammingError, connection, transaction

from agencies.choices import TLP
from agencies.lock import acting
from core import hijri
from incidents import actions
from incidents.choices import Chart
from incidents.models import Incident, Tally
from incidents.selectors import Filters
from incidents.selectors.counting import counted, kept
from incidents.selectors.summaries import summary
from incidents.tasks import sum_tallies
from tests.factories import NOON, UserFactory
from tests.incidents.factories import IncidentFactory

pytestmark = pytest.mark.django_db


def plain(counts):
    return {
        (chart, key): n for chart, bars in counts.charts.items() for key, n in bars.items() if n
    }


def is_exact(user):
    right = plain(counted(Incident.objects.visible_to(user).standing()))
    return plain(kept(user)) == right


def test_follows_each_deed(investigator):
    there = IncidentFactory.create(by=investigator)
    assert kept(investigator)[Chart.YEAR] == {2023: 1}

    day = date(2022, 1, 5)
    Incident.objects.filter(pk=there.pk).update(on_date=day, sort_date=day)
    assert kept(investigator)[Chart.YEAR][2022] == 1
    assert is_exact(investigator)

    actions.withdraw_incident(
        incident_id=there.pk, reason="Recorded twice", by=investigator, at=NOON
    )
    assert plain(kept(investigator)) == {}

    actions.put_back_incident(incident_id=there.pk, by=investigator, at=NOON)
    assert plain(kept(investigator))
    assert is_exact(investigator)


def test_follows_a_deed_that_is_undone(investigator):
    with transaction.atomic():
        IncidentFactory.create(by=investigator)
        transaction.set_rollback(True)

    assert plain(kept(investigator)) == {}


def test_stays_the_same_when_the_worker_sums_it_up(investigator):
    for _ in range(3):
        IncidentFactory.create(by=investigator)
    before, rows = plain(kept(investigator)), Tally.objects.count()

    sum_tallies()

    assert plain(kept(investigator)) == before
    assert Tally.objects.count() < rows
    assert is_exact(investigator)


def test_knows_the_hijri_months_that_are_calculated():
    with connection.cursor() as cursor:
        for n in range(0, 55_000, 97):
            day = date(1925, 1, 1) + timedelta(days=n)
            cursor.execute(
                "SELECT month FROM incidents_hijri WHERE starts <= %s ORDER BY starts DESC LIMIT 1",
                [day],
            )
            calculated = hijri.calculated(day)
            assert cursor.fetchone() == (calculated.month if calculated else None,), day


def test_is_written_by_nobody_but_the_database(investigator):
    IncidentFactory.create(by=investigator)
    tally = Tally.objects.earliest("pk")

    with acting(investigator):
        assert Tally.objects.filter(pk=tally.pk).delete()[0] == 0
        for deed in (
            partial(Tally.objects.update, n=99),
            partial(Tally.objects.bulk_create, [tally]),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                deed()


class TestAnOutsider:
    def test_is_told_of_none(self, investigator, outsider):
        IncidentFactory.create(by=investigator)

        assert plain(kept(outsider)) == {}

    def test_counts_what_is_passed_on(self, investigator, outsider):
        there = IncidentFactory.create(by=investigator, tlp=TLP.AMBER)
        IncidentFactory.create(by=investigator, tlp=TLP.GREEN)
        actions.share_incident(
            incident_id=there.pk, recipient=outsider.agency, by=investigator, at=NOON
        )

        assert summary(outsider, Filters()).total == 2
        assert is_exact(outsider)
        assert summary(UserFactory.create(), Filters()).total == 1
