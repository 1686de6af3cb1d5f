"""The rows of the register as HTML.

The one list that is opened all day: printed and escaped cell by cell, its rows cost as much as all
the rest of the page. So all cells are escaped in one pass and then set between the tags.
"""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from incidents.columns import COUNTED, LEADING, Column

# The number of the incident, then its cells in the order of the page, the title among them.
Row = tuple[str, ...]

# PostgreSQL stores no NUL in text, so no cell can hold one.
BETWEEN = "\x00"
TITLE = '<th scope="row"><a href="{{0}}/">{cell}</a></th>'
# Each cell as the page shows it; on a narrow screen `data-th` says what it is, where it does not
# say so itself.
PLAIN = "<td>{cell}</td>"
SAID = '<td data-th="{label}">{cell}</td>'
NUMBER = '<td class="n" data-th="{label}"><bdi dir="ltr">{cell}</bdi></td>'
CELLS = {
    Column.DATE: '<td class="n nb">{cell}</td>',
    Column.WEEKDAY: PLAIN,
    Column.TIME: '<td class="nb">{cell}</td>',
    Column.REFERENCE: '<td><bdi class="ref" lang="en" dir="ltr">{cell}</bdi></td>',
    Column.AREA: PLAIN,
    Column.PROVINCE: PLAIN,
    Column.KIND: PLAIN,
    Column.KILLED: NUMBER,
    Column.INJURED: NUMBER,
    Column.TLP: '<td class="quiet" lang="en">{cell}</td>',
}
# Whose heads stand over figures.
FIGURES = (Column.DATE, *COUNTED)
HEAD, FIGURE_HEAD = "<th>{}</th>", '<th class="n">{}</th>'


def register_heads(columns: Sequence[Column]) -> SafeString:
    """The `th` over each column, that of the title among them."""
    heads = [
        (FIGURE_HEAD if each in FIGURES else HEAD).format(escape(each.label)) for each in columns
    ]
    heads.insert(_place_of_title(columns), HEAD.format(escape(gettext("Incident"))))
    return SafeString("".join(heads))


def register_rows(rows: Sequence[Row], columns: Sequence[Column]) -> SafeString:
    """One `tr` for each incident; its address is relative to the register's."""
    if not rows:
        return SafeString("")
    cells = escape(BETWEEN.join(BETWEEN.join(row) for row in rows)).split(BETWEEN)
    width, line = len(rows[0]), _line(columns)
    return SafeString(
        "".join(line.format(*cells[first : first + width]) for first in range(0, len(cells), width))
    )


def _line(columns: Sequence[Column]) -> str:
    """The `tr` of one incident, with a place for its number and for each of its cells."""
    looks = [(CELLS.get(each, SAID), escape(each.label)) for each in columns]
    looks.insert(_place_of_title(columns), (TITLE, SafeString()))
    cells = [
        look.format(cell=f"{{{number}}}", label=label.replace("{", "{{").replace("}", "}}"))
        for number, (look, label) in enumerate(looks, 1)
    ]
    return f"<tr>{''.join(cells)}</tr>\n"


def _place_of_title(columns: Sequence[Column]) -> int:
    return sum(each in LEADING for each in columns)
