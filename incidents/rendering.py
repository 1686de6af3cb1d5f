"""The rows of the register as HTML.

The one list that is opened all day: printed and escaped cell by cell, its rows cost as much as all
the rest of the page. So all cells are escaped in one pass and then set between the tags.
"""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

# id, day, title, area, kind, killed, TLP
Row = tuple[str, str, str, str, str, str, str]

CELLS = 7
# PostgreSQL stores no NUL in text, so no cell can hold one.
BETWEEN = "\x00"
ROW = (
    '<tr><td class="n nb">{1}</td><th scope="row"><a href="{0}/">{2}</a></th><td>{3}</td>'
    '<td>{4}</td><td class="n" data-th="{7}"><bdi dir="ltr">{5}</bdi></td>'
    '<td class="quiet" lang="en">{6}</td></tr>\n'
)


def register_rows(rows: Sequence[Row]) -> SafeString:
    """One `tr` for each incident; its address is relative to the register's."""
    if not rows:
        return SafeString("")
    cells = escape(BETWEEN.join(BETWEEN.join(row) for row in rows)).split(BETWEEN)
    killed_word = escape(gettext("Killed"))
    return SafeString(
        "".join(
            ROW.format(*cells[first : first + CELLS], killed_word)
            for first in range(0, len(cells), CELLS)
        )
    )
