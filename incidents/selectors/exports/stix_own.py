"""What this product itself names in STIX: who speaks, its extension, its marks, its identifiers."""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from incidents.selectors.exports.stix_published import Made

# Identifiers are made from what they name, so that the same record is the same object each time.
NAMESPACE = UUID("5fc555a9-0084-4038-96ed-0082ba549bd4")
# When the objects below were first published; to be raised with what they say.
SINCE = "2026-11-28T00:00:00.000Z"


def made_id(kind: str, *names: object) -> str:
    """The identifier of the object of this kind that these names name."""
    return f"{kind}--{uuid5(NAMESPACE, '|'.join([kind, *map(str, names)]))}"


def stamp(at: datetime) -> str:
    """A moment as STIX writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


PRODUCT = made_id("identity", "product")
REGISTER = made_id("extension-definition", "register")
MEANING = """Property extension of the incident object: what a register of security incidents says \
of one. Words are lower case; a property that is missing is not known. precision: how exactly the \
time is known (minute, about, day, month, range, unknown). date: YYYY-MM-DD, or YYYY-MM where only \
the month is known; with until, the incident lies between the two days. time: the clock in \
Pakistan, only with minute and about. place_precision: exact, near (25 km), district, line, \
division, province, country. attack_type and target_type: the kinds of the GTD codebook (START, \
2021). suicide: yes, no, unknown. group_named: as a source names it; no finding. killed: victims, \
lowest to highest published count; + is "or more". casualties: every published count of victims \
(who, state, low, best, high, as_of, reported_by); adopted marks the figure that the owner agency \
gives in public. attackers: the same of attackers, never part of a sum of victims. \
not_told_apart: counts that attackers are or may be in. is_example: built from open press for \
demonstration."""
DEFINITIONS: tuple[Made, ...] = (
    {
        "type": "identity",
        "spec_version": "2.1",
        "id": PRODUCT,
        "created": SINCE,
        "modified": SINCE,
        "name": "After-Action Review, incident register",
        "identity_class": "system",
    },
    {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": REGISTER,
        "created_by_ref": PRODUCT,
        "created": SINCE,
        "modified": SINCE,
        "name": "Incident Register Extension",
        "description": "How exactly time and place of an incident are known, what kind it was, and"
        " the series of its casualty counts, attackers apart.",
        "schema": MEANING,
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    },
)


def statement_mark(words: str) -> Made:
    """A mark that says what these words say."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": made_id("marking-definition", words),
        "created_by_ref": PRODUCT,
        "created": SINCE,
        "definition_type": "statement",
        "definition": {"statement": words},
    }


def translated(of: Made, **said: str) -> Made:
    """What an object is called in Urdu."""
    return {
        "type": "language-content",
        "spec_version": "2.1",
        "id": made_id("language-content", of["id"], "ur"),
        **{name: of[name] for name in ("created_by_ref", "created", "modified") if name in of},
        "object_ref": of["id"],
        "object_modified": of["modified"],
        "contents": {"ur": said},
        **{name: of[name] for name in ("object_marking_refs",) if name in of},
    }
