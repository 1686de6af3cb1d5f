from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied

from agencies.choices import TLP
from audit.choices import Verb
from audit.models import Event
from core.errors import RuleBroken
from incidents import actions
from incidents.choices import CasualtyGroup, CasualtyState, ClaimKind, FactTopic, Precision
from incidents.details import CountReport, Figure, SourceDetails, When
from incidents.models import CasualtyCount, Incident
from incidents.rules import DetailsRefused
from tests.factories import NOON, UserFactory
from tests.incidents.factories import DAY, IncidentFactory, report

pytestmark = pytest.mark.django_db
DAWN = SourceDetails(title="Dawn", url="https://dawn.com/1", published="2023-09-29")

ADDITIONS = {
    "count": lambda **who: actions.add_casualty_report(report=report(killed=15), **who),
    "source": lambda **who: actions.add_source(source=DAWN, **who),
    "claim": lambda **who: actions.add_claim(kind=ClaimKind.DENIAL, who="A group", **who),
    "fact": lambda **who: actions.add_fact(topic=FactTopic.BEFORE, text="A blast.", **who),
    "log": lambda **who: actions.add_log_entry(
        when=When(on_date=DAY), text="People assemble.", **who
    ),
    "question": lambda **who: actions.add_question(text="Who?", **who),
}
VERBS = {
    "count": Verb.CASUALTIES_COUNTED,
    "source": Verb.SOURCE_ADDED,
    "claim": Verb.CLAIM_ADDED,
    "fact": Verb.FACT_ADDED,
    "log": Verb.FACT_ADDED,
    "question": Verb.FACT_ADDED,
}


@pytest.mark.parametrize("kind", ADDITIONS)
class TestEachAddition:
    def test_is_kept_once_with_its_audit_row(self, kind):
        incident = IncidentFactory.create()
        who = {"incident_id": incident.pk, "by": incident.recorded_by, "at": NOON}

        ADDITIONS[kind](**who)
        ADDITIONS[kind](**who)

        event = Event.objects.get(verb=VERBS[kind])
        assert (event.target_id, event.actor_id) == (incident.pk, incident.recorded_by_id)

    def test_is_for_investigators_of_the_owner_agency(self, kind):
        incident = IncidentFactory.create(tlp=TLP.GREEN)

        for person in (
            UserFactory.create(),
            UserFactory.create(commander=True, agency=incident.agency),
        ):
            with pytest.raises(PermissionDenied):
                ADDITIONS[kind](incident_id=incident.pk, by=person, at=NOON)

        assert not Event.objects.filter(verb=VERBS[kind]).exists()

    def test_is_invisible_to_an_outsider(self, kind, outsider):
        incident = IncidentFactory.create()

        with pytest.raises(Incident.DoesNotExist):
            ADDITIONS[kind](incident_id=incident.pk, by=outsider, at=NOON)


def add_report(incident, said):
    return actions.add_casualty_report(
        incident_id=incident.pk, report=said, by=incident.recorded_by, at=NOON
    )


class TestAddCasualtyReport:
    def test_joins_the_series_and_replaces_nothing(self):
        incident = IncidentFactory.create(counts=report(killed=15))

        add_report(incident, report(killed={"low": 50}, injured=50, source=DAWN))
        add_report(incident, report(killed=52, as_of=date(2023, 9, 30)))

        killed = incident.casualty_counts.filter(state=CasualtyState.KILLED).in_order()
        assert [count.text for count in killed] == ["15", "50+", "52"]
        assert [count.position for count in killed] == [1, 2, 3]
        assert incident.sources.get().title == "Dawn"

    def test_keeps_killed_and_injured_of_one_report_in_one_place(self):
        incident = IncidentFactory.create()

        counts = add_report(incident, report(killed=5, injured=12))

        assert {count.position for count in counts} == {1}

    def test_keeps_attackers_apart(self):
        incident = IncidentFactory.create(counts=report(killed=5))

        add_report(incident, report(killed=2, group=CasualtyGroup.ATTACKERS))

        assert [count.best for count in CasualtyCount.objects.of_victims()] == [5]

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            (report(killed=-1), "killed_best"),
            (report(killed={"low": 9, "best": 5}), "killed_best"),
            (report(injured={"best": 9, "high": 5}), "injured_high"),
            (report(killed={"low": 9, "high": 5}), "killed_high"),
            (report(killed=5, said_by=" "), "said_by"),
            (report(killed=5, as_of=date(2026, 11, 21)), "as_of"),
            (report(killed=5, as_of=date(2023, 9, 28)), "as_of"),
            (report(), "figures"),
        ],
    )
    def test_refuses_numbers_that_cannot_be(self, said, field):
        incident = IncidentFactory.create()

        with pytest.raises(DetailsRefused) as refusal:
            add_report(incident, said)

        assert [broken.field for broken in refusal.value.broken] == [field]
        assert not CasualtyCount.objects.exists()

    def test_ignores_a_state_without_a_number(self):
        incident = IncidentFactory.create()
        said = CountReport(
            figures=(
                Figure(state=CasualtyState.KILLED, best=3),
                Figure(state=CasualtyState.INJURED),
            ),
            said_by="police",
        )

        assert len(add_report(incident, said)) == 1


class TestAddLogEntry:
    def test_keeps_an_unknown_time_unknown(self):
        incident = IncidentFactory.create()

        entry = actions.add_log_entry(
            incident_id=incident.pk,
            when=When(on_date=DAY),
            text="People assemble.",
            source=DAWN,
            by=incident.recorded_by,
            at=NOON,
        )

        assert (entry.at_time, entry.precision) == (None, Precision.DAY)
        assert entry.source.title == "Dawn"

    def test_refuses_a_time_without_precision(self):
        incident = IncidentFactory.create()

        with pytest.raises(DetailsRefused, match="You gave a time"):
            actions.add_log_entry(
                incident_id=incident.pk,
                when=When(on_date=DAY, at_time=time(9)),
                text="People assemble.",
                by=incident.recorded_by,
                at=NOON,
            )


class TestEmptyWords:
    @pytest.mark.parametrize(
        "deed",
        [
            lambda **who: actions.add_claim(kind=ClaimKind.CLAIM, who=" ", **who),
            lambda **who: actions.add_fact(topic=FactTopic.BEFORE, text=" ", **who),
            lambda **who: actions.add_question(text=" ", **who),
            lambda **who: actions.add_source(source=SourceDetails(title=" "), **who),
        ],
    )
    def test_are_refused(self, deed):
        incident = IncidentFactory.create()

        with pytest.raises(RuleBroken):
            deed(incident_id=incident.pk, by=incident.recorded_by, at=NOON)

    def test_are_right_where_nobody_claimed_it(self):
        incident = IncidentFactory.create()

        claim = actions.add_claim(
            incident_id=incident.pk,
            kind=ClaimKind.NO_CLAIM,
            as_of=DAY,
            by=incident.recorded_by,
            at=NOON,
        )

        assert (claim.who, claim.as_of) == ("", DAY)
