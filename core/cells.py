"""Cells of a table that a spreadsheet will open."""

from typing import Any

# A spreadsheet takes a cell that begins like this for a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain_cell(value: Any) -> str:
    """The value as text that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def plain_cell_in_sql(column: str) -> str:
    """The same, of a column of text, where PostgreSQL writes the table."""
    begins = ", ".join(str(ord(each)) for each in DANGEROUS)
    formula = f"ascii({column}) IN ({begins})"
    return f"CASE WHEN {formula} THEN '''' || {column} ELSE coalesce({column}, '') END"
