from datetime import date, timedelta

import pytest
from django.db.models import F

from agencies.choices import TLP
from core import keyset
from incidents import actions, selectors
from incidents.choices import CasualtyGroup, Precision
from incidents.details import When
from incidents.models import Incident
from incidents.selectors.filters import Filters
from incidents.selectors.series import range_words
from incidents.selectors.wording import KilledRange
from tests.counting import LOCK
from tests.factories import NOON, DistrictFactory, UserFactory
from tests.incidents.factories import DAY, IncidentFactory, report

pytestmark = pytest.mark.django_db
LIST = "/incidents/"


def titles(user, filters=None, **page):
    return [row[2] for row in selectors.register(user, filters or Filters(), **page).rows]


class TestRegister:
    def test_shows_only_what_the_person_may_read(self, outsider):
        own = IncidentFactory.create(title="Own")
        IncidentFactory.create(title="Somebody else's")
        IncidentFactory.create(title="Everybody's", tlp=TLP.GREEN)

        assert titles(own.recorded_by) == ["Everybody's", "Own"]
        assert titles(outsider) == ["Everybody's"]

    def test_reads_the_same_however_it_is_asked(self):
        by = UserFactory.create()
        for number in range(4):
            IncidentFactory.create(by=by, title=f"n{number}", counts=report(killed=number))

        plain = selectors.register(by, Filters(), size=3)
        narrowed = selectors.register(by, Filters(year=DAY.year), size=3)

        assert plain == narrowed

    def test_follows_a_person_whose_clearance_changes(self):
        by = UserFactory.create(clearance="CONFIDENTIAL")
        IncidentFactory.create(by=by, title="Own", classification="CONFIDENTIAL")
        assert titles(by) == ["Own"]

        by.clearance = "RESTRICTED"

        assert titles(by) == []

    def test_follows_a_person_whose_agency_changes(self, outsider):
        incident = IncidentFactory.create(title="Own")
        assert titles(outsider) == []

        outsider.agency = incident.agency

        assert titles(outsider) == ["Own"]

    def test_runs_from_the_newest_and_pages_both_ways(self):
        by = UserFactory.create()
        for number in range(5):
            IncidentFactory.create(
                by=by, title=f"n{number}", when=When(on_date=DAY + timedelta(days=number // 2))
            )

        first = selectors.register(by, Filters(), size=2)
        second = selectors.register(by, Filters(), size=2, cursor=first.older)
        third = selectors.register(by, Filters(), size=2, cursor=second.older)
        back = selectors.register(by, Filters(), size=2, cursor=third.newer)

        pages = [[row[2] for row in page.rows] for page in (first, second, third, back)]
        assert pages == [["n4", "n3"], ["n2", "n1"], ["n0"], ["n2", "n1"]]
        assert (first.newer, third.older) == ("", "")

    def test_is_narrowed_by_place_kind_year_and_words(self):
        by = UserFactory.create()
        hangu = DistrictFactory.create()
        here = IncidentFactory.create(by=by, district=hangu, title="Doaba station", attack_type="3")
        there = IncidentFactory.create(
            by=by, title="Market", attack_type="2", when=When(on_date=date(2018, 7, 13))
        )

        assert titles(by, Filters(district=hangu.pk)) == ["Doaba station"]
        assert titles(by, Filters(province=there.district.province_id)) == ["Market"]
        assert titles(by, Filters(attack_type="2")) == ["Market"]
        assert titles(by, Filters(year=2023)) == ["Doaba station"]
        assert titles(by, Filters(words="doaba")) == ["Doaba station"]
        assert titles(by, Filters(words=here.reference)) == ["Doaba station"]
        assert titles(by, Filters(words="nowhere")) == []

    def test_says_the_day_as_far_as_it_is_known(self):
        by = UserFactory.create()
        for when in (
            When(precision=Precision.UNKNOWN),
            When(on_date=DAY, until_date=date(2023, 9, 30), precision=Precision.RANGE),
            When(on_date=DAY),
            When(on_date=DAY, precision=Precision.MONTH),
        ):
            IncidentFactory.create(by=by, when=when)

        days = {row[1] for row in selectors.register(by, Filters()).rows}

        assert days == {"not known", "29 Sep 2023 – 30 Sep 2023", "29 Sep 2023", "Sep 2023"}

    def test_carries_the_highest_marking_of_its_rows(self):
        by = UserFactory.create()
        IncidentFactory.create(by=by, tlp=TLP.GREEN, caveats=("ORCON",))
        IncidentFactory.create(by=by, tlp=TLP.RED)

        marking = selectors.register(by, Filters()).marking

        assert (marking.tlp, marking.classification) == ("RED", "RESTRICTED")
        assert marking.caveat_labels == ["Originator controlled"]

    def test_refuses_a_cursor_it_did_not_give(self):
        with pytest.raises(keyset.BadCursor):
            selectors.register(UserFactory.create(), Filters(), cursor="nonsense")


# counts of victims, then how the register puts them
RANGES = [
    ([], ""),
    ([15], "15"),
    ([15, {"low": 50}, 60], "15–60"),
    ([{"low": 50}], "50+"),
    ([44, {"low": 100}], "44–100+"),
    ([{"low": 52, "best": 55, "high": 60}], "52–60"),
    ([{"high": 9}, 3], "3–9"),
]


class TestKilledRange:
    @pytest.mark.parametrize(("said", "shown"), RANGES)
    def test_reads_the_same_in_sql_and_on_the_page(self, said, shown):
        incident = IncidentFactory.create()
        self.add(incident, said)
        self.add(incident, [99], group=CasualtyGroup.ATTACKERS)

        counts = incident.casualty_counts.filter(group=CasualtyGroup.VICTIMS)

        assert self.in_sql(incident) == shown
        assert range_words(list(counts)) == shown

    def test_makes_the_largest_part_a_floor(self):
        incident = IncidentFactory.create()
        self.add(incident, [2, 5], group=CasualtyGroup.POLICE)

        assert self.in_sql(incident) == "5+"

    def add(self, incident, said, **more):
        for number, killed in enumerate(said):
            actions.add_casualty_report(
                incident_id=incident.pk,
                report=report(killed=killed, note=str(number), **more),
                by=incident.recorded_by,
                at=NOON,
            )

    def in_sql(self, incident):
        rows = Incident.objects.annotate(killed=KilledRange(F("id")))
        return rows.values_list("killed", flat=True).get(pk=incident.pk)


class TestIncidentList:
    def test_shows_markup_as_text(self, client):
        incident = IncidentFactory.create(title='<b>bold</b> & "quoted"')
        client.force_login(incident.recorded_by)

        page = client.get(LIST).content.decode()

        assert "&lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;" in page
        assert f'<a href="{incident.pk}/">' in page

    def test_takes_the_same_number_of_queries_for_5_and_60(
        self, client, django_assert_num_queries, django_assert_max_num_queries
    ):
        by, district = UserFactory.create(), DistrictFactory.create()
        for _ in range(5):
            IncidentFactory.create(by=by, district=district, counts=report(killed=1))
        client.force_login(by)
        client.get(LIST)
        with django_assert_max_num_queries(6 + LOCK) as few:
            client.get(LIST)
        for _ in range(55):
            IncidentFactory.create(by=by, district=district, counts=report(killed=1))

        with django_assert_num_queries(len(few)):
            page = client.get(LIST).content.decode()

        assert page.count("<tr>") == 51

    def test_keeps_its_filters_from_page_to_page(self, client):
        by, district = UserFactory.create(), DistrictFactory.create(name="Hangu")
        for _ in range(51):
            IncidentFactory.create(by=by, district=district)
        client.force_login(by)

        page = client.get(f"{LIST}?district={district.pk}").content.decode()

        assert f'<option value="{district.pk}" selected>Hangu</option>' in page
        assert f"?district={district.pk}&amp;cursor=" in page
        assert 'class="clear"' in page

    @pytest.mark.parametrize(
        "query",
        [
            "?year=abc",
            "?district=x&province=",
            "?kind=99",
            "?q=%00",
            "?year=99999",
            "?district=9e9",
        ],
    )
    def test_ignores_filters_that_mean_nothing(self, client, query):
        client.force_login(UserFactory.create())

        assert client.get(LIST + query).status_code == 200

    @pytest.mark.parametrize(
        "cursor",
        ["x", keyset.encode("older", ["no date", 1]), keyset.encode("older", ["2023-09-29", "x"])],
    )
    def test_answers_404_to_a_cursor_it_did_not_give(self, client, cursor):
        client.force_login(UserFactory.create())

        assert client.get(LIST, {"cursor": cursor}).status_code == 404

    def test_says_when_there_is_nothing(self, client):
        client.force_login(UserFactory.create())

        assert "No incident is on the register" in client.get(LIST).content.decode()
        assert "No incident matches" in client.get(f"{LIST}?q=nowhere").content.decode()
