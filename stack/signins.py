"""The example sign-ins, one of each role, as a small table."""

import json
from pathlib import Path


def table(path: Path) -> list[str]:
    """Lines of a table: the first row of each role in `path`; none where there is no such file."""
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if not rows:
        return []
    first_of_role = {row.get("role"): row for row in reversed(rows)}
    shown = [row for row in rows if first_of_role[row.get("role")] is row]
    columns = list(rows[0])
    cells = [[title.replace("_", " ") for title in columns]]
    cells += [[str(row.get(column, "")) for column in columns] for row in shown]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    lines = [_line(line, widths) for line in cells]
    if len(shown) < len(rows):
        lines.append(f"({len(rows) - len(shown)} more are in {path})")
    return [*(f"  {line}" for line in lines), ""]


def _line(cells: list[str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
