"""Words find an incident however they are spelt, in both scripts, and only for its readers."""

import pytest
from django.db import connection
from django.http import QueryDict

from agencies.choices import TLP
from agencies.lock import acting
from core.spelling import folded
from incidents import actions, selectors
from incidents.forms import read_filters
from incidents.models import Incident
from places.actions import load_areas
from places.models import Area, AreaAlias
from tests.factories import NOON, DistrictFactory
from tests.incidents.factories import IncidentFactory, report

pytestmark = pytest.mark.django_db


def titles(by, words, more=""):
    query = QueryDict(more, mutable=True)
    query["q"] = words
    return {row[2] for row in selectors.register(by, read_filters(query)).rows}


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Blast at a Sikh shop", "sikh SHOP"),
        ("House of Muhammad Hussain", "mohammed hussein"),
        ("Taliban commander killed", "taleban"),
        ("Firing near Karachi's port", "karachee"),
        ("Convoy in Baluchistan", "balochistan"),
        ("Al-Qa’ida cell found", "al qaeda"),
        ("Police van attacked", "polic"),
        ("سیکیورٹی فورسز پر حملہ", "سکیورٹی"),
        ("سکیورٹی فورسز پر حملہ", "سیکیورٹی"),
        ("پولیس چوکی", "پولس"),
        ("کراچی میں دھماکہ", "كراچي"),
        ("مسجدِ نبوی", "مسجد"),
        ("۱۲ ربیع الاول", "12 ربيع"),
    ],
)
def test_other_spellings_find_it(investigator, written, typed):
    IncidentFactory.create(by=investigator, title=written)
    IncidentFactory.create(by=investigator, title="Something else")

    assert titles(investigator, typed) == {written}


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Attack on a post", "attock"), ("A place of worship", "police"), ("Blast", "blast shop")],
)
def test_other_words_do_not(investigator, written, typed):
    IncidentFactory.create(by=investigator, title=written)

    assert titles(investigator, typed) == set()


@pytest.mark.parametrize(
    "typed", ["!!!", "۔", "' | 'x", "a:*", "\\", "%", "x" * 500, "&", "(", "~"]
)
def test_signs_are_no_words_and_break_nothing(investigator, typed):
    IncidentFactory.create(by=investigator, title="Blast")

    assert titles(investigator, typed) == set()


def test_the_database_and_the_search_for_places_fold_names_alike():
    load_areas()
    names = {each for row in Area.objects.values_list("name", "name_ur") for each in row}
    names |= set(AreaAlias.objects.values_list("alias", flat=True)) | {"جزءی", "ڪراچي", "علاء"}

    with connection.cursor() as cursor:
        cursor.execute("SELECT said, aar_spaced(said) FROM unnest(%s::text[]) said", [list(names)])
        told = dict(cursor.fetchall())

    assert {name: spaced for name, spaced in told.items() if spaced != folded(name)} == {}


def test_a_place_is_found_by_each_of_its_names(investigator):
    place = DistrictFactory.create(name="Mastung", name_ur="مستونگ")
    IncidentFactory.create(by=investigator, title="Blast", district=place)

    for name in ("mastung", "مستونگ", f"{place.province.name} blast"):
        assert titles(investigator, name) == {"Blast"}
    assert titles(investigator, "mustang") == set()

    AreaAlias.objects.create(area=place, alias="Mustang", seen_in="a list")

    assert titles(investigator, "mustang") == {"Blast"}


def test_what_was_found_is_no_more_once_the_words_change(investigator):
    there = IncidentFactory.create(by=investigator, title="Blast", summary="Near a madrassa.")
    assert titles(investigator, "madrassa") == {"Blast"}

    Incident.objects.filter(pk=there.pk).update(summary="Near a school.")

    assert titles(investigator, "madrassa") == set()
    assert titles(investigator, "school") == {"Blast"}


def test_what_is_withdrawn_is_not_found_until_it_is_put_back(investigator):
    there = IncidentFactory.create(by=investigator, title="Blast")

    actions.withdraw_incident(
        incident_id=there.pk, reason="Recorded twice", by=investigator, at=NOON
    )
    assert titles(investigator, "blast") == set()

    actions.put_back_incident(incident_id=there.pk, by=investigator, at=NOON)
    assert titles(investigator, "blast") == {"Blast"}


def test_words_and_filters_narrow_together(investigator):
    wanted = IncidentFactory.create(by=investigator, title="Blast at a shop", attack_type="3")
    IncidentFactory.create(by=investigator, title="Blast at a bank", attack_type="2")
    deadly = report(killed=12)
    IncidentFactory.create(by=investigator, title="Blast at a mosque", counts=deadly)

    assert titles(investigator, "blast", "kind=3") == {"Blast at a shop"}
    assert titles(investigator, "blast", "killed=10") == {"Blast at a mosque"}
    assert titles(investigator, "", f"district={wanted.district_id}") == {"Blast at a shop"}
    assert titles(investigator, "blast", "since=2023-09-30") == set()


def test_pages_of_what_is_found_follow_each_other(investigator):
    for number in range(7):
        IncidentFactory.create(by=investigator, title=f"Blast number {number}")
    filters = read_filters(QueryDict("q=blast"))

    first = selectors.register(investigator, filters, size=3)
    second = selectors.register(investigator, filters, cursor=first.older, size=3)
    third = selectors.register(investigator, filters, cursor=second.older, size=3)
    back = selectors.register(investigator, filters, cursor=third.newer, size=3)

    told = [row[2] for page in (first, second, third) for row in page.rows]
    assert len(set(told)) == 7
    assert first.newer == ""
    assert back.rows == second.rows


class TestAnOutsider:
    def test_finds_nothing_by_any_word(self, investigator, outsider):
        IncidentFactory.create(by=investigator, title="Blast")

        assert titles(outsider, "blast") == set()
        with acting(outsider):
            assert titles(outsider, "blast") == set()

    def test_finds_what_is_passed_on_for_as_long_as_it_is(self, investigator, outsider):
        there = IncidentFactory.create(by=investigator, title="Blast", tlp=TLP.AMBER)
        actions.share_incident(
            incident_id=there.pk, recipient=outsider.agency, by=investigator, at=NOON
        )

        with acting(outsider):
            assert titles(outsider, "blast") == {"Blast"}

        there.shares.all().delete()

        with acting(outsider):
            assert titles(outsider, "blast") == set()
