"""The columns of the register, as its reader chooses them."""

import re
from datetime import time

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core.text import isolated
from incidents import selectors
from incidents.choices import Precision
from incidents.columns import DEFAULT, Column, chosen_columns
from incidents.details import When
from incidents.forms import read_columns
from incidents.models import Incident
from incidents.selectors.filters import Filters
from incidents.selectors.wording import NEEDS
from tests.factories import DistrictFactory, UserFactory
from tests.incidents.factories import DAY, IncidentFactory, report

pytestmark = pytest.mark.django_db
LIST = "/incidents/"
ALL = f"{LIST}?cols={','.join(Column)}"


def cell(user, column):
    """What the one incident on the register says in this column."""
    (row,) = selectors.register(user, Filters(), (column,)).rows
    return next(words for words in row[1:] if words != "Station")


@pytest.fixture
def told():
    """An incident of which every column has something to say."""
    by = UserFactory.create(agency__name="Hangu Police", agency__name_ur="ہنگو پولیس")
    hangu = DistrictFactory.create(name="Hangu", name_ur="ہنگو", province__name="KP")
    incident = IncidentFactory.create(
        by=by,
        title="Station",
        district=hangu,
        when=When(on_date=DAY, at_time=time(13, 40), precision=Precision.ABOUT),
        place_text="Doaba road",
        attack_type="3",
        suicide="YES",
        target_type="15",
        target_text="Friday prayers",
        occasion="friday",
        counts=report(killed={"low": 4, "high": 6}, injured=12),
    )
    incident.sources.create(title="Dawn")
    incident.sources.create(title="Geo")
    name_group(incident, "A group")
    return incident


def name_group(incident, name):
    """As a data set says it; no form asks."""
    Incident.objects.filter(pk=incident.pk).update(group_named=name)


SAID = {
    "date": "29 Sep 2023",
    "weekday": "Friday",
    "time": "about 13:40",
    "area": "Hangu",
    "province": "KP",
    "place": "Doaba road",
    "kind": "Bombing or explosion",
    "suicide": "Yes",
    "target": "Worshippers, religious site or procession",
    "named": "Friday prayers",
    "group": "A group",
    "occasion": "Friday prayers",
    "killed": "4–6",
    "injured": "12",
    "sources": isolated("Dawn; Geo"),
    "agency": "Hangu Police",
    "tlp": "AMBER",
}


class TestColumns:
    @pytest.mark.parametrize(("key", "words"), SAID.items())
    def test_say_what_the_record_says(self, told, key, words):
        assert cell(told.recorded_by, Column(key)) == words

    def test_name_the_reference(self, told):
        assert cell(told.recorded_by, Column.REFERENCE) == told.reference

    def test_are_all_tried_here_and_all_fetched(self):
        assert {*SAID, "reference"} == set(Column.values)
        assert list(NEEDS) == list(Column)

    def test_say_nothing_more_exactly_than_it_is_known(self):
        incident = IncidentFactory.create(
            title="Station", when=When(on_date=DAY, precision=Precision.MONTH)
        )

        (row,) = selectors.register(
            incident.recorded_by, Filters(), (Column.WEEKDAY, Column.TIME, Column.INJURED)
        ).rows

        assert row[1:] == ("", "", "Station", "not known")

    def test_speak_urdu_where_there_are_urdu_words(self, told):
        with translation.override("ur"):
            said = [cell(told.recorded_by, each) for each in (Column.AREA, Column.AGENCY)]
            weekday = cell(told.recorded_by, Column.WEEKDAY)

        assert said == ["ہنگو", "ہنگو پولیس"]
        assert weekday == "جمعہ"

    def test_count_each_source_once(self, told):
        told.sources.create(title="Dawn", published="2023-10")

        assert cell(told.recorded_by, Column.SOURCES) == isolated("Dawn; Geo")

    def test_name_three_sources_and_count_the_rest(self, told):
        for number in range(6):
            told.sources.create(title=f"Paper {number}")

        assert cell(told.recorded_by, Column.SOURCES) == isolated("Dawn; Geo; Paper 0 +5")

    def test_show_an_outsider_nothing(self, told, outsider):
        for column in Column:
            assert selectors.register(outsider, Filters(), (column,)).rows == []


