"""What is open to anyone, on a page and as a feed; and nothing else."""

import pytest
from defusedxml import ElementTree as Xml
from django.urls import reverse

from agencies.choices import TLP, Classification
from bulletins import tasks
from bulletins.actions.releases import recall_release
from bulletins.models import Release
from tests.bulletins.factories import Story, rendering_of
from tests.factories import NOON

pytestmark = [pytest.mark.usefixtures("rung"), pytest.mark.django_db]
OPEN = {"tlp": TLP.CLEAR, "classification": Classification.UNMARKED}
ATOM = {"a": "http://www.w3.org/2005/Atom"}
LIST, FEED = reverse("public:public_list"), reverse("public:feed")


@pytest.fixture
def clear(db):
    return Story(**OPEN)


def of(bulletin, name="public_detail"):
    return reverse(f"public:{name}", args=[bulletin.reference])


def numbers(client, address=FEED):
    feed = Xml.fromstring(client.get(address).content)
    return [each.text.rpartition(":")[2] for each in feed.findall("a:entry/a:id", ATOM)]


class TestThePublicPage:
    def test_shows_what_is_open_to_a_stranger_and_hands_out_the_document(
        self, client, clear, media
    ):
        bulletin = clear.issued(title="Move the check outward", **OPEN)
        tasks.render(rendering_id=rendering_of(bulletin).pk)

        listed = client.get(LIST).content.decode()
        page = client.get(of(bulletin)).content.decode()
        document = client.get(of(bulletin, "public_pdf"))
        pdf = b"".join(document.streaming_content)
        again = client.get(of(bulletin, "public_pdf"), headers={"If-None-Match": document["ETag"]})

        assert of(bulletin) in listed
        assert "Move the check outward" in page
        assert bulletin.sha256 in page
        assert pdf.startswith(b"%PDF")
        assert again.status_code == 304

    def test_knows_nothing_of_drafts_and_of_what_is_marked(self, client, clear):
        draft = clear.composed(**OPEN)
        closed = [
            clear.issued(tlp=TLP.GREEN, classification=Classification.UNMARKED),
            clear.issued(),
            clear.issued(caveats=("EYES",), **OPEN),
        ]

        listed = client.get(LIST).content.decode()

        for bulletin in (draft, *closed):
            assert bulletin.reference not in listed
            assert client.get(of(bulletin)).status_code == 404
            assert client.get(of(bulletin, "public_pdf")).status_code == 404
        assert numbers(client) == []

    def test_drops_what_was_recalled_from_all(self, client, clear):
        bulletin = clear.released(**OPEN)
        before = numbers(client)
        release = Release.objects.get()

        recall_release(release_id=release.pk, reason="Wrong", by=clear.editor, at=NOON)

        assert before == [bulletin.reference]
        assert numbers(client) == []
        assert client.get(of(bulletin)).status_code == 404


class TestTheFeed:
    def test_is_atom_with_ids_that_stay_and_absolute_links(self, client, clear, settings):
        settings.PUBLIC_ADDRESS = "https://aar.example.pk"
        bulletin = clear.issued(title="A & B <c>\x0b", **OPEN)

        answer = client.get(FEED)
        feed = Xml.fromstring(answer.content)
        (entry,) = feed.findall("a:entry", ATOM)

        assert answer["Content-Type"].startswith("application/atom+xml")
        assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
        for name in ("id", "title", "updated"):
            assert feed.findtext(f"a:{name}", None, ATOM)
        expected = f"tag:aar.example.pk,2026:bulletin:{bulletin.reference}"
        assert entry.findtext("a:id", None, ATOM) == expected
        assert entry.findtext("a:title", None, ATOM) == "A & B <c>"
        assert entry.findtext("a:updated", None, ATOM) == "2026-11-20T07:00:00Z"
        assert entry.findtext("a:author/a:name", None, ATOM) == bulletin.agency.label
        links = {each.get("rel"): each.get("href") for each in entry.findall("a:link", ATOM)}
        assert links["alternate"] == f"https://aar.example.pk{of(bulletin)}"

    def test_is_not_sent_again_until_it_changes(self, client, clear):
        clear.issued(**OPEN)
        first = client.get(FEED)

        same = client.get(FEED, headers={"If-None-Match": first["ETag"]})
        since = client.get(FEED, headers={"If-Modified-Since": first["Last-Modified"]})
        clear.editor.refresh_from_db()
        clear.issued(title="Another", **OPEN)
        changed = client.get(FEED, headers={"If-None-Match": first["ETag"]})

        assert (same.status_code, since.status_code) == (304, 304)
        assert changed.status_code == 200

    def test_goes_on_in_pages_and_in_one_language(self, client, clear, monkeypatch):
        english = [clear.issued(**OPEN) for _each in range(2)]
        urdu = clear.issued(language="ur", **OPEN)
        monkeypatch.setattr("bulletins.selectors.public.AT_ONCE", 2)

        found = numbers(client, f"{FEED}?language=ur")
        first = Xml.fromstring(client.get(FEED).content)
        links = {each.get("rel"): each.get("href") for each in first.findall("a:link", ATOM)}
        feed = Xml.fromstring(client.get(f"{FEED}?language=ur").content)

        assert found == [urdu.reference]
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ur"
        assert numbers(client) == [urdu.reference, english[1].reference]
        assert numbers(client, links["next"]) == [english[0].reference]
        assert client.get(f"{FEED}?cursor=nonsense").status_code == 404
