"""The register keeps the SQL of its first page for a person; that must never show too much."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.choices import Classification, Role
from incidents.models import Incident, IncidentShare
from incidents.selectors import register
from incidents.selectors.filters import Filters
from incidents.selectors.register import _statement
from tests.factories import NOON, AgencyFactory, UserFactory
from tests.incidents.factories import IncidentFactory


@pytest.mark.django_db
class TestKeptStatement:
    def test_reading_rule_asks_the_database_nothing_while_it_is_put_together(self):
        """What the rule read now would not be read again: it would have to be in the key."""
        user = UserFactory.create()

        with CaptureQueriesContext(connection) as asked:
            str(Incident.objects.visible_to(user).query)

        assert not asked.captured_queries

    @pytest.mark.parametrize(
        "change",
        [
            {"clearance": Classification.CONFIDENTIAL},
            {"role": Role.SYSTEM_ADMIN},
            {"is_active": False},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_is_made_anew_when_anything_about_the_person_changes(self, change):
        user = UserFactory.create()
        before = _statement(user, older=True, turned=True, size=50)

        for name, value in change.items():
            setattr(user, name, value)

        assert _statement(user, older=True, turned=True, size=50) != before

    def test_is_made_anew_when_the_person_moves_to_another_agency(self):
        user = UserFactory.create()
        before = _statement(user, older=True, turned=True, size=50)

        user.agency = AgencyFactory.create()

        assert _statement(user, older=True, turned=True, size=50) != before

    def test_follows_a_share_that_comes_after_it_was_kept(self, outsider):
        incident = IncidentFactory.create()
        assert not register(outsider, Filters()).rows

        IncidentShare.objects.create(
            record=incident,
            to_agency=outsider.agency,
            shared_at=NOON,
            shared_by=incident.recorded_by,
        )

        assert [row[0] for row in register(outsider, Filters()).rows] == [str(incident.pk)]