class TestAddress:
    @pytest.mark.parametrize(
        ("query", "keys"),
        [
            ("", DEFAULT),
            ("cols=killed&cols=date", ("date", "killed")),
            ("cols=killed,date", ("date", "killed")),
            ("cols=nonsense", DEFAULT),
            ("cols=", DEFAULT),
            ("cols=nonsense,%00,reference", ("reference",)),
        ],
    )
    def test_is_read_in_the_order_of_the_page(self, query, keys):
        assert read_columns(QueryDict(query)) == tuple(keys)

    def test_has_one_order_that_everybody_knows(self):
        assert chosen_columns(DEFAULT) == DEFAULT


class TestPage:
    def test_shows_what_is_ticked_and_keeps_the_ticks(self, client, told):
        client.force_login(told.recorded_by)

        page = client.get(f"{LIST}?cols=reference&cols=injured&year=2023").text

        heads = re.findall(r"<th(?: class=\"n\")?>([^<]+)</th>", page)
        assert heads == ["Incident", "Reference", "Injured"]
        assert 'id="cols-injured" name="cols" value="injured" checked' in page
        assert 'id="cols-date" name="cols" value="date">' in page
        assert '<td class="n" data-th="Injured"><bdi dir="ltr">12</bdi></td>' in page
        assert '<a href="?cols=reference&amp;cols=injured">2023' in page  # without the year
        assert '<a href="?year=2023">own columns' in page

    def test_of_everybody_is_the_same_with_all_ticks_sent(self, client, told):
        client.force_login(told.recorded_by)
        ticks = "&".join(f"cols={each}" for each in DEFAULT)

        plain, sent = client.get(LIST).text, client.get(f"{LIST}?{ticks}").text

        table = r"<table.*</table>"
        assert re.search(table, plain, re.S)[0] == re.search(table, sent, re.S)[0]
        assert "own columns" not in sent

    def test_carries_them_to_older_rows_and_to_the_map(self, client):
        by, district = UserFactory.create(), DistrictFactory.create()
        for _ in range(51):
            IncidentFactory.create(by=by, district=district)
        client.force_login(by)

        page = client.get(f"{LIST}?cols=reference").text
        there = client.get("/incidents/where-and-when/?cols=reference").text

        assert 'rel="next" href="?cols=reference&amp;cursor=' in page
        assert "/incidents/where-and-when/?cols=reference" in page
        assert '<input type="hidden" name="cols" value="reference">' in there

    def test_asks_one_statement_whatever_is_shown(self, client, told):
        client.force_login(told.recorded_by)
        client.get(LIST)
        with CaptureQueriesContext(connection) as plain:
            client.get(LIST)
        with CaptureQueriesContext(connection) as whole:
            client.get(ALL)

        assert len(whole) == len(plain)

    def test_writes_markup_as_text_in_every_column(self, client):
        by = UserFactory.create(agency__name="<i>agency</i>")
        district = DistrictFactory.create(name="<i>area</i>", province__name="<i>province</i>")
        words = {name: f"<i>{name}</i>" for name in ("title", "place_text", "target_text")}
        incident = IncidentFactory.create(by=by, district=district, **words)
        name_group(incident, "{<i>0</i>}")
        incident.sources.create(title="<i>source</i>")
        client.force_login(by)

        page = client.get(ALL).text

        table = page[page.index("<table") : page.index("</table>")]
        assert "<i>" not in table
        assert table.count("&lt;i&gt;") == 8
        assert "{&lt;i&gt;0&lt;/i&gt;}" in table
