"""What a row of each data set comes to, and what is never guessed from it."""

import csv
import io
from datetime import date

import pytest

from incidents.choices import CasualtyGroup, PlacePrecision, Precision
from incidents.loading import formats
from incidents.loading.drafts import PlaceAsked, RowRefused
from incidents.loading.rows import Row
from incidents.loading.tables import open_table
from incidents.models.imports import NO_SUCCESS, OUT_OF_ORDER
from places.gazetteer import Gazetteer
from tests.incidents.loading.conftest import ROW, UCDP, ucdp

pytestmark = pytest.mark.usefixtures("areas")
GTD = {
    "eventid": "201309290001",
    "iyear": "2013",
    "imonth": "9",
    "iday": "29",
    "country_txt": "Pakistan",
    "provstate": "Khyber Pakhtunkhwa",
    "city": "Peshawar",
    "latitude": "34.00",
    "longitude": "71.57",
    "specificity": "1",
    "success": "1",
    "suicide": "0",
    "attacktype1": "3",
    "targtype1": "1",
    "target1": "Bazaar",
    "gname": "Unknown",
    "nkill": "43",
    "nkillter": "1",
    "nwound": "101",
    "nwoundte": "-99",
}
ACLED = {
    "event_id_cnty": "PAK1",
    "event_date": "29 September 2023",
    "time_precision": "1",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Suicide bomb",
    "actor1": "Unidentified Armed Group (Pakistan)",
    "actor2": "Civilians (Pakistan)",
    "civilian_targeting": "Civilian targeting",
    "admin1": "Balochistan",
    "admin2": "Mastung",
    "location": "Mastung",
    "latitude": "29.8",
    "longitude": "66.8",
    "geo_precision": "1",
    "source": "A paper",
    "notes": "As published.",
    "fatalities": "52",
}


def draft(row, scheme="UCDP-GED", answers=None, **changes):
    cells = {**row, **changes}
    return formats.reading(scheme, {})(Row(2, cells), Gazetteer(answers))


def counts(found):
    return {(each.group, each.state): (each.low, each.best, each.high) for each in found.counts}


class TestRecognised:
    @pytest.mark.parametrize(("row", "scheme"), [(ROW, "UCDP-GED"), (GTD, "GTD"), (ACLED, "ACLED")])
    def test_by_their_columns(self, row, scheme):
        found = formats.recognised(tuple(row))

        assert found is not None
        assert found.scheme == scheme

    def test_nothing_else(self):
        assert formats.recognised(("id", "date")) is None

    def test_with_tags_below_the_header(self):
        header, row = csv.reader(io.StringIO(ucdp({})))
        tagged = "\n".join([",".join(header), ",".join(["#meta+x"] * len(header)), ",".join(row)])

        table = open_table(io.BytesIO(tagged.encode()), "ged.csv")

        assert formats.recognised(table.columns)
        assert [each.number for each in table.rows()] == [3]


