"""Who may read what, written from the design and from nothing of the product's code.

The product is held to this; it shares no line with it.
"""

LEVELS = ["UNMARKED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP_SECRET"]
FINISHED = {
    "incident": None,
    "recurrence": None,
    "brief": None,
    "review": {"PUBLISHED", "AMENDED"},
    "lesson": {"ENDORSED", "IMPLEMENTING", "VALIDATED"},
    "bulletin": {"ISSUED"},
}


def may_read(person, record):
    """`person` and `record` are the stories of tests.access.world: plain facts, no models."""
    if person is None:
        return finished(record) and public(record)
    enough = cleared(person, record)
    if finished(record) and (public(record) or (enough and marking_reaches(person, record))):
        return True
    return enough and works_on(person, record)


def cleared(person, record):
    """Whether the classification is one that the person is cleared for."""
    return LEVELS.index(record.classification) <= LEVELS.index(person.clearance)


def finished(record):
    """Whether it has left the hands of those who make it."""
    states = FINISHED[record.kind]
    return states is None or record.state in states


def public(record):
    """TLP:CLEAR is for anyone; nothing classified or for certain eyes only is."""
    plain = record.classification == "UNMARKED" and "EYES" not in record.caveats
    return record.tlp == "CLEAR" and plain


def marking_reaches(person, record):
    """TLP 2.0 as the design's table puts it. A system admin reads no content by that role."""
    if person.role == "SYSTEM_ADMIN":
        return False
    own = person.agency == record.agency
    passed = record.passed_to
    to_them = {("agency", person.agency), ("person", person.number)}
    to_them |= {("group", group) for group in person.groups}
    everybody = "EYES" not in record.caveats or own or bool(passed & to_them)
    return {
        "CLEAR": everybody,
        "GREEN": everybody,
        "AMBER": own or bool(passed & to_them),
        "AMBER_STRICT": own,
        "RED": ("person", person.number) in passed,
    }[record.tlp]


def works_on(person, record):
    """Unfinished work is seen by its makers and by those who must judge or send it."""
    own = person.agency == record.agency
    named = record.tlp != "RED" or ("person", person.number) in record.passed_to
    if record.kind == "review":
        judges = own and person.role == "COMMANDER" and record.state != "DRAFT"
        sends = own and person.role == "RELEASE_OFFICER" and record.state == "APPROVED"
        leaves = record.tlp in {"CLEAR", "GREEN", "AMBER"} and "EYES" not in record.caveats
        asked = person.agency in record.asked and leaves
        says = asked and person.role == "COMMANDER" and record.state != "DRAFT"
        return person.number in record.team or judges or sends or says
    if record.kind == "lesson":
        return own and person.role != "SYSTEM_ADMIN" and named
    if record.kind == "bulletin":
        makes = own and person.role in {"COMMANDER", "RELEASE_OFFICER", "AGENCY_ADMIN"}
        return makes and (named or person.number == record.maker)
    return False
