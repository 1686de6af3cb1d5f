"""The bytes of an event that are sealed: every column, in one spelling.

A JSON array as PostgreSQL writes it, in UTF-8; docs/record.md describes it to the letter. The
moment comes first, in UTC, so that it can be read without taking the text apart.
"""

COLUMNS = (
    "id",
    "verb",
    "actor_id",
    "actor_name",
    "agency_id",
    "posting_id",
    "target_type",
    "target_id",
    "target_ref",
    "target_agency_id",
    "whole_type",
    "whole_id",
    "request_id",
    "address",
    "transaction_id",
    "data",
)
# Of the table under the name `e`.
CANONICAL = (
    "convert_to(json_build_array(e.at AT TIME ZONE 'UTC', "
    + ", ".join(f"e.{column}" for column in COLUMNS)
    + ")::text, 'UTF8')"
)
MOMENT = slice(2, 28)
