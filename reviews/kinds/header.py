"""Lines of section A."""

from django.utils.translation import gettext_lazy as _

from reviews import actions, forms
from reviews.choices import Letter
from reviews.kinds.base import Kind

BODIES = Kind(
    "participants",
    Letter.A,
    forms.ParticipantForm,
    lambda review: review.bodies.select_related("agency").order_by("id"),
    actions.add_participant,
    actions.change_participant,
    actions.remove_participant,
    _("Add a body"),
    _("Change the line of this body"),
    _("Remove this body"),
    inline=False,
    listed="reviews/_participants.html",
    heading=_("Bodies that took part"),
)
EXCLUSIONS = Kind(
    "exclusions",
    Letter.A,
    forms.ExclusionForm,
    lambda review: review.exclusions.order_by("id"),
    actions.add_exclusion,
    actions.change_exclusion,
    actions.remove_exclusion,
    _("Add an exclusion"),
    _("Change the exclusion"),
    _("Remove this exclusion"),
    inline=False,
    listed="reviews/_exclusions.html",
    heading=_("Left out"),
)
SOURCES_HEARD = Kind(
    "heard",
    Letter.A,
    forms.SourceHeardForm,
    lambda review: review.sources_heard.order_by("id"),
    actions.add_source_heard,
    actions.change_source_heard,
    actions.remove_source_heard,
    _("Add sources heard"),
    _("Change the sources heard"),
    _("Remove this line"),
    inline=False,
    listed="reviews/_sources_heard.html",
    heading=_("Sources heard"),
)
SOURCES_ASKED = Kind(
    "asked",
    Letter.A,
    forms.SourceAskedForm,
    lambda review: review.sources_asked.order_by("id"),
    actions.add_source_asked,
    actions.change_source_asked,
    actions.remove_source_asked,
    _("Add a source that was not heard"),
    _("Change the source"),
    _("Remove this source"),
    inline=False,
    listed="reviews/_sources_asked.html",
    heading=_("Asked and not heard"),
)
