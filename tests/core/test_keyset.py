import base64
import json

import pytest

from core import keyset


def packed(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


class TestDecode:
    def test_reads_what_was_given_out(self):
        cursor = keyset.encode("older", ["2023-09-29", 7])

        assert keyset.decode(cursor, 2) == ("older", ["2023-09-29", 7])

    @pytest.mark.parametrize(
        "cursor",
        [
            "garbage",
            "é",
            packed("[" * 100_000),
            packed("9" * 5000),
            packed(json.dumps([["older"], 1, 2])),
            packed(json.dumps([{"older": 1}, 1, 2])),
            packed(json.dumps(["older", 1])),
            packed(json.dumps(["older", None, 2])),
            packed(json.dumps(["sideways", 1, 2])),
            packed(json.dumps({"older": 1})),
            packed("7"),
        ],
    )
    def test_knows_no_other(self, cursor):
        with pytest.raises(keyset.BadCursor):
            keyset.decode(cursor, 2)
