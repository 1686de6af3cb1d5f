"""Cells of a table that a spreadsheet will open."""

from typing import Any

# A spreadsheet takes a cell that begins like this for a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain_cell(value: Any) -> str:
    """The value as text that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text
