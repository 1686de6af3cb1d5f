"""The pages as they come out: marked, tagged, in order, in one language and in both."""

import io
import re
from dataclasses import replace
from datetime import time

import pikepdf
import pypdfium2
import pytest
from django.utils import translation

from bulletins.actions.briefs import request_incident_brief
from bulletins.choices import Language
from bulletins.rendering import sandbox
from bulletins.rendering.gathering import matter_words
from bulletins.rendering.moons import happened
from bulletins.rendering.pages import html_of
from bulletins.rendering.records import from_record, to_record
from bulletins.templatetags.bulletin_print import ARABIC
from incidents.choices import Precision
from reviews.models import Review, TimelineEntry
from tests.bulletins import scenes
from tests.bulletins.factories import DAY, IncidentFactory, evidence
from tests.factories import NOON, UserFactory

SVG = re.compile("<svg.*?</svg>", re.DOTALL)
DRAWN_WORDS = re.compile("<(?:text|tspan)[^>]*>([^<]*)")


@pytest.fixture(scope="module")
def both():
    """A bulletin in both languages."""
    return sandbox.render(html_of(scenes.bulletin(Language.BOTH))).pdf


def texts_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def elements_of(pdf):
    """Every structure element, as (type, language, alternative text)."""
    return [
        tuple(str(each.get(key, "")) for key in ("/S", "/Lang", "/Alt"))
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
    ]


def drawn_words(html):
    return [word for svg in SVG.findall(html) for word in DRAWN_WORDS.findall(svg)]


class TestTheBulletin:
    def test_is_marked_at_the_top_and_bottom_of_every_page(self, both):
        pages = texts_of(both)

        assert len(pages) > 10
        for text in pages:
            assert text.count("RESTRICTED") == 2
            assert text.count("TLP:AMBER") >= 2

    def test_is_read_in_order_english_first_with_the_dissent_whole_in_an_annex(self, both):
        words = " ".join(" ".join(texts_of(both)).split())

        heads = ["Contents 1 Lessons", "Figure 1 Where it happened", "Comments and dissent Table"]
        places = [words.index(head) for head in heads]
        assert places == sorted(places)
        assert scenes.DISSENT.strip() in words[places[-1] :]
        assert words.index("12 Jamadi-us-Sani 1448 (calculated)") < places[0]

    def test_tells_a_screen_reader_its_languages_and_what_each_figure_shows(self, both):
        with pikepdf.open(io.BytesIO(both)) as pdf:
            elements = elements_of(pdf)
            with pdf.open_outline() as outline:
                halves = [(each.title, len(each.children)) for each in outline.root]

        figures = [alt for kind, _lang, alt in elements if kind == "/Figure"]
        assert len(figures) == 12
        assert all(figures)
        assert "1 Mastung, 2 Hangu" in figures[0]
        assert "Police to Rescue 1122: 3 h 5 min" in figures[1]
        assert "15, 50+" in figures[2]
        assert ("/Sect", "ur", "") in elements
        assert [title for title, _below in halves] == ["Two gatherings, one day"] * 2
        assert all(below > 5 for _title, below in halves)

    def test_its_contents_lead_to_the_page_they_name(self, both):
        with pikepdf.open(io.BytesIO(both)) as pdf:
            names = pdf.Root.Names.Dests.Names
            pages = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
            found = {str(names[n]): pages[names[n + 1][0].objgen] for n in range(0, len(names), 2)}

        text = texts_of(both)
        for place in ("map", "dissent", "ack"):
            assert found[place] < found[f"ur-{place}"]
        assert f". {found['map']}" in re.sub(r"\s+", " ", text[1])
        assert "Where it happened" in text[found["map"] - 1]

    def test_keeps_the_links_of_each_language_within_it_and_the_words_of_people_as_typed(self):
        document = scenes.bulletin(Language.BOTH)
        typed = replace(document.urdu, bottom_line='id="x" href="#x" url(#x)')

        html = html_of(replace(document, urdu=typed))

        names = re.findall(r'\bid="([^"]+)"', html)
        assert len(names) == len(set(names))
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(names)
        assert "id=&quot;x&quot; href=&quot;#x&quot; url(#x)" in html

    def test_draws_no_joined_letters_and_each_time_keeps_its_unit(self):
        words = drawn_words(html_of(scenes.bulletin("ur")))

        assert "3 h 5\u2032" in words
        assert not any(map(ARABIC.search, words))

    def test_says_nothing_in_its_record_of_parts_it_has_not(self):
        document = scenes.version("en", parts=0)

        record = to_record(scenes.bulletin("en"))
        record["incidents"][0].pop("counts")

        assert "lanes" not in to_record(document)
        assert "urdu" not in record
        assert from_record(type(scenes.bulletin("en")), record).incidents[0].counts == ()


class TestAVersion:
    def test_keeps_each_short_part_on_one_page(self):
        pages = texts_of(sandbox.render(html_of(scenes.version("en"))).pdf)

        assert len(pages) > 2
        for text in pages:
            assert text.count("Entry ") == text.count("16:05") == text.count("inside the reach")


class TestGathered:
    def test_draws_what_the_bulletin_may_carry_and_nothing_of_others(self, story, rung):
        mine = evidence(story.agency, tlp="GREEN")
        others = evidence(UserFactory.create().agency, tlp="AMBER")
        for finding in (mine, others):
            review = finding.review
            Review.objects.filter(pk=review.pk).update(published_at=NOON)
            TimelineEntry.objects.bulk_create(
                TimelineEntry(
                    review=review,
                    precision=Precision.MINUTE,
                    on_date=DAY,
                    at_time=time(9, 10 + number),
                    acting=who,
                    text="Acted",
                )
                for number, who in enumerate(("Police", "Rescue 1122"))
            )
            story.lesson.findings.add(finding)

        issued = story.issued(language=Language.BOTH)

        (incident,) = issued.content["incidents"]
        assert [each["figure"] for each in incident["counts"]] == [15, 34, 60]
        assert incident["lanes"][0]["names"] == ["Police", "Rescue 1122"]
        assert incident["area"] == mine.review.incident.district.code
        assert [each["reference"] for each in issued.content["urdu"]["incidents"]] == [
            incident["reference"]
        ]

    def test_a_brief_in_both_languages_is_one_document(self, db, rung):
        by = UserFactory.create(release_officer=True)
        incident = IncidentFactory.create(agency=by.agency)

        brief = request_incident_brief(incident_id=incident.pk, by=by, at=NOON, language="bi")

        assert brief.language == Language.BOTH
        assert (brief.content["language"], brief.content["urdu"]["language"]) == ("en", "ur")
        again = request_incident_brief(incident_id=incident.pk, by=by, at=NOON, language="bi")
        assert again == brief

    def test_names_common_matters_in_urdu_and_leaves_what_was_typed(self):
        with translation.override("ur"):
            assert matter_words("Killed") != "Killed"
            assert matter_words("Colour of the van") == "Colour of the van"

    def test_gives_the_hijri_day_as_the_moon_may_have_it(self):
        built = IncidentFactory.build

        known = built(on_date=DAY, agency=None, recorded_by=None, district=None)
        month = built(
            on_date=DAY, precision=Precision.MONTH, agency=None, recorded_by=None, district=None
        )

        assert happened(known).startswith("12–14 Rabi-ul-Awwal 1445 (calculated")
        assert happened(month) == ""
