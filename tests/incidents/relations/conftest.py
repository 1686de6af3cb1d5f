"""An incident that others may belong to."""

import pytest

from agencies.choices import TLP
from tests.bulletins.factories import IncidentFactory


@pytest.fixture
def incident():
    made = IncidentFactory.create(
        title="Blast at the mosque",
        place_text="Police Lines mosque",
        group_named="A group",
        target_type="15",
        tlp=TLP.GREEN,
    )
    made.refresh_from_db()  # its province follows from its district
    return made
