"""The example sign-ins are shown as a table, and their absence is no fault."""

import json

from stack.signins import table


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
