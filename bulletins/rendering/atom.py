"""An Atom feed (RFC 4287) of bulletins, in pages (RFC 5005)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from bulletins.models import Bulletin

ATOM = "http://www.w3.org/2005/Atom"
# Characters that XML 1.0 has no way to write.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Feed:
    """What the feed says of itself. `links` are its own, by relation: self, alternate, next."""

    title: str
    language: str
    host: str
    updated: datetime | None
    links: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """One bulletin, and where its page and its PDF are; no PDF before there is one."""

    bulletin: Bulletin
    page: str
    pdf: str = ""


def feed_of(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The document."""
    root = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    _say(root, "id", f"tag:{feed.host},2026:bulletins:{feed.language}")
    _say(root, "title", feed.title)
    _say(root, "updated", _moment(feed.updated or NEVER))
    for relation, address in feed.links.items():
        if address:
            kind = "text/html" if relation == "alternate" else "application/atom+xml"
            Xml.SubElement(root, "link", {"rel": relation, "href": address, "type": kind})
    for each in entries:
        _entry(root, feed, each)
    document: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(root: Xml.Element, feed: Feed, entry: Entry) -> None:
    bulletin = entry.bulletin
    found = Xml.SubElement(root, "entry", {"xml:lang": bulletin.language})
    # The number outlives editions: a new one is the same entry, updated.
    _say(found, "id", f"tag:{feed.host},2026:bulletin:{bulletin.reference}")
    _say(found, "title", bulletin.title)
    _say(found, "updated", _moment(bulletin.issued_at or NEVER))
    _say(Xml.SubElement(found, "author"), "name", bulletin.agency.label)
    _say(found, "summary", bulletin.bottom_line)
    links = [("alternate", "text/html", entry.page), ("enclosure", "application/pdf", entry.pdf)]
    for relation, kind, address in links:
        if address:
            Xml.SubElement(found, "link", {"rel": relation, "type": kind, "href": address})


def _say(parent: Xml.Element, name: str, words: str) -> None:
    Xml.SubElement(parent, name).text = UNWRITABLE.sub("", words)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
