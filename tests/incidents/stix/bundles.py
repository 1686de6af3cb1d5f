"""What tests ask of a STIX bundle."""

from incidents.selectors.exports.stix_published import INCIDENT_CORE

VICTIMS, ATTACKERS = "victims", "perpetrator"


def counted(incident, by, group, **figures):
    incident.casualty_counts.create(
        group=group, state="killed", recorded_at=incident.recorded_at, recorded_by=by, **figures
    )


def of(bundle, kind):
    return [each for each in bundle["objects"] if each["type"] == kind]


def the(bundle, kind):
    (found,) = of(bundle, kind)
    return found


def register(incident):
    (ours,) = (said for name, said in incident["extensions"].items() if name not in {INCIDENT_CORE})
    return ours


def references(made):
    """Every identifier that an object names, wherever in it."""
    if isinstance(made, list):
        return [each for item in made for each in references(item)]
    if not isinstance(made, dict):
        return []
    named = []
    for name, value in made.items():
        if name.endswith(("_ref", "_refs")):
            named += value if isinstance(value, list) else [value]
        else:
            named += references(value)
    return named
