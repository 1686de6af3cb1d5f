"""One figure is given in public, with who adopted it and why; the series stays beside it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from audit.models import Event
from incidents import actions
from incidents.actions.counts import FigureRefused
from incidents.choices import CasualtyGroup
from incidents.models import AdoptedFigure, CasualtyCount
from tests.factories import NOON, UserFactory
from tests.incidents.factories import IncidentFactory, report

pytestmark = pytest.mark.django_db
WHY = "The hospital register, compared with the list of names."


@pytest.fixture
def incident():
    made = IncidentFactory.create(counts=report(killed=15, said_by="First paper"))
    actions.add_casualty_report(
        incident_id=made.pk,
        report=report(killed=60, said_by="Second paper"),
        by=made.recorded_by,
        at=NOON,
    )
    return made


def count_of(incident, best):
    return incident.casualty_counts.get(best=best)


def adopt(incident, best, by=None, why=WHY):
    return actions.adopt_figure(
        incident_id=incident.pk,
        count_id=count_of(incident, best).pk,
        why=why,
        by=by or incident.recorded_by,
        at=NOON,
    )


class TestAdopting:
    def test_shows_the_figure_with_who_said_it_who_adopted_it_and_why(self, client, incident):
        adopt(incident, 60)
        client.force_login(incident.recorded_by)

        page = client.get(incident.get_absolute_url()).text

        assert "For publication:" in page
        assert "Second paper" in page
        assert WHY in page
        assert "First paper" in page  # the series stays

    def test_again_replaces_the_figure_and_keeps_the_old_in_the_record(self, incident):
        adopt(incident, 60)
        adopt(incident, 15)

        assert AdoptedFigure.objects.standing().get().count.best == 15
        assert AdoptedFigure.objects.count() == 2
        told = Event.objects.filter(verb="casualties.adopted").order_by("id")
        assert [event.data["figure"] for event in told] == ["60", "15"]

    def test_twice_is_once(self, incident):
        adopt(incident, 60)
        adopt(incident, 60)

        assert AdoptedFigure.objects.count() == 1

    def test_needs_a_reason(self, incident):
        with pytest.raises(FigureRefused, match="Say why"):
            adopt(incident, 60, why=" ")

    @pytest.mark.parametrize(
        "group", [CasualtyGroup.ATTACKERS, CasualtyGroup.EVERYBODY, CasualtyGroup.NOT_TOLD]
    )
    def test_takes_no_count_that_attackers_may_be_in(self, incident, group):
        count = CasualtyCount.objects.create(
            incident=incident,
            group=group,
            state="killed",
            best=99,
            recorded_at=NOON,
            recorded_by=incident.recorded_by,
        )

        with pytest.raises(FigureRefused, match="Attackers"):
            adopt(incident, 99)
        with pytest.raises(IntegrityError, match="not of all victims"):
            AdoptedFigure.objects.create(
                incident=incident,
                count=count,
                state="killed",
                why="x",
                adopted_at=NOON,
                adopted_by=incident.recorded_by,
            )


class TestThePage:
    def test_offers_the_counts_of_all_victims(self, client, incident):
        client.force_login(incident.recorded_by)
        path = f"{incident.get_absolute_url()}counts/adopt/"
        assert path in client.get(incident.get_absolute_url()).text

        page = client.get(path).text
        plain = page.replace("\u2068", "").replace("\u2069", "")
        assert "60 Killed, Second paper" in plain

        assert client.post(path, {"why": WHY}).status_code == 422
        client.post(path, {"count": count_of(incident, 60).pk, "why": WHY})
        assert AdoptedFigure.objects.get().count.best == 60

    def test_takes_no_count_of_another_incident(self, client, incident):
        other = IncidentFactory.create(by=incident.recorded_by, counts=report(killed=7))
        client.force_login(incident.recorded_by)

        answer = client.post(
            f"{incident.get_absolute_url()}counts/adopt/",
            {"count": count_of(other, 7).pk, "why": WHY},
        )

        assert answer.status_code == 422
        assert not AdoptedFigure.objects.exists()


class TestRights:
    def test_are_those_of_who_settles_for_the_agency(self, incident):
        commander = UserFactory.create(agency=incident.agency, commander=True)
        officer = UserFactory.create(agency=incident.agency, release_officer=True)

        adopt(incident, 60, by=commander)
        with pytest.raises(PermissionDenied):
            adopt(incident, 15, by=officer)

    def test_are_no_outsiders(self, client, incident, outsider):
        client.force_login(outsider)

        assert client.get(f"{incident.get_absolute_url()}counts/adopt/").status_code == 404
