"""Lines of section B."""

from django.utils.translation import gettext_lazy as _

from reviews import actions, forms, selectors
from reviews.choices import Letter
from reviews.kinds.base import Kind

MEASURES = Kind(
    "measures",
    Letter.B,
    forms.MeasureForm,
    lambda review: review.measures.order_by("position", "id"),
    actions.add_measure,
    actions.change_measure,
    actions.remove_measure,
    _("Add a measure"),
    _("Change the measure"),
    _("Remove this measure"),
    inline=True,
)
ALERTS = Kind(
    "alerts",
    Letter.B,
    forms.AlertForm,
    lambda review: review.alerts.order_by("position", "id"),
    actions.add_alert,
    actions.change_alert,
    actions.remove_alert,
    _("Add an alert"),
    _("Change the alert"),
    _("Remove this alert"),
    inline=False,
    listed="reviews/_alerts.html",
    heading=_("Alerts received"),
    drawn=selectors.chains,
)
PLANS = Kind(
    "plans",
    Letter.B,
    forms.PlanForm,
    lambda review: review.plans.order_by("position", "id"),
    actions.add_plan,
    actions.change_plan,
    actions.remove_plan,
    _("Add a plan or order"),
    _("Change the plan or order"),
    _("Remove this plan or order"),
    inline=False,
    listed="reviews/_plans.html",
    heading=_("Plans and orders in force"),
)
OCCASIONS = Kind(
    "occasions",
    Letter.B,
    forms.OccasionForm,
    lambda review: review.occasions.order_by("position", "id"),
    actions.add_occasion,
    actions.change_occasion,
    actions.remove_occasion,
    _("Add an occasion"),
    _("Change the occasion"),
    _("Remove this occasion"),
    inline=False,
    listed="reviews/_occasions.html",
    heading=_("Occasion and its risk"),
)
DECISIONS = Kind(
    "decisions",
    Letter.B,
    forms.DecisionForm,
    lambda review: review.decisions.order_by("position", "id"),
    actions.add_decision,
    actions.change_decision,
    actions.remove_decision,
    _("Add a decision"),
    _("Change the decision"),
    _("Remove this decision"),
    inline=False,
    listed="reviews/_decisions.html",
    heading=_("Who held which decision"),
)
RESOURCES = Kind(
    "resources",
    Letter.B,
    forms.DeploymentForm,
    lambda review: review.resources.order_by("position", "id"),
    actions.add_deployment,
    actions.change_deployment,
    actions.remove_deployment,
    _("Add people or means"),
    _("Change people or means"),
    _("Remove these people or means"),
    inline=False,
    listed="reviews/_resources.html",
    heading=_("Resources deployed"),
)
