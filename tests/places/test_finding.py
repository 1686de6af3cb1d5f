"""A place found while its name is typed, however it is spelled."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from places.actions import load_areas
from places.choices import Level
from places.finding import finder
from places.models import Area, AreaAlias
from tests.counting import LOCK
from tests.factories import DistrictFactory, UserFactory

pytestmark = pytest.mark.django_db
FIND = "/places/find/"


@pytest.fixture
def shipped():
    """The areas that ship with the product."""
    load_areas()


def names(typed):
    """`Mastung district`, the likeliest first."""
    return [f"{each.place.name} {each.step}" for each in finder().found(typed)]


@pytest.mark.usefixtures("shipped")
class TestFound:
    @pytest.mark.parametrize(
        "typed",
        [
            *("Mastung", "mastung district", "MASTUNG, Balochistan", "mastu"),
            # Urdu; kaf and ya of an Arabic keyboard below; joiners, marks and "district".
            *("مستونگ", "ضلع مستونگ", "مَستونگ", "مستونگ\u200f"),
            # As it sounds.
            *("Mustang", "Mastoong"),
        ],
    )
    def test_puts_the_district_first(self, typed):
        assert names(typed)[0] == "Mastung district"

    @pytest.mark.parametrize(
        ("typed", "district"),
        [
            ("كوئٹه", "Quetta"),
            ("کوءٹہ", "Quetta"),
            ("Kwetta", "Quetta"),
            ("Pishawar", "Peshawar"),
            ("پشاور", "Peshawar"),
            ("Karachee Central", "Central Karachi"),
            ("dera ismail", "D. I. Khan"),
            ("deraismailkhan", "D. I. Khan"),
            ("Hungoo", "Hangu"),
            ("ھنگو", "Hangu"),
            ("rajan", "Rajanpur"),
        ],
    )
    def test_knows_other_ways_to_write_it(self, typed, district):
        assert f"{district} district" in names(typed)[:3]

    def test_says_the_ladder_and_what_is_filled_in(self):
        first = finder().found("mastung")[0]

        assert [each.name for each in first.above] == ["Kalat Division", "Balochistan"]
        assert (first.district.name, first.tehsil, first.province.name) == (
            *("Mastung", None),
            "Balochistan",
        )

    def test_offers_every_step_that_bears_the_name(self):
        assert names("Kalat")[:3] == ["Kalat district", "Kalat tehsil", "Kalat Division division"]

    def test_is_sure_of_no_name_that_two_areas_bear(self):
        assert not any(each.is_sure for each in finder().found("Mastung"))
        assert next(each.is_sure for each in finder().found("Punjab"))

    @pytest.mark.parametrize("typed", ["", "m", "%", "qqqqzzzz", "\u200c", "'; --", "؟"])
    def test_finds_nothing_for_nothing(self, typed):
        assert finder().found(typed) == []


class TestKept:
    def test_sees_an_area_and_a_spelling_that_were_added(self):
        district = DistrictFactory.create(name="Mastung")
        assert names("mastung") == ["Mastung district"]

        AreaAlias.objects.create(area=district, alias="Zamindabad")
        DistrictFactory.create(name="Mastung Khas")

        assert names("zaminda") == ["Mastung district"]
        assert "Mastung Khas district" in names("mastung")

    def test_is_unsure_of_a_spelling_that_once_meant_more(self):
        district = DistrictFactory.create(name="Upper Chitral")
        AreaAlias.objects.create(area=district, alias="Chitral", is_ambiguous=True)

        assert [each.is_sure for each in finder().found("chitral")] == [False]
        assert [each.is_sure for each in finder().found("upper chitral")] == [True]


class TestPage:
    def test_lists_options_with_what_they_fill_in(self, client):
        division = DistrictFactory.create(level=Level.DIVISION, name="Kalat Division")
        district = DistrictFactory.create(
            name="Mastung", name_ur="مستونگ", parent=division, province=division.province
        )
        client.force_login(UserFactory.create())

        page = client.get(FIND, {"place": "mast"}).text

        assert f'data-district="{district.pk}"' in page
        assert f'data-province="{district.province_id}"' in page
        assert "Kalat Division" in page
        assert "One place." in page

    def test_says_that_nothing_is_written_so(self, client):
        client.force_login(UserFactory.create())

        page = client.get(FIND, {"place": "<script>x\x00"}).text

        assert "No area is written so" in page
        assert "<script>x" not in page

    def test_is_the_same_for_an_outsider_and_closed_to_strangers(self, client, outsider):
        district = DistrictFactory.create(name="Mastung")
        assert client.get(FIND, {"place": "mastung"}).status_code == 302

        client.force_login(outsider)

        assert f'id="place-{district.pk}"' in client.get(FIND, {"place": "mastung"}).text

    def test_speaks_the_language_of_the_page(self):
        DistrictFactory.create(name="Mastung", name_ur="مستونگ")

        with translation.override("ur"):
            assert finder().found("mastung")[0].place.label == "مستونگ"

    def test_asks_the_database_for_nothing_that_it_keeps(self, client):
        DistrictFactory.create(name="Mastung")
        client.force_login(UserFactory.create())
        client.get(FIND, {"place": "mastung"})

        with CaptureQueriesContext(connection) as asked:
            client.get(FIND, {"place": "mast"})

        # Session, person, posting, and whether areas or spellings were added.
        assert len(asked) - LOCK <= 5
        assert not any('"places_area"."name"' in each["sql"] for each in asked)
        assert Area.objects.exists()
