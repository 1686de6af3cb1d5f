"""Fetching fonts from npm: once, and a failure or a stop leaves the project usable."""

import pytest

from stack import npm
from stack.patience import Patience, Stopped


@pytest.fixture
def project(tmp_path):
    (tmp_path / "package-lock.json").write_text("{}", "utf-8")
    (tmp_path / "node_modules").mkdir()
    return tmp_path


def ends_with(monkeypatch, reason, tries):
    def install(_project):
        tries.append(reason)
        return reason

    monkeypatch.setattr(npm, "_install", install)


class TestFetch:
    def test_installs_once(self, project, monkeypatch):
        tries: list[str] = []
        ends_with(monkeypatch, "", tries)

        assert npm.fetch(Patience(), project)
        assert npm.fetch(Patience(), project)

        assert len(tries) == 1

    def test_says_once_a_day_that_it_failed(self, project, monkeypatch, capsys):
        tries: list[str] = []
        ends_with(monkeypatch, "no network", tries)

        assert not npm.fetch(Patience(), project)
        assert not npm.fetch(Patience(), project)

        assert len(tries) == 1
        assert capsys.readouterr().out.count("no network") == 1

    def test_tries_again_after_it_was_stopped(self, project, monkeypatch):
        stopped = Patience()
        stopped.asked = True
        ends_with(monkeypatch, "npm ended with -2", [])

        with pytest.raises(Stopped):
            npm.fetch(stopped, project)

        assert not (project / ".build" / "npm-failed").exists()
