"""What may belong together is suggested, with the reasons in words."""

from datetime import date, timedelta

import pytest

from agencies.choices import TLP
from agencies.lock import acting
from incidents import actions
from incidents.selectors.relations import MOST, related
from tests.bulletins.factories import DAY
from tests.factories import NOON
from tests.incidents.relations.relating import (
    WHY,
    beside,
    relate,
    suggested,
)

pytestmark = pytest.mark.django_db


class TestSuggesting:
    def test_finds_what_happened_at_the_very_place_years_before(self, incident):
        there = beside(
            incident,
            on=date(2018, 7, 13),
            district=incident.district,
            place_text="police lines Mosque",
        )
        beside(incident, on=date(2018, 7, 13), place_text="Police Lines mosque")  # elsewhere

        assert suggested(incident) == {there: ["Same place: Police Lines mosque"]}

    def test_finds_the_same_group_elsewhere(self, incident):
        theirs = beside(incident, on=DAY - timedelta(days=90), group_named="A group")
        beside(incident, on=DAY - timedelta(days=900), group_named="A group")

        assert suggested(incident) == {theirs: ["Same group named: A group"]}

    def test_finds_the_same_kind_of_target_in_the_district(self, incident):
        like = beside(
            incident, on=DAY + timedelta(days=242), district=incident.district, target_type="15"
        )
        beside(incident, on=DAY + timedelta(days=242), district=incident.district, target_type="3")

        reason = "Same kind of target in this district: Worshippers, religious site or procession"
        assert suggested(incident) == {like: [reason]}

    def test_finds_the_attacks_of_one_day_in_the_province(self, incident):
        wave = beside(incident, province=incident.province, district=None, area=incident.province)

        assert suggested(incident) == {wave: ["Same day, same province, same kind of attack"]}

    def test_takes_no_month_for_a_day(self, incident):
        beside(
            incident,
            province=incident.province,
            district=None,
            area=incident.province,
            precision="MONTH",
        )

        assert suggested(incident) == {}

    def test_counts_no_word_that_every_place_is_told_with(self, incident):
        name = incident.district.name
        incident.place_text = f"Chowk Yadgar, {name} city"
        incident.save(update_fields=["place_text"])
        told = {"district": incident.district, "place_text": f"Yadgar, near {name} city"}
        there = beside(incident, on=DAY - timedelta(days=300), target_type="15", **told)

        assert suggested(incident)[there][1:] == ["Words of the place in both: yadgar"]

    def test_puts_the_likeliest_first_and_ends(self, incident):
        for days in range(1, MOST + 3):
            beside(incident, on=DAY + timedelta(days=days), group_named="A group")
        here = beside(
            incident,
            on=DAY + timedelta(days=300),
            district=incident.district,
            place_text="Police Lines mosque",
            police_station="City",
            group_named="A group",
        )

        found = suggested(incident)

        assert len(found) == MOST
        assert next(iter(found)) == here

    def test_finds_none_that_one_may_not_see_nor_that_is_withdrawn(self, incident, outsider):
        closed = beside(incident, district=incident.district, tlp=TLP.AMBER_STRICT)
        gone = beside(incident, district=incident.district)
        actions.withdraw_incident(incident_id=gone.pk, reason=WHY, by=incident.recorded_by, at=NOON)

        assert set(suggested(incident)) == {closed}
        assert suggested(incident, by=outsider) == {}

    def test_finds_none_of_a_record_without_a_day_or_withdrawn(self, incident):
        beside(incident, district=incident.district)
        unknown = beside(
            incident, district=incident.district, precision="UNKNOWN", on_date=None, sort_date=DAY
        )
        assert suggested(unknown) == {}

        actions.withdraw_incident(
            incident_id=incident.pk, reason=WHY, by=incident.recorded_by, at=NOON
        )
        incident.refresh_from_db()
        assert suggested(incident) == {}

    def test_asks_the_same_however_many_there_are(self, incident, django_assert_num_queries):
        user, _district = incident.recorded_by, incident.district
        with acting(user):
            beside(incident, district=incident.district)
            with django_assert_num_queries(3):
                related(user, incident)
            for _ in range(4):
                relate(incident, beside(incident, district=incident.district))
                beside(incident, district=incident.district)
            with django_assert_num_queries(3):
                related(user, incident)