class TestUcdp:
    def test_is_placed_and_dated(self):
        found = draft(ROW)

        assert found.area.name == "Charsadda"
        assert (found.when.on_date, found.when.precision) == (date(2008, 1, 20), Precision.DAY)
        assert found.place_precision == PlacePrecision.NEAR
        assert found.group_named == "TTP"

    def test_never_counts_the_armed_group_among_victims(self):
        assert counts(draft(ROW)) == {
            (CasualtyGroup.VICTIMS, "killed"): (None, 1, None),
            (CasualtyGroup.STATE_FORCES, "killed"): (None, 1, None),
            (CasualtyGroup.ATTACKERS, "killed"): (None, 2, None),
            (CasualtyGroup.EVERYBODY, "killed"): (3, 3, 3),
        }

    def test_whom_nobody_told_apart_is_in_the_upper_end_alone(self):
        found = draft(ROW, deaths_civilians="1", deaths_unknown="4", best="8", high="8", low="8")

        assert counts(found)[CasualtyGroup.VICTIMS, "killed"] == (2, None, 6)

    def test_parts_that_are_not_the_whole_make_no_sum(self):
        found = draft(ROW, best="9", high="9", low="9")

        assert (CasualtyGroup.VICTIMS, "killed") not in counts(found)

    def test_keeps_numbers_that_do_not_rise_as_published(self):
        found = draft(ROW, low="4", best="3", high="3")

        assert found.notes == (OUT_OF_ORDER,)
        assert counts(found)[CasualtyGroup.EVERYBODY, "killed"] == (4, 3, 3)

    def test_of_a_year_in_the_whole_country_is_on_no_day_and_in_no_district(self):
        found = draft(
            ROW,
            where_prec="6",
            date_prec="5",
            date_start="2009-01-01",
            date_end="2009-12-31",
        )

        assert found.area is None
        assert found.place_precision == PlacePrecision.COUNTRY
        assert found.when.precision == Precision.RANGE
        assert found.when.until_date == date(2009, 12, 31)

    def test_of_a_province_is_in_no_district_whatever_the_cell_says(self):
        found = draft(ROW, where_prec="4")

        assert found.area.code == "PK5"

    def test_of_one_month_is_known_to_the_month(self):
        found = draft(ROW, date_start="2008-02-01", date_end="2008-02-29")

        assert found.when.precision == Precision.MONTH

    @pytest.mark.parametrize("name", ["Karachi district", "Kohistan district", "Kalat district"])
    def test_asks_which_area_an_old_name_means(self, name):
        with pytest.raises(PlaceAsked, match="may mean several areas"):
            draft(ROW, adm_1="", adm_2=name)

    def test_asks_about_a_district_that_is_not_in_the_named_province(self):
        with pytest.raises(PlaceAsked, match="is not in Sindh"):
            draft(ROW, adm_1="Sindh province", adm_2="Peshawar district")

    def test_takes_the_answer_for_the_whole_file(self):
        found = draft(
            ROW,
            adm_1="Sindh province",
            adm_2="Karachi district",
            answers={"karachi": "PK7-KARACHI"},
        )

        assert found.area.name == "Karachi Division"
        assert found.place_precision == PlacePrecision.DIVISION

    @pytest.mark.parametrize(
        ("change", "column"),
        [
            ({"id": ""}, "id"),
            ({"date_start": "29 of May"}, "date_start"),
            ({"date_start": ""}, "date_start"),
            ({"date_end": "2007-01-01"}, "date_end"),
            ({"best": "many"}, "best"),
            ({"best": "-3"}, "best"),
            ({"best": "inf"}, "best"),
            ({"best": "1e400"}, "best"),
            ({"latitude": "inf"}, "latitude"),
            ({"latitude": "134.2"}, "latitude"),
            ({"adm_2": "Atlantis"}, "adm_2"),
            ({"adm_1": "Atlantis"}, "adm_1"),
            ({"country": "India"}, "country"),
        ],
    )
    def test_says_which_column_is_wrong(self, change, column):
        with pytest.raises(RowRefused) as refusal:
            draft(ROW, **change)

        assert refusal.value.column == column

    def test_minus_nine_is_not_known(self):
        found = draft(ROW, deaths_a="-9", deaths_b="-99", best="-99", high="-99", low="-99")

        assert found.counts == ()


class TestGtd:
    def test_takes_attackers_out_of_the_dead(self):
        found = draft(GTD, "GTD")

        assert counts(found) == {
            (CasualtyGroup.VICTIMS, "killed"): (None, 42, None),
            (CasualtyGroup.ATTACKERS, "killed"): (None, 1, None),
            (CasualtyGroup.EVERYBODY, "killed"): (None, 43, None),
            # How many attackers were wounded is not known, so nor is it of victims.
            (CasualtyGroup.EVERYBODY, "injured"): (None, 101, None),
        }

    def test_a_day_of_zero_is_a_month(self):
        found = draft(GTD, "GTD", iday="0")

        assert (found.when.on_date, found.when.precision) == (date(2013, 9, 1), Precision.MONTH)

    def test_a_month_of_zero_is_a_year(self):
        found = draft(GTD, "GTD", imonth="0", iday="0")

        assert (found.when.on_date, found.when.until_date) == (date(2013, 1, 1), date(2013, 12, 31))

    def test_is_placed_by_its_city(self):
        assert draft(GTD, "GTD").area.name == "Peshawar"
        assert draft(GTD, "GTD", city="Nowhere village").area.code == "PK5"
        assert draft(GTD, "GTD", specificity="4").area.code == "PK5"

    def test_that_is_no_success_is_noted_and_never_taken_for_foiled(self):
        found = draft(GTD, "GTD", success="0")

        assert (found.was_foiled, found.notes) == (False, (NO_SUCCESS,))
        assert draft(GTD, "GTD").notes == ()

    def test_knows_its_codes(self):
        found = draft(GTD, "GTD")

        assert (found.attack_type, found.target_type, found.suicide) == ("3", "1", "NO")
        with pytest.raises(RowRefused, match="no code"):
            draft(GTD, "GTD", attacktype1="77")


class TestAcled:
    def test_is_read(self):
        found = draft(ACLED, "ACLED")

        assert found.area.name == "Mastung"
        assert found.when.on_date == date(2023, 9, 29)
        assert (found.attack_type, found.suicide, found.target_type) == ("3", "YES", "14")
        assert counts(found) == {(CasualtyGroup.EVERYBODY, "killed"): (None, 52, None)}

    def test_a_week_is_a_range_and_a_month_a_month(self):
        week = draft(ACLED, "ACLED", time_precision="2").when
        month = draft(ACLED, "ACLED", time_precision="3").when

        assert (week.until_date, week.precision) == (date(2023, 10, 5), Precision.RANGE)
        assert month.precision == Precision.MONTH


def test_the_shipped_sample_has_the_columns_that_are_known():
    assert set(UCDP) >= formats.BY_SCHEME["UCDP-GED"].required
