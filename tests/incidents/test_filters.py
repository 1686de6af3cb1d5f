"""What the register is narrowed to, one filter after the other."""

from datetime import date

import pytest
from django.http import QueryDict

from agencies.choices import TLP
from incidents import selectors
from incidents.choices import CasualtyGroup, Precision
from incidents.forms import read_filters
from incidents.models import CasualtyCount, Incident
from tests.bulletins.factories import IncidentFactory
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory.create()


def titles(by, query):
    filters = read_filters(QueryDict(query))
    return {row[2] for row in selectors.register(by, filters).rows}


@pytest.mark.parametrize(
    ("column", "value", "query"),
    [
        ("target_type", "3", "target=3"),
        ("occasion", "milad", "occasion=milad"),
        ("suicide", "YES", "suicide=YES"),
        ("group_named", "The named group", "group=named"),
        ("tlp", TLP.GREEN, "tlp=GREEN"),
        ("classification", "UNMARKED", "classification=UNMARKED"),
    ],
)
def test_one_column_is_one_filter(by, column, value, query):
    IncidentFactory.create(agency=by.agency, title="Wanted", **{column: value})
    IncidentFactory.create(agency=by.agency, title="Other")

    assert titles(by, query) == {"Wanted"}
    assert titles(by, "") == {"Wanted", "Other"}


def test_days_narrow_from_and_to(by):
    for day in (1, 15, 30):
        on = date(2023, 9, day)
        IncidentFactory.create(agency=by.agency, title=f"{day}", on_date=on, sort_date=on)

    assert titles(by, "since=2023-09-15") == {"15", "30"}
    assert titles(by, "until=2023-09-15") == {"1", "15"}
    assert titles(by, "since=2023-09-02&until=2023-09-29") == {"15"}


def test_a_range_that_reaches_into_the_days_is_in_them(by):
    IncidentFactory.create(
        agency=by.agency,
        title="Long",
        on_date=date(2023, 9, 1),
        sort_date=date(2023, 9, 1),
        until_date=date(2023, 9, 20),
        precision=Precision.RANGE,
    )

    assert titles(by, "since=2023-09-15") == {"Long"}
    assert titles(by, "since=2023-09-21") == set()


def test_killed_counts_victims_and_not_attackers(by):
    for title, group in (("Victims", CasualtyGroup.VICTIMS), ("Attackers", "perpetrator")):
        CasualtyCount.objects.create(
            incident=IncidentFactory.create(agency=by.agency, title=title),
            group=group,
            state="killed",
            best=12,
            recorded_at=NOON,
            recorded_by=by,
        )

    assert titles(by, "killed=10") == {"Victims"}
    assert titles(by, "killed=13") == set()


@pytest.mark.parametrize(
    "query", ["since=yesterday", "killed=many", "tlp=PINK", "target=99", "suicide=maybe", "until=1"]
)
def test_nonsense_narrows_nothing(by, query):
    IncidentFactory.create(agency=by.agency, title="There")

    assert titles(by, query) == {"There"}


def test_what_is_chosen_stands_above_the_rows_and_goes(client, by):
    IncidentFactory.create(agency=by.agency, title="There", occasion="milad")
    client.force_login(by)

    page = client.get("/incidents/?occasion=milad&killed=3&since=2020-01-01").text

    assert "at least 3 killed" in page
    assert "from 1 Jan 2020" in page
    assert "?killed=3&amp;since=2020-01-01" in page  # the way without the occasion
    assert '<details class="more" open>' in page


def test_an_outsider_narrows_to_nothing(by, outsider):
    IncidentFactory.create(agency=by.agency, occasion="milad")

    assert Incident.objects.count() == 1
    assert titles(outsider, "occasion=milad") == set()
