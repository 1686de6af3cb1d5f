"""Several people who write in one section, save in any order, and see what the server answers."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from reviews.merging import GAP, Settled, Wording, paragraphs, settle

PEOPLE = 4
DEEDS = (
    *("add", "add", "put first", "change", "take out", "rewrite", "scope"),
    *("save", "save", "write on", "again"),
)
SENDING = {"save", "write on", "again"}


def sessions(*, longest: int) -> st.SearchStrategy[list[tuple[int, str, int]]]:
    """Edits in the order in which they happen: who, what, and at which paragraph."""
    edit = st.tuples(st.integers(1, PEOPLE), st.sampled_from(DEEDS), st.integers(0, 5))
    return st.lists(edit, min_size=longest // 4, max_size=longest)


@dataclass
class Page:
    """The section as it stands in one person's browser."""

    version: int
    values: dict[str, str]
    read: dict[str, str] = field(default_factory=lambda: {"text": "", "scope": ""})
    sent: tuple[int, dict[str, str]] | None = None


@dataclass
class Table:
    """What the server holds, and what it has shown to anybody as a conflict."""

    held: Wording = field(default_factory=lambda: Wording(1, {"text": "", "scope": ""}, None))
    earlier: list[Wording] = field(default_factory=list)
    shown: list[dict[str, str]] = field(default_factory=list)

    def save(self, by: int, seen: int, typed: dict[str, str]) -> Settled:
        since = [each for each in self.earlier if each.version >= seen]
        if not since or since[0].version != seen:
            since = []
        done = settle(self.held, since, typed, seen=seen, by=by, prose=("text", "scope"))
        self.earlier += done.earlier
        if done.clashes:
            self.shown.append(typed)
        elif done.earlier:
            self.held = Wording(done.version, done.values, by)
        return done


def nothing_is_lost(edits: list[tuple[int, str, int]], table: Table | None = None) -> None:
    """Whatever anybody saved is in what stands now, in an earlier wording, or was shown."""
    table = table or Table()
    pages = {who: Page(1, dict(table.held.values)) for who in range(1, PEOPLE + 1)}
    saved: list[dict[str, str]] = []
    for turn, (who, deed, place) in enumerate(edits):
        page = pages[who]
        if deed in SENDING:
            _send(table, page, who, saved, deed)
        else:
            _write(page, deed, place, f"word{turn}")
    for who, page in pages.items():
        _send(table, page, who, saved, "save")
    _check(table, saved)


def _send(table, page, who, saved, deed):
    """`write on`: the answer came while the person was typing, so the page keeps their text."""
    if deed == "again" and page.sent:  # the answer of the first time was read already
        table.save(who, *page.sent)
        return
    typed, theirs = dict(page.values), table.held.values
    page.sent = (page.version, typed)
    saved.append(typed)
    done = table.save(who, page.version, typed)
    if done.clashes:
        # Both texts are in front of the person, who takes both.
        typed = {name: _both(typed[name], theirs[name]) for name in typed}
        saved.append(typed)
        done = table.save(who, table.held.version, typed)
    else:
        _holds_what_is_new(done.values, typed, page.read)
        _holds_what_is_new(done.values, theirs, page.read)
    if deed == "write on" and not done.clashes:
        page.version, page.read = done.read, typed
        page.values = dict(typed)
    else:
        page.version, page.values = done.version, dict(done.values)
        page.read = dict(done.values)


def _holds_what_is_new(stands, typed, read):
    for name, text in typed.items():
        new = set(paragraphs(text)) - set(paragraphs(read[name]))
        assert new <= set(paragraphs(stands[name])), (name, new)


def _both(mine, theirs):
    new = [each for each in paragraphs(mine) if each not in paragraphs(theirs)]
    return GAP.join([*paragraphs(theirs), *new])


def _write(page, deed, place, word):
    if deed == "scope":
        page.values["scope"] = word
        return
    text = paragraphs(page.values["text"])
    at = place % (len(text) or 1)
    match deed:
        case "add":
            text.append(word)
        case "put first":
            text.insert(0, word)
        case "change" if text:
            text[at] = f"{text[at]} {word}"
        case "take out" if text:
            del text[at]
        case "rewrite":
            text = [word]
    page.values["text"] = GAP.join(text)


def _check(table, saved):
    texts = [table.held.values, *(each.values for each in table.earlier), *table.shown]
    for typed in saved:
        for name, text in typed.items():
            whole = any(each[name] == text for each in texts)
            assert whole or set(paragraphs(text)) <= _all(texts, name), (name, text)
    versions = [each.version for each in table.earlier]
    assert versions == list(range(1, len(versions) + 1))
    assert table.held.version == len(versions) + 1


def _all(texts, name):
    return {each for values in texts for each in paragraphs(values[name])}
