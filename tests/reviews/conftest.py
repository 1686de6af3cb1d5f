"""The people of one review."""

import pytest

from reviews import actions
from tests.factories import NOON, UserFactory
from tests.incidents.factories import DAY
from tests.reviews.factories import ReviewFactory


@pytest.fixture
def lead(db):
    return UserFactory.create()


@pytest.fixture
def judge(lead):
    """A commander of the lead's agency who had no hand in the review."""
    return UserFactory.create(commander=True, agency=lead.agency)


@pytest.fixture
def draft(lead):
    return ReviewFactory.create(lead=lead)


@pytest.fixture
def submitted(lead):
    return ReviewFactory.create(lead=lead, state="SUBMITTED")


@pytest.fixture
def at_desk(client, lead):
    """The browser of the lead."""
    client.force_login(lead)
    return client


@pytest.fixture
def say(draft, lead):
    """Put an entry on the timeline: `say("Explosion.", at=time(16, 22))`."""

    def put(text, *, at=None, precision="MINUTE", **said):
        timed = {"at_time": at, "precision": precision} if at else {"precision": "DAY"}
        return actions.add_entry(
            review_id=draft.pk, by=lead, at=NOON, text=text, **({"on_date": DAY} | timed | said)
        )

    return put
