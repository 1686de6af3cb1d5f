"""The example sign-ins are shown as a table, and their absence is no fault."""

import json

import pytest

from stack.signins import code, hint, table
from stack.troubles import Trouble


class TestTable:
    def test_lines_up_what_the_file_says(self, tmp_path):
        path = tmp_path / "signins.json"
        rows = [{"role": "commander", "login": "c1"}, {"role": "admin", "login": "release.officer"}]
        path.write_text(json.dumps(rows), "utf-8")

        assert table(path) == [
            "  role       login",
            "  commander  c1",
            "  admin      release.officer",
            "",
        ]

    def test_shows_one_of_each_role_and_where_the_others_are(self, tmp_path):
        path = tmp_path / "signins.json"
        rows = [{"role": "admin", "login": login} for login in ("first", "second")]
        path.write_text(json.dumps(rows), "utf-8")

        lines = table(path)

        assert lines[1] == "  admin  first"
        assert lines[2] == f"  (1 more are in {path})"

    def test_is_empty_without_the_file(self, tmp_path):
        assert table(tmp_path / "signins.json") == []


class TestCode:
    @pytest.fixture
    def path(self, tmp_path):
        """The secret and the codes of RFC 6238, appendix B, six of their eight digits."""
        path = tmp_path / "signins.json"
        rows = [
            {"email": "investigator@force.example", "second_factor": ""},
            {
                "email": "commander@force.example",
                "second_factor": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
            },
        ]
        path.write_text(json.dumps(rows), "utf-8")
        return path

    @pytest.mark.parametrize(
        ("at", "digits"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
    )
    def test_is_that_of_the_standard(self, path, at, digits):
        assert code(path, "commander@force.example", at=at) == digits

    @pytest.mark.parametrize("email", ["", "investigator@force.example", "no@body.example"])
    def test_names_those_who_have_one(self, path, email):
        with pytest.raises(Trouble, match="These have"):
            code(path, email, at=0)

    def test_asks_for_a_run_first(self, tmp_path):
        with pytest.raises(Trouble, match="no example sign-ins"):
            code(tmp_path / "signins.json", "commander@force.example", at=0)

    def test_the_launcher_tells_how_to_get_it(self, path, tmp_path):
        assert "make code WHO=commander@force.example" in "".join(hint(path))
        assert hint(tmp_path / "none.json") == []
