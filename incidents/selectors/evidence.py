"""What the pages show of evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Marked, User
from agencies.page_marking import PageMarking, marking_of
from audit.choices import Verb
from audit.models import Event
from core.templatetags.aar import figure
from incidents import policies
from incidents.choices.files import CopyFault, CopyState, EvidenceState, HeldBecause, MediaGroup
from incidents.files import limits
from incidents.files.inspecting import KINDS
from incidents.models import CustodyEvent, DisplayCopy, Evidence, Incident
from incidents.selectors.supports import Supported, supported_by

LAST_DEEDS = 30


@dataclass(frozen=True)
class EvidencePage:
    """One piece and everything that hangs on it."""

    size: str
    media: str
    state: str
    shape: str
    why: str
    copy: DisplayCopy | None
    copy_words: str
    custody: list[CustodyEvent]
    supports: list[Supported]
    deeds: list[tuple[Any, str, str]]
    may: dict[str, bool]


def evidence_of(user: User, incident: Incident) -> list[Evidence]:
    """The pieces of an incident that this person may see."""
    return list(
        Evidence.objects.visible_to(user)
        .filter(incident=incident)
        .select_related("added_by", "copy")
        .in_order()
    )


def evidence_page(user: User, evidence: Evidence) -> EvidencePage:
    """Gather the page of a piece that `user` has been found to see."""
    state, shape, why = _standing(evidence)
    may_keep = policies.can_keep_evidence(user, evidence)
    may = {
        "open": evidence.state == EvidenceState.CLEAN,
        "hand_over": may_keep,
        "withdraw": may_keep and evidence.withdrawn_at is None,
        "attach": policies.can_attach_evidence(user, evidence),
        "history": policies.can_read_history(user, evidence.incident),
    }
    return EvidencePage(
        size=size_in_words(evidence.size),
        media=media_in_words(evidence),
        state=state,
        shape=shape,
        why=why,
        copy=finished_copy(evidence),
        copy_words=_copy_in_words(evidence),
        custody=list(evidence.custody.in_order().select_related("recorded_by")),
        supports=supported_by(evidence),
        deeds=_deeds(evidence) if may["history"] else [],
        may=may,
    )


def marking_with(incident: Incident, named: Sequence[Marked]) -> PageMarking | None:
    """A page that names an incident and more, such as its evidence, carries the highest of each
    scale."""
    highest = marking_of([incident, *named])
    return highest and replace(highest, is_example=incident.is_example)


def finished_copy(evidence: Evidence) -> DisplayCopy | None:
    """The copy for the screen, when it is drawn and the file may be handed out."""
    copy: DisplayCopy | None = getattr(evidence, "copy", None)
    if copy is None or evidence.state != EvidenceState.CLEAN or copy.state != CopyState.DONE:
        return None
    return copy


def size_in_words(size: int) -> str:
    """`3.4 MB`, `12 kB`, `1,150 bytes`."""
    if size >= 1 << 20:
        return f"{size / (1 << 20):.1f} MB"
    if size >= 10 << 10:
        return f"{size >> 10} kB"
    return _("%(n)s bytes") % {"n": figure(size)}


def media_in_words(evidence: Evidence) -> str:
    """`JPG`."""
    words = [kind.word for kind in KINDS if kind.media_type == evidence.media_type]
    return words[0] if words else evidence.media_type


def limits_in_words() -> list[str]:
    """`JPG, PNG, WEBP: at most 25 MB`, a line for each group."""
    return [
        _("%(kinds)s: at most %(most)d MB")
        % {
            "kinds": ", ".join(kind.word for kind in KINDS if kind.group == group),
            "most": limits.most_bytes(group) >> 20,
        }
        for group in MediaGroup
    ]


def _standing(evidence: Evidence) -> tuple[str, str, str]:
    """Its state in a word, the shape of that state, and why it is so."""
    if evidence.withdrawn_at is not None:
        return _("Withdrawn"), "closed", evidence.withdrawn_because
    word = str(EvidenceState(evidence.state).label)
    if evidence.state == EvidenceState.REFUSED:
        return word, "late", evidence.refused_because
    if evidence.state == EvidenceState.HELD:
        because = evidence.held_because
        said = HeldBecause(because).label if because else _("It waits for the virus scanner.")
        return word, "soon", str(said)
    if evidence.scanned_at is None:
        return word, "ok", _("Not searched for viruses: this deployment has no scanner.")
    return word, "ok", _("The virus scanner found nothing.")


def _copy_in_words(evidence: Evidence) -> str:
    """What there is to say where a picture is not shown."""
    copy: DisplayCopy | None = getattr(evidence, "copy", None)
    if copy is None or finished_copy(evidence) is not None:
        return ""
    if copy.state == CopyState.FAILED:
        return str(CopyFault(copy.fault).label)
    if evidence.state == EvidenceState.CLEAN:
        return _("The picture is being drawn for the screen. Open this page again in a moment.")
    return ""


def _deeds(evidence: Evidence) -> list[tuple[Any, str, str]]:
    events = Event.objects.about(evidence).order_by("-at", "-id")[:LAST_DEEDS]
    return [(event.at, str(Verb(event.verb).label), event.actor_name) for event in events]
