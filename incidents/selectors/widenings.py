"""Requests to let an incident go further, as their pages show them."""

from django.utils.translation import gettext as _

from agencies.choices import WIDENERS, Classification
from agencies.models import Agency, SharingGroup, User
from agencies.readers import Reach, Readers, count_readers, readers_of_marking
from incidents.details import Wish
from incidents.models import Incident, IncidentShare, IncidentWidening


def reach_of_wish(incident: Incident, wish: Wish) -> Readers:
    """Who would read the incident if the wish were granted."""
    return _readers(incident.pk, incident.agency_id, wish)


def reach_of_share(incident: Incident, recipient: Agency | SharingGroup | User) -> Readers:
    """Who would read the incident if it were passed to one more."""
    reach = Reach.of(incident).with_recipient(recipient)
    return count_readers(readers_of_marking(reach), reach)


def reach_of_widening(widening: IncidentWidening) -> Readers:
    """The same for a request, whether or not who decides reads the record."""
    return _readers(widening.record_id, widening.agency_id, Wish.of(widening))


def reach_now(widening: IncidentWidening) -> Readers:
    """Who reads it as it was marked when the request was made."""
    wish = Wish(
        tlp=widening.from_tlp,
        classification=widening.from_classification,
        caveats=tuple(widening.from_caveats),
    )
    return _readers(widening.record_id, widening.agency_id, wish)


def _readers(incident_id: int, agency_id: int, wish: Wish) -> Readers:
    shares = IncidentShare.objects.filter(record=incident_id)
    named = list(shares.values_list("to_agency", "to_group", "to_person"))
    agencies, groups, people = (frozenset(row[at] for row in named if row[at]) for at in range(3))
    reach = Reach(
        agency_id=agency_id,
        tlp=wish.tlp,
        classification=wish.classification,
        caveats=frozenset(wish.caveats),
        agencies=agencies,
        groups=groups,
        people=people | {wish.reader_id} if wish.reader_id else people,
    )
    return count_readers(readers_of_marking(reach), reach)


def deciders_of(widening: IncidentWidening) -> list[User]:
    """Who of the agency may decide on it: has the post, is cleared, did not ask."""
    people = User.objects.filter(
        agency=widening.agency_id,
        is_active=True,
        role__in=WIDENERS,
        clearance__in=Classification.at_least(widening.from_classification),
    )
    return list(people.exclude(pk=widening.asked_by_id).order_by("post", "pk"))


def second_person_sentence(widening: IncidentWidening) -> str:
    """Said to who asked: who decides."""
    posts = ", ".join(each.post_line() for each in deciders_of(widening))
    if not posts:
        return _(
            "Who asks does not decide. Another commander, release officer or agency admin of your"
            " agency does, and there is none who is cleared; ask your agency admin."
        )
    return _("Who asks does not decide. Waiting for one of: %(posts)s.") % {"posts": posts}
