"""The sandbox: limits that hold, addresses that stay closed, a parent that is left in peace."""

import io
import time

import pikepdf
import pypdfium2
import pytest
from django.db import connection

from bulletins.rendering import engine, sandbox
from bulletins.rendering.sandbox import Reason, RenderFailed
from bulletins.tasks import TURN
from core.sandbox import Limits

# CELERY_TASK_SOFT_TIME_LIMIT
TASK_LIMIT = 150
SHORT = Limits(cpu_seconds=1, wall_seconds=8)
NESTED_USE = (
    '<svg xmlns="http://www.w3.org/2000/svg"><defs><g id="a0"><rect width="1" height="1"/></g>'
    + "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))
    + '</defs><use href="#a8"/></svg>'
)


def fonts_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
        return {str(font.BaseFont).partition("+")[2] for font in fonts}


def reason_of(html, limits=SHORT):
    with pytest.raises(RenderFailed) as failure:
        sandbox.render(html, limits)
    return failure.value.reason


class TestRender:
    def test_is_the_same_to_the_byte_as_a_plain_rendering(self):
        html = "<!doctype html><html lang='en'><title>T</title><p>Words"

        made = sandbox.render(html)

        assert (made.pdf, made.pages) == engine.warm().write(html)

    @pytest.mark.parametrize(
        "hostile",
        [
            "<table><tr><td colspan=1000000>x</table>",
            NESTED_USE,
            "<style>@page{size:5mm;margin:0}</style>" + "word " * 20000,
        ],
        ids=["colspan", "nested use", "tiny page"],
    )
    def test_stops_what_burns_the_processor(self, hostile):
        started = time.monotonic()

        reason = reason_of(hostile)

        assert reason == Reason.TIME
        assert time.monotonic() - started < SHORT.wall_seconds

    def test_gives_half_a_minute_and_half_a_gigabyte_whoever_wrote_it(self, settings):
        settings.RENDERING_SECONDS, settings.RENDERING_MB = 30, 512

        limits = sandbox.one_document()

        assert limits.cpu_seconds < 30
        assert limits.more_memory < 512 << 20
        settings.RENDERING_SECONDS, settings.RENDERING_MB = 900, 1
        assert sandbox.one_document().wall_seconds + TURN.seconds < TASK_LIMIT
        assert sandbox.one_document().more_memory == sandbox.LEAST

    def test_stops_what_lasts_too_long_on_the_clock(self):
        assert reason_of("<p>" + "word " * 50000, Limits(wall_seconds=0.2)) == Reason.TIME

    def test_stops_what_fills_the_memory(self):
        limits = Limits(more_memory=24 << 20, cpu_seconds=20)

        assert reason_of("<p>word " * 20000, limits) == Reason.MEMORY

    @pytest.mark.parametrize(
        "address",
        [
            "file:///etc/passwd",
            "/etc/passwd",
            "http://127.0.0.1:9/",
            "https://example.org/",
            "ftp://example.org/",
            "data:image/png;base64,AAAA",
            "aar:/fonts/../../etc/passwd",
        ],
    )
    @pytest.mark.parametrize(
        "html",
        ['<img src="{}">', '<link rel="stylesheet" href="{}">', "<style>@import '{}'</style>"],
    )
    def test_refuses_every_address_but_its_own(self, html, address):
        assert reason_of(html.format(address)) == Reason.ADDRESS

    def test_says_in_a_sentence_why(self):
        with pytest.raises(RenderFailed, match="no document may use"):
            sandbox.render('<img src="file:///etc/passwd">', SHORT)

    @pytest.mark.django_db
    def test_leaves_the_parents_database_connection_alone(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            before = cursor.fetchone()

        sandbox.render("<p>Words")

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            assert cursor.fetchone() == before

    def test_sets_both_scripts_in_our_fonts_and_urdu_can_be_copied(self):
        urdu = "پولیس احاطوں کے اندر عبادت گاہیں"
        html = (
            "<html lang='ur' dir='rtl'><title>T</title><body class='bulletin urdu'>"
            f"<p class='nastaliq'>{urdu} 2023</p><p class='stand' lang='en' dir='ltr'>Latin"
        )

        made = sandbox.render(html)

        words = pypdfium2.PdfDocument(made.pdf)[0].get_textpage().get_text_bounded().split()
        assert sum(word in words for word in urdu.split()) >= 5
        assert all(word in "".join(words) for word in ("2023", "Latin"))
        assert fonts_of(made.pdf) <= {
            "Public-Sans",
            "Noto-Nastaliq-Urdu",
            "Amiri",
            "AAR-Words",
            "Source-Serif-4,",
        }
