"""The example sign-ins, as a small table."""

import json
from pathlib import Path


def table(path: Path) -> list[str]:
    """Lines of a table of the rows in `path`; none where there is no such file."""
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if not rows:
        return []
    columns = list(rows[0])
    cells = [[title.replace("_", " ") for title in columns]]
    cells += [[str(row.get(column, "")) for column in columns] for row in rows]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]
    return [*(f"  {line}" for line in lines), ""]
