"""What others have published for STIX 2.1, word for word: extensions, and the marks of TLP 2.0.

From oasis-open/cti-stix-common-objects. The Incident Extension Suite lies beside the standard, not
in it; who knows it reads when an incident happened, and how exactly that is known.
"""

from typing import Any

from agencies.choices import TLP

Made = dict[str, Any]

SPECIFICATIONS = (
    "https://github.com/oasis-open/cti-stix-common-objects/tree/main/"
    "extension-definition-specifications/"
)
INCIDENT_CORE = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
EVENT = "extension-definition--4ca6de00-5b0d-45ef-a1dc-ea7279ea910e"
TLP_2 = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
OASIS = "identity--8ce3f695-d5a4-4dc8-9e93-a65af453a31a"
# CISA published TLP 2.0 for STIX under this identity; it is not ours to describe.
CISA = "identity--b3bca3c2-1f3d-4b54-b44f-dac42c3a8f01"
TLP_IDS = {
    TLP.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    TLP.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    TLP.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    TLP.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    TLP.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
DEFINITIONS: tuple[Made, ...] = (
    {
        "type": "identity",
        "spec_version": "2.1",
        "id": OASIS,
        "created": "2021-03-13T20:09:20.8889Z",
        "modified": "2021-12-01T16:19:51.601791Z",
        "name": "OASIS",
        "description": "OASIS is a global community of experts who drive the creation and adoption"
        " of open standards promoting interoperability, innovation, and freedom of choice.",
        "identity_class": "organization",
    },
    {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": INCIDENT_CORE,
        "created_by_ref": OASIS,
        "created": "2020-10-19T20:51:00.000Z",
        "modified": "2023-07-11T00:56:00.000Z",
        "name": "Incident Core Extension",
        "description": "A core extension of the Incident object to allow core details of the"
        " Incident to be shared while tracking major details tied to the incident's timeline. "
        " Multiple Incidents can be tied together via relationships if a higher degree of fidelity"
        " is needed across phases.",
        "schema": f"{SPECIFICATIONS}incident-ef7",
        "version": "2.0.0",
        "extension_types": ["property-extension"],
    },
    {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": EVENT,
        "created_by_ref": OASIS,
        "created": "2023-05-16T20:47:23.388576Z",
        "modified": "2023-05-16T20:47:23.388576Z",
        "name": "Event Extension",
        "description": "Events store high level events that are not necessarily system level (these"
        " should be captured as separate SCOs) that can become tied to incidents.  Events can cause"
        " or alter impacts, and often exist prior to incidents being declared or officially"
        " tracked.",
        "schema": f"{SPECIFICATIONS}incident-core/event",
        "version": "1.0.0",
        "extension_types": ["new-sdo"],
    },
    {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": TLP_2,
        "created_by_ref": CISA,
        "created": "2022-10-01T00:00:00.000Z",
        "modified": "2022-10-01T00:00:00.000Z",
        "name": "TLP 2.0",
        "description": "This defines TLP 2.0 as a STIX extension",
        "schema": "https://github.com/oasis-open/cti-stix-common-objects/tree/master/"
        "extension-definition-specifications/tlp-2.0",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    },
)


def tlp_mark(tlp: str) -> Made:
    """The published mark of this label."""
    label = TLP(tlp).label
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": TLP_IDS[TLP(tlp)],
        "created": "2022-10-01T00:00:00.000Z",
        "name": label,
        "extensions": {
            TLP_2: {
                "extension_type": "property-extension",
                "tlp_2_0": label.removeprefix("TLP:").lower(),
            }
        },
    }
