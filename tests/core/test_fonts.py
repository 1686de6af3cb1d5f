"""Fonts are cut once, and again only when something they depend on has changed."""

from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from core import fonts

NO_NPM = Path("/nonexistent")


@pytest.fixture
def said():
    return []


def small(monkeypatch):
    """Only the web cut of Public Sans: the real making, of one family."""
    family = next(each for each in fonts.latin_families() if each.flavor == "woff2")
    monkeypatch.setattr(fonts, "latin_families", lambda: [family])
    monkeypatch.setattr(fonts, "urdu_families", lambda _modules: [])
    return [name for name, _axes in family.cuts]


class TestBuild:
    def test_makes_the_files_once(self, monkeypatch, tmp_path, said):
        names = small(monkeypatch)

        assert fonts.build(tmp_path, NO_NPM, said.append)
        made = {name: (tmp_path / name).stat().st_mtime_ns for name in names}
        assert not fonts.build(tmp_path, NO_NPM, said.append)

        assert made == {name: (tmp_path / name).stat().st_mtime_ns for name in names}

    def test_makes_a_lost_file_again(self, monkeypatch, tmp_path, said):
        names = small(monkeypatch)
        fonts.build(tmp_path, NO_NPM, said.append)
        (tmp_path / names[0]).unlink()

        assert fonts.build(tmp_path, NO_NPM, said.append)
        assert (tmp_path / names[0]).exists()

    def test_says_in_one_sentence_that_nastaliq_is_missing(self, monkeypatch, tmp_path, said):
        small(monkeypatch)

        fonts.build(tmp_path, NO_NPM, said.append)

        assert fonts.NASTALIQ_MISSING in said


class TestTheCuts:
    def test_pdf_faces_cover_the_families_of_the_sheet(self):
        built = settings.BUILD_DIR / "fonts"
        if not (built / "pdf").exists():
            pytest.skip("No fonts are built; `manage.py build_fonts` makes them.")

        faces = {(family, weight, style) for family, weight, style, _p in fonts.pdf_faces(built)}

        for family in ("Public Sans", "Source Serif 4"):
            for weight in (400, 600, 700):
                assert (family, weight, "normal") in faces
                assert (family, weight, "italic") in faces
        assert ("Amiri", 400, "normal") in faces

    def test_a_cut_is_static_and_has_its_weight(self, tmp_path):
        serif = next(each for each in fonts.latin_families() if "pdf/public-sans-600" in str(each))

        fonts.make(serif, tmp_path)

        font = TTFont(tmp_path / "pdf/public-sans-600.ttf")
        assert "fvar" not in font
        assert font["OS/2"].usWeightClass == 600
        assert font.getBestCmap()[ord("ā")]
