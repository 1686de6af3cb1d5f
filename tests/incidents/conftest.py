"""What every test of this room needs."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_choices():
    """The districts of one test are not those of the next."""
    cache.clear()
    yield
    cache.clear()
