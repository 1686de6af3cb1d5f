"""What is added to an incident section by section: kept, corrected, taken back, guarded."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from agencies.choices import TLP
from agencies.lock import acting
from audit.choices import Verb
from audit.models import Event
from incidents import actions
from incidents.actions.particulars import DetailRefused
from incidents.choices import Precision
from incidents.details import SourceDetails, When
from incidents.models import (
    Arrest,
    Attackers,
    Fir,
    ForensicExamination,
    Incident,
    Particular,
    PriorAlert,
    ResponseTime,
    SecurityPlan,
    Weapon,
)
from incidents.rules import DetailsRefused
from tests.factories import NOON, UserFactory
from tests.incidents.factories import DAY, IncidentFactory, details_of_each_section

pytestmark = pytest.mark.django_db
DAWN = SourceDetails(title="Dawn", reliability="B", credibility="2")
LATER, BEFORE, TOMORROW = date(2023, 10, 4), date(2023, 9, 28), date(2999, 1, 1)
EACH = range(len(details_of_each_section()))


def each(number):
    return details_of_each_section()[number]


def add(incident, said, **more):
    who = {"incident_id": incident.pk, "by": incident.recorded_by, "at": NOON}
    return actions.add_particular(said=said, **(who | more))


def correct(incident, row, said, **more):
    who = {"incident_id": incident.pk, "by": incident.recorded_by, "at": NOON}
    return actions.correct_particular(particular_id=row.pk, said=said, **(who | more))


def withdraw(incident, row, reason="Of another case."):
    return actions.withdraw_particular(
        incident_id=incident.pk,
        particular_id=row.pk,
        reason=reason,
        by=incident.recorded_by,
        at=NOON,
    )


@pytest.mark.parametrize("number", EACH)
class TestEachDetail:
    def test_is_kept_once_with_its_source_and_its_deed(self, number):
        incident = IncidentFactory.create()

        row = add(incident, each(number), source=DAWN)
        again = add(incident, each(number), source=DAWN)

        event = Event.objects.get(verb=Verb.FACT_ADDED)
        assert again.pk == row.pk
        assert incident.particulars.get().own == row
        assert (row.source.title, row.source.grade) == ("Dawn", "B2")
        assert (event.target_id, event.actor_id) == (incident.pk, incident.recorded_by_id)

    def test_is_for_investigators_of_the_owner_agency(self, number):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        commander = UserFactory.create(commander=True, agency=incident.agency)

        for person in (UserFactory.create(), commander):
            with pytest.raises(PermissionDenied):
                add(incident, each(number), by=person)

        assert not Particular.objects.exists()

    def test_is_invisible_to_an_outsider(self, number, outsider):
        incident = IncidentFactory.create()
        row = add(incident, each(number))

        for deed in (
            lambda: add(incident, each(number), by=outsider),
            lambda: correct(incident, row, each(number), by=outsider),
        ):
            with pytest.raises(Incident.DoesNotExist):
                deed()
        with acting(outsider):
            assert not type(row).objects.exists()

    def test_is_seen_and_not_written_by_a_reader_of_another_agency(self, number, outsider):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        row = add(incident, each(number))

        with acting(outsider):
            assert type(row).objects.get() == row
            assert not Particular.objects.filter(pk=row.pk).delete()[0]
            with pytest.raises(DatabaseError), transaction.atomic():
                Particular.objects.filter(pk=row.pk).update(replaced_at=NOON, replaced_by=outsider)

    def test_is_never_changed_nor_deleted(self, number):
        row = add(IncidentFactory.create(), each(number))
        first = row.columns()[0]

        for deed in (
            lambda: type(row).objects.filter(pk=row.pk).update(**{first: getattr(row, first)}),
            lambda: Particular.objects.filter(pk=row.pk).update(note="Other"),
            row.delete,
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                deed()

    def test_is_fetched_whole_in_one_query(self, number, django_assert_num_queries):
        incident = IncidentFactory.create()
        add(incident, each(number), source=DAWN)

        with django_assert_num_queries(1):
            row = incident.particulars.whole().select_related("source").get().own
            assert (row.told, row.source.title) == (each(number).told, "Dawn")


class TestCorrecting:
    def test_puts_a_later_row_in_place_of_one_that_stays(self):
        incident = IncidentFactory.create()
        old = add(incident, Attackers(fate="at_large", number=2))

        new = correct(incident, old, Attackers(fate="at_large", number=3), source=DAWN)

        assert [row.pk for row in incident.particulars.standing()] == [new.pk]
        assert new.corrects_id == old.pk
        old.refresh_from_db()
        assert (old.number, old.replaced_at, old.replaced_by) == (2, NOON, incident.recorded_by)
        assert Event.objects.get(verb=Verb.FACT_CORRECTED).data["instead_of"] == old.pk

    def test_is_once_however_often_it_is_sent(self):
        incident = IncidentFactory.create()
        old = add(incident, Fir(number="112/2023"))

        new = correct(incident, old, Fir(number="113/2023"))
        again = correct(incident, old, Fir(number="113/2023"))

        assert again.pk == new.pk
        assert incident.particulars.count() == 2

    def test_changes_nothing_where_nothing_is_said_anew(self):
        incident = IncidentFactory.create()
        old = add(incident, Fir(number="112/2023"))

        assert correct(incident, old, Fir(number="112/2023")).pk == old.pk
        assert not Event.objects.filter(verb=Verb.FACT_CORRECTED).exists()

    def test_refuses_a_row_that_somebody_else_corrected_meanwhile(self):
        incident = IncidentFactory.create()
        old = add(incident, Fir(number="112/2023"))
        correct(incident, old, Fir(number="113/2023"))

        with pytest.raises(DetailRefused, match="meanwhile"):
            correct(incident, old, Fir(number="114/2023"))

    def test_refuses_what_breaks_a_rule_and_leaves_the_old_row(self):
        incident = IncidentFactory.create()
        old = add(incident, Fir(number="112/2023"))

        with pytest.raises(DetailsRefused):
            correct(incident, old, Fir(number="112/2023", registered_date=TOMORROW))

        assert incident.particulars.standing().get().pk == old.pk

    def test_refuses_a_detail_of_another_kind(self):
        incident = IncidentFactory.create()
        old = add(incident, Fir(number="112/2023"))

        with pytest.raises(DetailRefused, match="another kind"):
            correct(incident, old, SecurityPlan())

    def test_knows_only_rows_of_its_incident(self):
        incident, other = IncidentFactory.create(), IncidentFactory.create()
        row = add(other, Fir(number="112/2023"))

        with pytest.raises(Particular.DoesNotExist):
            correct(incident, row, Fir(number="113/2023"))


class TestWithdrawing:
    def test_keeps_the_row_with_the_reason(self):
        incident = IncidentFactory.create()
        row = add(incident, Fir(number="112/2023"))

        withdraw(incident, row)
        withdraw(incident, row)

        kept = incident.particulars.get()
        assert (kept.withdrawn_because, kept.replaced_by) == (
            "Of another case.",
            incident.recorded_by,
        )
        assert Event.objects.filter(verb=Verb.FACT_WITHDRAWN).count() == 1

    def test_needs_a_reason(self):
        incident = IncidentFactory.create()
        row = add(incident, Fir(number="112/2023"))

        with pytest.raises(DetailRefused, match="Say why"):
            withdraw(incident, row, reason=" ")

        assert incident.particulars.standing().exists()

    def test_is_for_the_owner_agency(self, outsider):
        incident = IncidentFactory.create(tlp=TLP.GREEN)
        row = add(incident, Fir(number="112/2023"))

        with pytest.raises(PermissionDenied):
            actions.withdraw_particular(
                incident_id=incident.pk, particular_id=row.pk, reason="x", by=outsider, at=NOON
            )


class TestAttackers:
    def test_have_one_number_for_each_fate(self):
        incident = IncidentFactory.create()
        add(incident, Attackers(fate="at_large", number=2))
        add(incident, Attackers(fate="died_attack", number=1))

        with pytest.raises(DetailRefused, match="Fled, at large"):
            add(incident, Attackers(fate="at_large", number=3))
        with pytest.raises(DatabaseError, match="on the record"), transaction.atomic():
            Attackers.objects.create(
                incident=incident,
                section="ATTACKERS",
                fate="at_large",
                recorded_at=NOON,
                recorded_by=incident.recorded_by,
            )

    def test_may_be_told_anew_after_a_withdrawal(self):
        incident = IncidentFactory.create()
        withdraw(incident, add(incident, Attackers(fate="at_large", number=2)))

        assert add(incident, Attackers(fate="at_large", number=3)).number == 3


BROKEN = [
    (PriorAlert(), "reference"),
    (PriorAlert(reference="1", issued_date=LATER), "issued_date"),
    (PriorAlert(reference="1", received_date=DAY), "received"),
    (
        PriorAlert(reference="1", issued_date=DAY, received="YES", received_date=BEFORE),
        "received_date",
    ),
    (Weapon(kind="5", switch="TIME"), "kind"),
    (Weapon(kind="6", charge_kg=Decimal(0)), "charge_kg"),
    (Weapon(kind="6", number=0), "number"),
    (Attackers(fate="UNK", as_of=BEFORE), "as_of"),
    (Attackers(fate="UNK", number=0), "number"),
    (ResponseTime(step="ALERT", on_date=DAY, precision="MINUTE"), "at_time"),
    (
        ResponseTime(step="ALERT", on_date=BEFORE, at_time=time(9), precision="MINUTE"),
        "on_date",
    ),
    (Fir(number=""), "number"),
    (Fir(number="1", registered_date=BEFORE), "registered_date"),
    (Arrest(number=0), "number"),
    (Arrest(number=1, arrested_date=TOMORROW), "arrested_date"),
    (ForensicExamination(what=""), "what"),
    (ForensicExamination(what="DNA", sent_date=LATER, due_date=DAY), "due_date"),
    (ForensicExamination(what="DNA", sent_date=LATER, received_date=DAY), "received_date"),
]


@pytest.mark.parametrize(("said", "field"), BROKEN)
def test_what_cannot_be_is_refused_beside_its_field(said, field):
    incident = IncidentFactory.create()

    with pytest.raises(DetailsRefused) as refusal:
        add(incident, said)

    assert [broken.field for broken in refusal.value.broken] == [field]
    assert not Particular.objects.exists()


# Of these the database knows nothing: the day of the incident stands in another table.
OF_THE_INCIDENT = {"as_of", "on_date", "registered_date", "arrested_date"}
IMPOSSIBLE = [
    said for said, field in BROKEN if field not in OF_THE_INCIDENT and (field != "issued_date")
]


@pytest.mark.parametrize("number", range(len(IMPOSSIBLE)))
def test_what_cannot_be_is_refused_by_the_database_as_well(number):
    incident, said = IncidentFactory.create(), IMPOSSIBLE[number]
    columns = {name: getattr(said, name) for name in said.columns()}

    with pytest.raises(DatabaseError), transaction.atomic():
        type(said).objects.create(
            incident=incident,
            section=said.SECTION,
            recorded_at=NOON,
            recorded_by=incident.recorded_by,
            **columns,
        )


def test_an_alert_of_the_month_of_the_incident_came_before_it():
    month = When(on_date=date(2023, 9, 1), precision=Precision.MONTH)
    incident = IncidentFactory.create(when=month)

    assert add(incident, PriorAlert(reference="1", issued_date=DAY)).issued_date == DAY


def test_the_database_keeps_each_in_the_table_of_its_section():
    incident = IncidentFactory.create()
    said = {"recorded_at": NOON, "recorded_by": incident.recorded_by, "section": "WEAPON"}

    with pytest.raises(DatabaseError, match="not of the section FIR"), transaction.atomic():
        Fir.objects.create(incident=incident, number="112/2023", **said)


class TestASourceNamedAgain:
    def test_is_graded_where_nobody_had_graded_it(self):
        incident = IncidentFactory.create()
        add(incident, Fir(number="1"), source=SourceDetails(title="Dawn"))

        add(incident, Arrest(number=1), source=DAWN)

        assert incident.sources.get().grade == "B2"

    def test_keeps_the_grade_that_it_has(self):
        incident = IncidentFactory.create()
        add(incident, Fir(number="1"), source=DAWN)

        add(incident, Arrest(number=1), source=SourceDetails(title="Dawn", reliability="F"))

        assert incident.sources.get().grade == "B2"
