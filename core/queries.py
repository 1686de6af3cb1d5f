"""What an address says after its question mark; nonsense narrows nothing."""

from django.http import QueryDict

LONGEST = 100


def words(query: QueryDict, name: str = "q") -> str:
    """The words somebody searched for: not endless, and no NUL, which PostgreSQL never keeps."""
    return query.get(name, "").replace("\x00", "").strip()[:LONGEST]
