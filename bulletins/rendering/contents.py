"""The order of a bulletin: its sections, figures and annexes, as its contents list them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bulletins.rendering.documents import BulletinDocument
from bulletins.rendering.maps import Map, map_of

# A series is drawn from so many counts on.
SERIES = 2


@dataclass(frozen=True)
class Entry:
    """One line of the contents, leading to the place called `anchor`."""

    anchor: str
    key: str
    words: str
    is_below: bool = False


@dataclass(frozen=True)
class Order:
    """What stands where in one bulletin, and the letters of its annexes by anchor."""

    entries: tuple[Entry, ...]
    annexes: dict[str, str]
    map: Map | None


def order_of(document: BulletinDocument) -> Order:
    """The order of a bulletin, in the language that is spoken now."""
    there = map_of(document.incidents)
    annexes = [("dissent", _("Comments and dissent"))] if document.dissents else []
    annexes += [("sources", _("Sources"))] if document.sources else []
    annexes += [("verify", _("Verification")), ("ack", _("Acknowledgement and return"))]
    letters = {anchor: chr(ord("A") + place) for place, (anchor, _name) in enumerate(annexes)}
    entries = [
        *_sections(document, there),
        *(Entry(anchor, letters[anchor], words) for anchor, words in annexes),
    ]
    return Order(tuple(entries), letters, there)


def _sections(document: BulletinDocument, there: Map | None) -> Iterator[Entry]:
    yield Entry("lessons", "1", _("Lessons"))
    for lesson in document.lessons:
        yield Entry(f"l{lesson.number}", f"L{lesson.number}", lesson.title, is_below=True)
    number = 1
    if document.incidents:
        number += 1
        yield Entry("incidents", str(number), _("The incidents behind them"))
        for place, (anchor, words) in enumerate(_figures(document, there), start=1):
            titled = {"n": place, "what": words}
            yield Entry(anchor, "", _("Figure %(n)d, %(what)s") % titled, is_below=True)
    if document.recommendations:
        yield Entry("recs", str(number + 1), _("Recommendations"))


def _figures(document: BulletinDocument, there: Map | None) -> Iterator[tuple[str, str]]:
    """Anchor and name of each figure in the order of the pages."""
    if there:
        yield "map", _("where it happened")
    for number, incident in enumerate(document.incidents, start=1):
        for day in range(1, len(incident.lanes) + 1):
            words = _("who acted when: %(incident)s") % {"incident": incident.title}
            yield f"w{number}-{day}", words
        if sum(each.figure is not None for each in incident.counts) >= SERIES:
            yield f"c{number}", _("killed as reported: %(incident)s") % {"incident": incident.title}
