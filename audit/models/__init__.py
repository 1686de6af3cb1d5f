from audit.models.events import Event, EventQuerySet
from audit.models.seals import Leaf, Seal, SealKey, Verification

__all__ = ["Event", "EventQuerySet", "Leaf", "Seal", "SealKey", "Verification"]
