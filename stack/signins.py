"""The example sign-ins, one of each role, as a small table; and the six digits of now."""

import base64
import hmac
import json
import shlex
import struct
from pathlib import Path

from stack.home import PROJECT
from stack.troubles import Trouble

PERIOD = 30


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


def hint(path: Path) -> list[str]:
    """How to get the six digits, where somebody needs them; nothing else."""
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    who = next((row["email"] for row in rows if row.get("second_factor")), "")
    if not who:
        return []
    where = "" if path.parent == PROJECT / ".aar" else f" DATA_DIR={shlex.quote(str(path.parent))}"
    return [
        "Who has a second factor is asked for six digits after the password. They are printed by",
        f"    make code WHO={who}{where}",
        "",
    ]


def code(path: Path, email: str, *, at: float) -> str:
    """The six digits that the app of this example person would show now (RFC 6238)."""
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Trouble(f"There are no example sign-ins in {path}:", "make run") from error
    secrets = {row["email"]: row.get("second_factor", "") for row in rows}
    if not secrets.get(email):
        with_one = ", ".join(sorted(each for each, secret in secrets.items() if secret))
        raise Trouble(f"{email or 'Nobody'} has no second factor here. These have: {with_one}.")
    moment = struct.pack(">Q", int(at) // PERIOD)
    digest = hmac.digest(base64.b32decode(secrets[email]), moment, "sha1")
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def _line(cells: list[str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
