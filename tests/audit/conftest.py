"""A sealed record to alter."""

import pytest

from audit.sealing.making import seal_events
from tests.audit.record_story import deed


@pytest.fixture
def sealed(transactional_db):
    """Two seals over the events of five deeds, a row and a deed each."""
    first = [deed(note="first"), deed(note="second")]
    seal_events()
    second = [deed(note="third"), deed(note="fourth"), deed(note="fifth")]
    seal_events()
    return [*first, *second]
