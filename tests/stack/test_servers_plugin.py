"""The plugin keeps the workers of one test run apart."""

import pytest

from tests.servers import with_database


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "redis+socket://:p@/s/kv.sock?virtual_host=0",
            "redis+socket://:p@/s/kv.sock?virtual_host=3",
        ),
        ("unix://:p@/s/kv.sock?db=1", "unix://:p@/s/kv.sock?db=3"),
        ("redis://:p@host:6379/0", "redis://:p@host:6379/3"),
        ("redis://host", "redis://host/3"),
    ],
)
def test_another_database_of_the_same_server(address, expected):
    assert with_database(address, 3) == expected
