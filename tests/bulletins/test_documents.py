"""Documents: what they hold, what they print, in both languages."""

from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from django.test import override_settings

from bulletins.rendering import sandbox
from bulletins.rendering.documents import (
    ActionLine,
    BriefDocument,
    BulletinDocument,
    Cite,
    CountRow,
    LessonBlock,
    Mark,
)
from bulletins.rendering.figures import series
from bulletins.rendering.pages import PAGES_WITHOUT_CONTENTS, html_of, length
from bulletins.rendering.records import canonical, from_record, record_hash, to_record
from bulletins.templatetags.bulletin_print import tongue

DAY = date(2026, 11, 22)
BULLETIN = BulletinDocument(
    number="LB-2026-0001",
    edition=1,
    language="en",
    title="Title",
    bottom_line="Bottom line.",
    audience="District officers",
    agency="Agency",
    mark=Mark("GREEN", "RESTRICTED", ("ORCON",)),
    issued_on=DAY,
    actions=(ActionLine(1, "Walk the route", DAY),),
    lessons=(LessonBlock(1, "L-1", "Lesson", "Lesson", "Endorsed", "Seen.", "Do."),),
)
BRIEF = BriefDocument(
    number="IB-2026-0001",
    kind="Incident brief",
    language="en",
    title="Title",
    stand="Stand.",
    agency="Agency",
    subject="X-1",
    mark=Mark("CLEAR", "UNMARKED"),
    printed_on=DAY,
    counts=(
        CountRow(DAY, "", "15", "", "First", Cite(1, "C3"), 15),
        CountRow(None, "30 Sep", "50+", "60", "Second", Cite(2, "B2"), 50, is_open_ended=True),
    ),
)


class TestRecord:
    @pytest.mark.parametrize("document", [BULLETIN, BRIEF])
    def test_survives_the_trip_through_json(self, document):
        assert from_record(type(document), to_record(document)) == document

    def test_has_one_spelling(self):
        record = to_record(BULLETIN)
        shuffled = dict(reversed(record.items()))

        assert canonical(shuffled) == canonical(record)
        assert record_hash(shuffled) == record_hash(record)

    def test_one_letter_changes_the_hash(self):
        assert record_hash(to_record(BULLETIN)) != record_hash(
            to_record(replace(BULLETIN, title="Titlf"))
        )


class TestHtmlOf:
    def test_is_the_same_for_the_same_document(self):
        assert html_of(BULLETIN) == html_of(BULLETIN)

    @override_settings(LANGUAGE_CODE="ur")
    def test_speaks_the_language_of_the_document(self):
        assert '<html lang="en" dir="ltr">' in html_of(BULLETIN)
        assert '<html lang="ur" dir="rtl">' in html_of(replace(BULLETIN, language="ur"))

    def test_its_first_sentence_runs_as_the_document_does_whatever_it_names(self):
        stand = "\u062c\u0645\u0639\u06c1. Outside the main gate, Station Road, Example town."

        html = html_of(replace(BRIEF, language="ur", stand=stand))

        assert f'<p class="stand">{stand}</p>' in html

    def test_prints_the_caveats_beside_the_class(self):
        assert "Originator controlled" in html_of(BULLETIN)

    def test_says_that_an_example_is_one(self):
        assert "No official body has issued it" in html_of(replace(BULLETIN, is_example=True))

    def test_a_long_document_has_contents_and_a_short_one_none(self):
        long = replace(
            BULLETIN,
            lessons=tuple(
                replace(BULLETIN.lessons[0], number=number, observation="Words. " * 200)
                for number in range(1, 7)
            ),
        )

        assert length(to_record(long)) > PAGES_WITHOUT_CONTENTS
        assert 'class="toc"' in html_of(long)
        assert 'class="toc"' not in html_of(BULLETIN)


class TestThePdf:
    @pytest.mark.parametrize("language", ["en", "ur"])
    @pytest.mark.parametrize("document", [BULLETIN, BRIEF], ids=["bulletin", "brief"])
    def test_is_tagged_titled_and_bookmarked(self, document, language, tmp_path):
        path = tmp_path / "made.pdf"
        path.write_bytes(sandbox.render(html_of(replace(document, language=language))).pdf)

        with pikepdf.open(path) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == language
            assert pdf.docinfo["/Title"] == f"{document.number} {document.title}"
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
            with pdf.open_outline() as outline:
                assert outline.root


class TestSeries:
    def test_draws_a_floor_as_a_ring_and_names_every_count(self):
        figure = series(BRIEF.counts)

        assert "15, 50+" in figure
        assert 'fill="#ffffff"' in figure

    def test_one_count_is_no_series(self):
        assert series(BRIEF.counts[:1]) == ""


class TestTongue:
    @pytest.mark.parametrize(
        ("words", "attributes"),
        [("English words", ""), ("پولیس لائنز", 'lang="ur" dir="rtl"'), ("2023", "")],
    )
    def test_marks_the_other_script_only(self, words, attributes):
        assert tongue(words) == attributes
