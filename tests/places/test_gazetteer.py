"""Names and codes of places as other people's files write them, old ones too."""

import pytest

from places.actions import load_areas
from places.choices import Edition
from places.gazetteer import Gazetteer
from places.old_districts import old_districts


@pytest.fixture
def gazetteer(db):
    load_areas()
    return Gazetteer


def meant(gazetteer, name, **how):
    return sorted(place.name for place in gazetteer.district(name, **how).places)


class TestCodes:
    def test_whose_meaning_changed_are_doubtful_until_the_year_is_said(self, gazetteer):
        assert meant(gazetteer(), "PK201") == ["Abbottabad", "Awaran"]
        assert meant(gazetteer(edition=Edition.OF_2018), "pk201 ") == ["Abbottabad"]
        assert meant(gazetteer(edition=Edition.OF_2022), "PK201") == ["Awaran"]

    def test_are_told_apart_by_a_province_that_is_named(self, gazetteer):
        found = gazetteer()
        province = found.province("Balochistan").only

        assert meant(found, "PK201", province=province) == ["Awaran"]

    def test_that_mean_the_same_in_both_years_are_plain(self, gazetteer):
        assert meant(gazetteer(), "PK601") == ["Attock"]

    def test_that_are_no_longer_given_out_are_known(self, gazetteer):
        assert meant(gazetteer(), "PK720") == meant(gazetteer(), "PK720", province=None)
        assert meant(gazetteer(edition=Edition.OF_2018), "PK720") == ["Mastung"]
        assert meant(gazetteer(), "PK824") == ["Sujawal"]

    def test_of_a_district_that_was_parted_mean_its_parts(self, gazetteer):
        found = gazetteer(edition=Edition.OF_2018)

        assert meant(found, "PK206") == ["Chitral Lower", "Chitral Upper"]
        assert found.offered("PK206")[0].name == "Malakand Division"

    def test_of_a_region_that_was_merged_mean_the_district_it_is_in(self, gazetteer):
        assert meant(gazetteer(edition=Edition.OF_2018), "PK239") == ["Bannu"]

    def test_of_provinces_changed_too(self, gazetteer):
        assert gazetteer().province("PK2").is_doubtful
        assert gazetteer(edition=Edition.OF_2018).province("PK2").only.code == "PK5"
        assert gazetteer(edition=Edition.OF_2022).province("PK2").only.code == "PK2"
        assert gazetteer().province("PK6").only.name == "Punjab"

    def test_of_an_answer_hold_whatever_the_year(self, gazetteer):
        assert meant(gazetteer({"pk201": "PK202"}), "PK201") == ["Barkhan"]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "parts"),
        [
            ("Chitral", ["Chitral Lower", "Chitral Upper"]),
            ("Kohistan", ["Kohistan Lower", "Kohistan Upper", "Kolai Palas Kohistan"]),
            ("Kalat district", ["Kalat", "Shaheed Sikandarabad"]),
            ("Killa Abdullah", ["Chaman", "Killa Abdullah"]),
            ("Loralai", ["Duki", "Loralai"]),
        ],
    )
    def test_of_districts_that_were_parted_mean_their_parts(self, gazetteer, name, parts):
        assert meant(gazetteer(), name) == parts

    def test_of_2018_are_all_known(self, gazetteer):
        found = gazetteer()

        assert all(meant(found, old.name) for old in old_districts())

    @pytest.mark.parametrize(
        ("old", "now"),
        [("Las Bela", "Lasbela"), ("Malakand PA", "Malakand"), ("FR Kohat", "Kohat")],
    )
    def test_that_changed_are_plain(self, gazetteer, old, now):
        assert meant(gazetteer(), old) == [now]


def test_every_code_of_2018_leads_to_districts_of_today(gazetteer):
    found = gazetteer()

    for old in old_districts():
        assert all(code in found.by_code for code in old.now), old
        together = {found.by_code[code].province for code in old.now}
        assert len(together) == 1, old
