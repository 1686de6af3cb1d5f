"""What people type is text everywhere: in pages, in documents, in tables, in headers."""

import csv
import io
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.urls import reverse

from agencies.choices import TLP, Classification
from audit.choices import Verb
from audit.models import Event
from bulletins import tasks
from bulletins.rendering import pages, records
from bulletins.rendering.documents import BulletinDocument
from tests.bulletins.factories import Story
from tests.bulletins.factories import evidence as a_whole_story
from tests.factories import NOON, UserFactory

MARK = "zq9"
CORPUS = (
    f"<script>{MARK}()</script>",
    f"</title></textarea></style></script><{MARK}-a>",
    f'"><{MARK}-b onload={MARK}()>',
    f"' autofocus onfocus={MARK}() x='",
    f'" autofocus onfocus={MARK}() x="',
    f"<img src=x onerror={MARK}()>",
    f"<svg/onload={MARK}()><set attributeName={MARK}>",
    f"<iframe srcdoc='<{MARK}-c>'></iframe>",
    f"javascript:{MARK}()//<a href=javascript:{MARK}()>x</a>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;{MARK}-d&gt;'>",
    f"<![CDATA[<{MARK}-e>]]><!--<{MARK}-f>-->",
    f"\u202e<{MARK}-g>\u2028<{MARK}-h>",
    f"&lt;{MARK}-i&gt;&#60;{MARK}-j&#62;",
    f"<base href=//{MARK}/><meta http-equiv=refresh content=0;url=//{MARK}><link href={MARK}>",
)
# Tried several at a time, as many as most columns hold.
PACKS = (CORPUS[:4], CORPUS[4:8], CORPUS[8:11], CORPUS[11:])
TEMPLATES = ("{{7*7}}", "{{ 7|add:42 }}", "{% now 'Y' %}", "{% include 'base.html' %}", "${7*7}")
FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("//x")')


class Markup(HTMLParser):
    """Everything on a page that is not text and carries the mark of the corpus."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.made = []
        self.text = []
        self._raw = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self._raw += tag in {"script", "style"}
        if MARK in tag:
            self.made.append(tag)
        for name, value in attrs:
            acts = name.startswith("on") or name in {"srcdoc", "style"}
            leads = name in {"href", "src", "action", "formaction", "xlink:href"}
            runs = leads and (value or "").strip().lower().startswith(
                ("javascript:", "data:", "//")
            )
            if MARK in name or ((acts or runs) and MARK in (value or "")):
                self.made.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag):
        self._raw -= tag in {"script", "style"}

    def handle_data(self, data):
        if self._raw > 0 and MARK in data:
            self.made.append(f"script or style: {data[:40]}")
        self.text.append(data)

    def handle_comment(self, data):
        if MARK in data:
            self.made.append(f"comment {data[:40]}")


def text_fields(model):
    """Columns that hold what people type."""
    kinds = ("CharField", "TextField")
    return [
        field
        for field in model._meta.concrete_fields
        if field.get_internal_type() in kinds and not field.choices and not field.unique
    ]


def write_into(row, pack):
    """The words of the pack in every column of the row that takes them; one where it is short."""
    for number, field in enumerate(text_fields(type(row))):
        words = " ".join(pack)
        if field.max_length and len(words) > field.max_length:
            words = pack[number % len(pack)][: field.max_length]
        try:
            with transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(**{field.name: words})
        except DatabaseError:  # held to a form, such as a code or a state with its reason
            continue
    row.refresh_from_db()


@pytest.fixture
def told(db, monkeypatch):
    """A story whose rows can be written into, and the pages that show them."""
    monkeypatch.setattr(tasks.render, "delay", lambda **_ids: None)
    story = Story(tlp=TLP.GREEN, classification=Classification.UNMARKED)
    marking = {"tlp": TLP.GREEN, "classification": Classification.UNMARKED}
    finding = a_whole_story(story.agency, **marking)
    story.lesson.findings.add(finding)
    return story, finding


def rows_of(story, finding):
    review, incident = finding.review, finding.review.incident
    yield from (finding, review, incident, story.lesson)
    yield from review.recommendations.all()
    for part in ("sources", "disputes", "casualty_counts"):
        yield from getattr(incident, part).all()


def pages_of(story, finding):
    rows = (finding.review, finding.review.incident, story.lesson)
    yield from (row.get_absolute_url() for row in rows)
    yield reverse("reviews:review_read", args=[finding.review_id])
    yield from ("/", "/incidents/", "/reviews/", "/lessons/", "/lessons/search/?q=searched")
    yield from ("/bulletins/", "/lessons/draw/", f"/lessons/{story.lesson.pk}/change/")
    yield f"/incidents/{finding.review.incident_id}/claims/add/"


class TestStoredWords:
    @pytest.mark.parametrize(
        ("pack", "language"),
        [
            (PACKS[0], "en"),
            (PACKS[1], "ur"),
            *(pytest.param(pack, "en", marks=pytest.mark.proof) for pack in PACKS[1:]),
        ],
    )
    def test_make_no_element_and_no_attribute_on_any_page(self, client, told, pack, language):
        story, finding = told
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for row in rows_of(story, finding):
            write_into(row, pack)
        seen = 0

        for person in (story.editor, finding.review.lead):
            client.force_login(person)
            for path in pages_of(story, finding):
                answer = client.get(path)
                if answer.status_code == 200:
                    assert f'lang="{language}"' in answer.text, path
                    markup = Markup(answer.text)
                    assert markup.made == [], path
                    seen += MARK in "".join(markup.text)

        assert seen >= 8

    @pytest.mark.parametrize("words", [CORPUS[0], CORPUS[1], CORPUS[4], CORPUS[-1]])
    def test_make_none_in_a_document(self, told, words):
        story, finding = told
        write_into(finding, [words])
        write_into(story.lesson, [words])

        bulletin = story.issued(title=words, bottom_line=words, audience=words, actions=words)

        html = html_of(bulletin)
        markup = Markup(html)
        assert markup.made == []
        assert MARK in "".join(markup.text)

    def test_are_no_template(self, client, told):
        story, finding = told
        words = " ".join(TEMPLATES)
        for row in rows_of(story, finding):
            write_into(row, TEMPLATES)
        client.force_login(story.editor)

        bulletin = story.issued(title=words, bottom_line=words, actions=words)

        for path in (*pages_of(story, finding), bulletin.get_absolute_url()):
            answer = client.get(path)
            assert answer.status_code in {200, 403}, path
        shown = "".join(Markup(client.get(bulletin.get_absolute_url()).text).text)
        printed = "".join(Markup(html_of(bulletin)).text)
        for each in TEMPLATES:
            assert each in shown
            assert each in printed


def html_of(bulletin):
    """What the renderer is given."""
    return pages.html_of(records.from_record(BulletinDocument, bulletin.content))


class TestTables:
    @pytest.mark.parametrize("words", FORMULAS)
    def test_hold_no_formula(self, client, db, words):
        auditor = UserFactory.create(auditor=True)
        Event.objects.create(
            at=NOON,
            verb=Verb.INCIDENT_RECORDED,
            actor_name=words,
            target_type="incidents.incident",
            target_id=1,
            target_ref=words,
            target_agency_id=auditor.agency_id,
        )
        client.force_login(auditor)

        sent = client.get(reverse("audit:event_csv"))

        text = b"".join(sent.streaming_content).decode("utf-8-sig")
        cells = [cell for row in list(csv.reader(io.StringIO(text)))[1:] for cell in row]
        assert any(words.strip() in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
