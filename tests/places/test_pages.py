from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from places.choices import Level
from places.models import AreaAlias
from tests.factories import DistrictFactory, ProvinceFactory, TehsilFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/places/"
SQUARE = {"type": "Polygon", "coordinates": [[[60, 25], [66, 25], [66, 31], [60, 31], [60, 25]]]}
CORNER = {"type": "Polygon", "coordinates": [[[60, 30], [61, 30], [61, 31], [60, 31], [60, 30]]]}


@pytest.fixture
def reader(client):
    client.force_login(UserFactory.create())
    return client


@pytest.fixture
def province():
    return ProvinceFactory.create(name="Balochistan", name_ur="بلوچستان", shape=SQUARE)


@pytest.fixture
def division(province):
    return DistrictFactory.create(level=Level.DIVISION, name="Kalat Division", province=province)


@pytest.fixture
def district(division):
    return DistrictFactory.create(
        name="Mastung",
        name_ur="مستونگ",
        parent=division,
        province=division.province,
        code="PK220",
        shape=CORNER,
    )


class TestList:
    def test_sets_districts_under_their_division_and_province(self, reader, district):
        loose = DistrictFactory.create(name="Islamabad", province=district.province)

        provinces = reader.get(LIST).context["provinces"]

        assert [each.area for each in provinces] == [district.province]
        assert [each.area for each in provinces[0].divisions] == [district.parent]
        assert provinces[0].divisions[0].districts == [district]
        assert provinces[0].districts == [loose]

    def test_leaves_out_what_exists_no_more(self, reader, district):
        DistrictFactory.create(name="Old Kalat", valid_to=date(2001, 8, 14))

        assert "Old Kalat" not in reader.get(LIST).text

    @pytest.mark.parametrize(
        "words", ["mast", "مستونگ", "مستونگ\u200c", "Mustang", "MASTOONG", "pk220"]
    )
    def test_finds_an_area_by_any_of_its_names(self, reader, district, words):
        AreaAlias.objects.create(area=district, alias="Mastoong", seen_in="gazette")
        DistrictFactory.create(name="Quetta")

        page = reader.get(LIST, {"q": words})

        assert page.context["hits"].areas == [district]
        assert district.get_absolute_url() in page.text

    def test_shows_the_spelling_that_fits_and_no_other(self, reader, district):
        for alias in ("Mastoong", "Mustung", "mastung"):
            AreaAlias.objects.create(area=district, alias=alias)

        page = reader.get(LIST, {"q": "mastoo"})

        assert "Mastoong" in page.text
        assert "Mustung" not in page.text

    def test_puts_the_widest_first(self, reader, district):
        tehsil = TehsilFactory.create(name="Mastung", parent=district)

        hits = reader.get(LIST, {"q": "mastung"}).context["hits"]

        assert hits.areas == [district, tehsil]
        assert not hits.more

    def test_says_when_there_are_more_than_it_shows(self, reader, district):
        TehsilFactory.create_batch(51, name="Same Name", parent=district)

        page = reader.get(LIST, {"q": "same"})

        assert len(page.context["hits"].areas) == 50
        assert "write more of the name" in page.text

    @pytest.mark.parametrize("words", ["%", "_", "'; --", "x" * 5000, "a\x00b", "<script>"])
    def test_finds_nothing_for_nonsense_and_says_so(self, reader, district, words):
        page = reader.get(LIST, {"q": words})

        assert page.status_code == 200
        assert "No area is written so" in page.text
        assert "<script>" not in page.text.split("</head>")[1]

    def test_takes_a_fixed_number_of_queries(self, reader, district):
        for path in (LIST, f"{LIST}?q=district"):
            with CaptureQueriesContext(
                connection,
            ) as few:
                reader.get(path)
            DistrictFactory.create_batch(4, parent=district.parent, province=district.province)
            with CaptureQueriesContext(connection) as many:
                reader.get(path)

            assert len(many) == len(few), path


class TestPage:
    def test_shows_names_code_and_where_it_stands(self, reader, district):
        TehsilFactory.create(name="Dasht", parent=district)
        AreaAlias.objects.create(area=district, alias="Mastoong", seen_in="a|b", is_ambiguous=True)

        page = reader.get(district.get_absolute_url())

        for words in ("Mastung", "مستونگ", "PK220", "TEST", "Dasht", "Tehsils", "a, b"):
            assert words in page.text
        assert "Names another area too" in page.text
        assert page.context["page"].above == [district.province, district.parent]

    def test_draws_it_and_says_the_same_in_words(self, reader, district):
        page = reader.get(district.get_absolute_url())

        assert page.text.count('<path class="k5"') == 1
        assert (
            '<title id="map-t">Mastung lies in the north-west of Balochistan.</title>' in page.text
        )
        assert "CC BY-IGO" in page.text

    def test_draws_a_division_from_its_districts(self, reader, district):
        page = reader.get(district.parent.get_absolute_url())

        assert page.text.count('<path class="k5"') == 1
        assert "Drawn from its districts." in page.text

    def test_draws_a_province_among_the_others(self, reader, province):
        ProvinceFactory.create(name="Sindh", shape=CORNER)

        page = reader.get(province.get_absolute_url())

        assert page.text.count('<path class="k1"') == 1
        assert "of Pakistan." in page.text

    def test_shows_a_tehsil_as_a_point_in_its_district(self, reader, district):
        tehsil = TehsilFactory.create(
            name="Mastung", parent=district, latitude=30.1, longitude=60.9
        )

        page = reader.get(tehsil.get_absolute_url())

        assert "Mastung lies in the south-east of the district of Mastung." in page.text
        assert '<circle class="k5"' in page.text

    def test_says_so_where_no_source_has_lines(self, reader, division):
        page = reader.get(division.get_absolute_url())

        assert page.context["map"] is None
        assert "no source shows where its lines run" in page.text

    def test_says_when_an_area_ended(self, reader):
        old = DistrictFactory.create(valid_from=date(1980, 1, 1), valid_to=date(2001, 8, 14))

        page = reader.get(old.get_absolute_url())

        assert "It has not existed since 14 Aug 2001" in page.text
        assert "from 1 Jan 1980 to 14 Aug 2001" in page.text

    def test_is_not_there_for_a_number_that_is_nobody_s(self, reader):
        assert reader.get(f"{LIST}987654321/").status_code == 404
        assert reader.get(f"{LIST}{10**30}/").status_code == 404

    def test_reads_in_urdu(self, reader, district):
        reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "ur"

        page = reader.get(district.get_absolute_url())

        assert 'dir="rtl"' in page.text
        assert '<h1 dir="auto">مستونگ</h1>' in page.text

    def test_changes_nothing(self, reader, district):
        assert reader.post(district.get_absolute_url()).status_code == 405
        assert reader.post(LIST).status_code == 405
