"""Urdu on paper: what readers give back of it, and what a screen reader is told."""

import io

import pikepdf
import pytest

from benchmarks.reading_aloud import SENTENCES, page, readings, score
from bulletins.rendering import sandbox


def elements(node):
    """Every structure element below a node, in order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


class TestUrdu:
    @pytest.mark.parametrize("face", ["nastaliq", "naskh"])
    def test_is_given_back_word_for_word_in_order_by_every_reader(self, face):
        made = sandbox.render(page(face))

        found = {reader: score(text) for reader, text in readings(made.pdf)}

        assert "PDFium" in found
        assert all(min(scores) >= 0.95 for scores in found.values()), found

    def test_is_enclosed_by_its_tags_and_its_shapes_by_none(self):
        made = sandbox.render(page("nastaliq"))

        with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
            said = [
                str(each.ActualText)
                for each in elements(pdf.Root.StructTreeRoot)
                if "/ActualText" in each
            ]
            content = pdf.pages[0].Contents.read_bytes()

        told = " ".join(" ".join(said).split())
        assert all(sentence in told for sentence in SENTENCES)
        shapes = content.partition(b"/Artifact BMC\n/Span <</ActualText ()>> BDC")[2]
        assert b"MCID" not in shapes
        assert shapes.count(b"Tj") + shapes.count(b"TJ") > 50

    def test_is_drawn_in_a_group_too(self):
        """What is half seen is painted by itself: it has no end of the page to wait for."""
        made = sandbox.render(page("nastaliq").replace("<h1", "<h1 style='opacity: 0.5'"))

        found = [score(text) for _reader, text in readings(made.pdf)]

        assert min(there for there, _ordered in found) >= 0.95
