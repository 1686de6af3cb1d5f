"""Reviews that a story finds when it begins: made through the actions, by the example people."""

import json
from dataclasses import dataclass

from tests.browser.product import Product

# `told` holds the incident's title, how far the review is taken, and its classification.
SEED = """
import json
from datetime import timedelta
from django.utils import timezone
from aar.examples.people import person
from agencies.choices import Role
from incidents.actions import record_incident
from incidents.details import IncidentDetails, When
from places.models import Area
from reviews import actions
from reviews.models import RecommendationCategory

told, at = json.loads({told!r}), timezone.now()
lead, helper = (person(each, Role.INVESTIGATOR) for each in ("BL-POLICE", "KP-POLICE"))
judge = person("BL-POLICE", Role.COMMANDER)
officer = person("BL-POLICE", Role.RELEASE_OFFICER)
district = Area.objects.districts().filter(name="Mastung").get()
marking = dict(tlp="GREEN", classification=told["classification"])
when = When(on_date=timezone.localdate(at) - timedelta(days=1))
incident = record_incident(
    details=IncidentDetails(
        title=told["title"], when=when, province=district.province, district=district, **marking
    ),
    report=None, origin=f"story:{{at.isoformat()}}", by=lead, at=at,
)
pk, reference = 0, incident.reference
if told["state"] != "NONE":
    review = actions.open_review(
        incident_id=incident.pk, tier="T2", caveats=[], by=lead, at=at, **marking
    )
    hand = dict(review_id=review.pk, by=lead, at=at)
    actions.add_member(user=helper, role="FACILITATOR", in_chain=False, **hand)
    if told["state"] in ("COMPLETE", "PUBLISHED"):
        actions.save_section(
            letter="B", text="One search lane was planned.", state="COMPLETE", version=1, **hand
        )
        actions.add_entry(
            text="The patrol leaves the gate.", on_date=when.on_date, precision="DAY", **hand
        )
        finding = actions.add_finding(kind="failure", title="Nobody searched the crowd", **hand)
        actions.add_recommendation(
            text="Search people at the lane.", owner_post="SP Headquarters",
            due_date=timezone.localdate(at) + timedelta(days=60),
            closure_criterion="Three Fridays with a signed search list.",
            category=RecommendationCategory.objects.get(code="R11"), findings=[finding], **hand,
        )
    if told["state"] == "PUBLISHED":
        actions.submit_review(**hand)
        actions.approve_review(review_id=review.pk, by=judge, at=at)
        actions.publish_review(review_id=review.pk, by=officer, at=at)
    pk, reference = review.pk, review.reference
print(json.dumps({{"pk": pk, "incident_pk": incident.pk, "reference": reference}}))
"""


@dataclass(frozen=True)
class Seed:
    """A review of the running product, or an incident that has none: then `pk` is 0."""

    pk: int
    incident_pk: int
    reference: str

    @property
    def url(self) -> str:
        """Of its page."""
        return f"/reviews/{self.pk}/"

    def section(self, letter: str) -> str:
        """Where a section is written."""
        return f"{self.url}sections/{letter}/"


def a_review(
    product: Product, title: str, *, state: str = "DRAFT", classification: str = "RESTRICTED"
) -> Seed:
    """A review of the Balochistan police, an investigator of Khyber Pakhtunkhwa facilitating.

    `state`: NONE, the incident alone; DRAFT, an empty review; COMPLETE, a draft that may be
    submitted; PUBLISHED.
    """
    told = json.dumps({"title": title, "state": state, "classification": classification})
    said = product.run("manage.py", "shell", "-v0", "-c", SEED.format(told=told))
    return Seed(**json.loads(said.strip().splitlines()[-1]))
