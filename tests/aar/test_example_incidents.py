"""The example incidents against the published figures, written out here once more."""

import json
from datetime import date, time

import pytest

from aar.examples import incidents as examples
from aar.examples import people
from agencies.actions.agencies import load_agencies
from agencies.choices import TLP, Classification
from audit.models import Event
from incidents.choices import CasualtyGroup, CasualtyState, ClaimKind, DisputeState, Precision
from incidents.models import CasualtyCount, Incident
from places.actions import load_areas
from tests.factories import NOON
from tests.taken_back import taken_back

# Killed and injured of each report, as published; `-` where it gives none.
MASTUNG = (
    ("15", "-"),
    ("34", "130"),
    ("50+", "50"),
    ("52", "45"),
    ("52", "50"),
    ("52", "58"),
    ("53", "100+"),
    ("53", "60+"),
    ("52", "66"),
    ("54", "100+"),
    ("55", "60+"),
    ("59", "58"),
    ("60", "60+"),
    ("60", "-"),
    ("59", "100"),
    ("55", "60+"),
)
HANGU = (
    ("3", "-"),
    ("4", "5"),
    ("4", "12"),
    ("5", "12"),
    ("5", "12"),
    ("5", "12"),
    ("5", "15"),
    ("5", "5–12"),
)
MASTUNG_DAYS = [date(2023, 9, 29)] * 7 + [date(2023, 9, 30)] * 6
MASTUNG_DAYS += [date(2023, 10, 1), date(2023, 10, 4), date(2023, 10, 4)]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The examples, loaded once for all these tests and taken back after the last."""

    def load():
        load_areas()
        load_agencies()
        people.load(at=NOON, signins=tmp_path_factory.mktemp("examples") / "signins.json")
        examples.load(at=NOON)

    with taken_back(django_db_blocker, load):
        yield


def get(name):
    return Incident.objects.get(origin=f"example:{name}")


def reports(incident):
    """Killed and injured of victims by report, in order."""
    counts = CasualtyCount.objects.filter(incident=incident, group=CasualtyGroup.VICTIMS)
    said = {(count.position, count.state): count.text for count in counts}
    return tuple(
        (
            said.get((place, CasualtyState.KILLED), "-"),
            said.get((place, CasualtyState.INJURED), "-"),
        )
        for place in sorted({count.position for count in counts})
    )


@pytest.mark.usefixtures("loaded", "db")
class TestExampleIncidents:
    def test_are_public_examples_of_the_police_of_their_province(self):
        assert Incident.objects.count() == 11
        for incident in Incident.objects.all():
            assert incident.is_example
            assert (incident.tlp, incident.classification) == (
                TLP.CLEAR,
                Classification.UNMARKED,
            )
            assert incident.agency.province_id == incident.district.province_id

    def test_are_loaded_once(self):
        before = Event.objects.count()

        assert examples.load(at=NOON) == 0

        assert Event.objects.count() == before

    def test_keep_all_sixteen_counts_of_mastung_in_order(self):
        mastung = get("mastung-2023")

        killed = mastung.casualty_counts.filter(state=CasualtyState.KILLED).in_order()

        assert reports(mastung) == MASTUNG
        assert [count.as_of for count in killed] == MASTUNG_DAYS
        assert killed[0].as_of_text == "first reports"
        assert killed[2].is_open_ended
        assert killed[2].reported_by == "District Health Officer"
        assert all(count.source for count in killed)

    def test_keep_all_eight_counts_of_hangu_in_order(self):
        hangu = get("hangu-2023")

        assert reports(hangu) == HANGU

    @pytest.mark.parametrize("name", ["mastung-2023", "hangu-2023"])
    def test_agree_with_every_row_of_the_file(self, name):
        told = json.loads((examples.DATA / f"{name}.json").read_text(encoding="utf-8"))
        incident = get(name)

        stored = incident.casualty_counts.select_related("source").order_by("position")
        log = incident.log.order_by("position")

        for position, row in enumerate(told["casualty_counts"], start=1):
            for count in stored.filter(position=position):
                said = str(row[count.state]).replace("-", "–")
                assert count.text == said
                assert count.reported_by == row["reported_by"]
                assert (count.source.title, count.source.url) == (
                    row["source"]["outlet"],
                    row["source"]["url"],
                )
        assert [(entry.text, entry.source.title) for entry in log] == [
            (entry["event"], entry["source"]["outlet"]) for entry in told["timeline"]
        ]
        assert (
            list(incident.open_questions.order_by("position").values_list("text", flat=True))
            == (told["open_questions"])
        )

    @pytest.mark.parametrize("name", ["mastung-2023", "hangu-2023"])
    def test_keep_an_unknown_time_unknown(self, name):
        incident = get(name)

        assert (incident.on_date, incident.at_time) == (date(2023, 9, 29), None)
        assert incident.precision == Precision.DAY
        assert incident.when_note
        assert {entry.precision for entry in incident.log.all()} == {Precision.DAY}

    def test_keep_a_known_time(self):
        assert get("bajaur-2023").at_time == time(16, 10)
        assert get("peshawar-police-lines-2023").precision == Precision.ABOUT

    def test_keep_conflicting_facts_side_by_side(self):
        mastung, hangu = get("mastung-2023"), get("hangu-2023")

        explosive = mastung.disputes.get(name="Explosive, kg").accounts.order_by("position")
        transport = hangu.disputes.get(name="Transport of the attackers").accounts.all()

        assert [(a.said, a.source.title) for a in explosive] == [
            ("6-8 (IG, 30 Sep)", "The Nation"),
            ("10-15 with ball bearings (Aaj, 4 Oct)", "Aaj News (Urdu)"),
        ]
        assert len(transport) == 4
        assert mastung.disputes.get(name="Day").state == DisputeState.SETTLED
        assert mastung.disputes.get(name="Killed").state == DisputeState.OPEN

    def test_keep_claims_denials_and_allegations_apart(self):
        claims = get("mastung-2023").claims.order_by("id")

        assert [(claim.kind, claim.who) for claim in claims] == [
            (ClaimKind.NO_CLAIM, ""),
            (ClaimKind.DENIAL, "Tehrik-i-Taliban Pakistan"),
            (ClaimKind.ALLEGATION, "Caretaker federal interior minister"),
        ]

    def test_count_attackers_apart(self):
        attackers = get("jaffar-express-2025").casualty_counts.get(group=CasualtyGroup.ATTACKERS)

        assert (attackers.state, attackers.best) == (CasualtyState.KILLED, 33)

    def test_name_officials_by_post(self):
        for incident in Incident.objects.all():
            names = incident.disputes.filter(name__icontains="name")
            assert not names.exists()
