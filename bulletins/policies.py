"""Who may do what with bulletins, releases, receipts and briefs."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agencies.choices import TLP, WIDENERS, Classification, Role
from agencies.models import Marked, User
from bulletins.choices import BulletinState
from bulletins.models import Brief, Bulletin, Consent, Export, Receipt
from bulletins.models.bulletin import EDITORS, SECONDS
from bulletins.models.consent import needs_consent
from lessons.choices import ENDORSED_STATES
from lessons.models import Lesson

# Who answers for an agency what it did with a bulletin.
ANSWERERS = (Role.COMMANDER, *EDITORS)
# Who may take a brief out of the register.
READERS_OF_BRIEFS = (Role.INVESTIGATOR, *ANSWERERS)
# What another agency has marked higher is its own to pass on.
FREE = (TLP.CLEAR, TLP.GREEN)


def can_compose(user: User) -> bool:
    """Editors prepare their agency's bulletins."""
    return user.is_active and user.role in EDITORS


def can_write_from(user: User, record: Marked) -> bool:
    """An editor writes a flash of any incident, the other kinds of endorsed lessons."""
    if isinstance(record, Lesson):
        return can_compose(user) and record.state in ENDORSED_STATES
    return can_compose(user)


def can_change(user: User, bulletin: Bulletin) -> bool:
    """A draft is changed by its agency's editors; an issued bulletin by nobody."""
    return _edits(user, bulletin) and bulletin.state == BulletinState.DRAFT


def can_begin_edition(user: User, bulletin: Bulletin) -> bool:
    """Its agency's editors write the next edition of what is issued."""
    return _edits(user, bulletin) and bulletin.state == BulletinState.ISSUED


def can_issue(user: User, bulletin: Bulletin) -> bool:
    """Editors and commanders issue their agency's drafts; what one wrote oneself, another does."""
    return _seconds(user, bulletin) and bulletin.state == BulletinState.DRAFT


def can_release(user: User, bulletin: Bulletin) -> bool:
    """Editors and commanders send what their agency issued; not what one wrote oneself."""
    return _seconds(user, bulletin) and bulletin.state == BulletinState.ISSUED


def issues(user: User, bulletin: Bulletin) -> bool:
    """Who may issue it, or could have: to them a second click says that it is done."""
    return can_issue(user, bulletin) or can_release(user, bulletin)


def can_recall(user: User, bulletin: Bulletin) -> bool:
    """Who may send, and who wrote it too: to call back needs no second person."""
    return can_release(user, bulletin)


def second_person_refusal(bulletin: Bulletin, seconds: Iterable[User]) -> str:
    """Why its author does not issue or release it, and who may."""
    posts = ", ".join(each.post_line() for each in seconds)
    if not posts:
        return _(
            "You wrote %(bulletin)s, so another sends it out: a release officer, agency admin"
            " or commander of your agency. Nobody else there can read it; ask your agency admin."
        ) % {"bulletin": bulletin.reference}
    return _("You wrote %(bulletin)s, so another sends it out. Ask: %(posts)s.") % {
        "bulletin": bulletin.reference,
        "posts": posts,
    }


def can_trace(user: User, bulletin: Bulletin) -> bool:
    """Who sends an agency's bulletins finds out whose copy a page of one is."""
    return _edits(user, bulletin) and bulletin.state == BulletinState.ISSUED


def can_see_receipts(user: User, bulletin: Bulletin) -> bool:
    """Who sent it sees what everybody did with it: its editors, commanders and auditors."""
    watchers = (Role.COMMANDER, Role.AUDITOR)
    watches = user.role in watchers and user.agency_id == bulletin.agency_id and user.is_active
    return bulletin.state == BulletinState.ISSUED and (watches or _edits(user, bulletin))


def can_see_overdue(user: User) -> bool:
    """Who sends an agency's bulletins or oversees it sees who owes it an answer."""
    return user.is_active and user.role in {*SECONDS, Role.AUDITOR}


def can_answer(user: User, receipt: Receipt) -> bool:
    """A commander or editor of the agency it was sent to acknowledges, briefs, acts."""
    return user.is_active and user.role in ANSWERERS and user.agency_id == receipt.agency_id


def can_request_brief(user: User) -> bool:
    """Whoever works with incidents; not auditors, who only look."""
    return user.is_active and user.role in READERS_OF_BRIEFS


def can_export(user: User) -> bool:
    """Who prepares and sends an agency's products takes many documents away at once."""
    return user.is_active and user.role in EDITORS


def can_work_on_export(user: User, export: Export) -> bool:
    """Only whoever asked for it, in the post in which they asked."""
    mine = export.asked_by_id == user.pk and export.agency_id == user.agency_id
    return can_export(user) and mine


def can_ask_originator(user: User, record: Marked) -> bool:
    """Who would build on another agency's ORCON record asks that agency."""
    return can_request_brief(user) and needs_consent(record, user.agency_id)


def can_answer_consent(user: User, consent: Consent) -> bool:
    """A commander, release officer or admin of the agency whose record it is."""
    return user.is_active and user.role in WIDENERS and user.agency_id == consent.originator_id


def can_retry(user: User, product: Bulletin | Brief) -> bool:
    """Who could have asked for the document asks for it again."""
    if isinstance(product, Bulletin):
        return _edits(user, product)
    return can_request_brief(user) and user.agency_id == product.agency_id


def can_see_jobs(user: User) -> bool:
    """Agency admins see their agency's jobs, system admins all of them and no word of any."""
    return user.is_active and user.role in {Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN}


def _edits(user: User, bulletin: Bulletin) -> bool:
    return can_compose(user) and user.agency_id == bulletin.agency_id


def _seconds(user: User, bulletin: Bulletin) -> bool:
    return user.is_active and user.role in SECONDS and user.agency_id == bulletin.agency_id


def marking_refusal(product: Marked, parts: Iterable[Marked]) -> str:
    """Why `product` may not carry `parts` at its marking, naming the part; blank when it may."""
    tlp, level = TLP(product.tlp), Classification(product.classification)
    for part in parts:
        name = getattr(part, "reference", "")
        if part.agency_id != product.agency_id and part.tlp not in FREE:
            return _("%(part)s belongs to %(agency)s and is %(tlp)s: only they may pass it on.") % {
                "part": name,
                "agency": part.agency.label,
                "tlp": TLP(part.tlp).label,
            }
        if TLP(part.tlp).rank > tlp.rank:
            return _("%(part)s is %(tlp)s: the bulletin cannot be marked lower.") % {
                "part": name,
                "tlp": TLP(part.tlp).label,
            }
        if Classification(part.classification).rank > level.rank:
            return _("%(part)s is %(level)s: the bulletin cannot be marked lower.") % {
                "part": name,
                "level": Classification(part.classification).label,
            }
        missing = [each for each in part.caveat_labels if each not in product.caveat_labels]
        if missing:
            return _(
                "%(part)s carries the caveat “%(caveat)s”: the bulletin must carry it too."
            ) % {
                "part": name,
                "caveat": missing[0],
            }
    return ""
