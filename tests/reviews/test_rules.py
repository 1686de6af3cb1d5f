from datetime import date, datetime, time

import pytest

from incidents.details import When
from reviews import rules
from reviews.choices import ReviewTier
from tests.factories import NOON, PAKISTAN
from tests.incidents.factories import IncidentFactory, report


class TestNamesNobody:
    @pytest.mark.parametrize(
        "owner",
        [
            "",
            " - ",
            "all agencies",
            "All concerned",
            "All LEAs",
            "concerned authorities",
            "relevant stakeholders",
            "Everyone",
            "TBD",
            "n/a",
            "police",
            "تمام ادارے",
            "متعلقہ حکام",
        ],
    )
    def test_refuses_a_crowd(self, owner):
        assert rules.names_nobody(owner)

    @pytest.mark.parametrize(
        "owner",
        ["SP Headquarters", "DPO Mastung", "Director, All Weather Roads", "ڈی پی او مستونگ", "IG"],
    )
    def test_takes_a_post(self, owner):
        assert not rules.names_nobody(owner)


class TestSuggestedTier:
    @pytest.mark.parametrize(
        ("killed", "tier"),
        [(0, ReviewTier.T1), (1, ReviewTier.T2), (9, ReviewTier.T2), (10, ReviewTier.T3)],
    )
    def test_follows_the_number_killed(self, killed, tier):
        assert rules.suggested_tier(killed) == tier


@pytest.mark.django_db
class TestClock:
    def test_starts_at_the_clock_time_where_it_is_known(self):
        when = When(on_date=date(2026, 11, 9), at_time=time(16, 22), precision="MINUTE")
        incident = IncidentFactory.create(when=when)

        assert rules.clock_start(incident) == datetime(2026, 11, 9, 16, 22, tzinfo=PAKISTAN)

    def test_starts_at_the_end_of_the_day_where_no_time_is_known(self):
        incident = IncidentFactory.create(when=When(on_date=date(2026, 11, 9)))

        assert rules.clock_start(incident) == datetime(2026, 11, 9, 23, 59, tzinfo=PAKISTAN)

    def test_starts_when_it_was_recorded_where_no_day_is_known(self):
        incident = IncidentFactory.create(when=When(precision="UNKNOWN"))

        assert rules.clock_start(incident) == NOON

    @pytest.mark.parametrize(
        ("tier", "due"),
        [("T1", date(2026, 11, 12)), ("T2", date(2026, 12, 9)), ("T3", date(2027, 1, 8))],
    )
    def test_ends_with_the_limit_of_the_tier(self, tier, due):
        incident = IncidentFactory.create(when=When(on_date=date(2026, 11, 9)))

        assert rules.due_at(incident, tier).astimezone(PAKISTAN).date() == due


@pytest.mark.django_db
class TestHighestKilled:
    def test_takes_the_highest_report(self):
        incident = IncidentFactory.create(counts=report(killed={"low": 9, "high": 13}))

        assert rules.highest_killed(incident) == 13

    def test_is_nothing_where_nobody_counted(self):
        assert rules.highest_killed(IncidentFactory.create()) == 0
