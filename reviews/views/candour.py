"""Candour: what a contributor tells the facilitator alone, and how three make a summary.

These pages are not noted as reading of the review: the record would show who came to speak.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request
from core.errors import RuleBroken
from core.policy import opens
from reviews import actions, forms, policies, selectors
from reviews.choices import OPEN_STATES
from reviews.kinds import refuse
from reviews.models import CandourInvitation, CandourStatement, Review
from reviews.views.dissent import form_page, named
from reviews.views.pages import REVIEW, base_context

INVITE = named(
    gettext_lazy("Ask somebody to speak"),
    gettext_lazy(
        "They may tell the facilitator in confidence what they know. They do not see the review,"
        " and nobody is shown whether they spoke. Ask more people than you expect to hear."
    ),
    gettext_lazy("Ask them"),
)


def _page(
    request: Request, review: Review, form: Any = None, theme_form: Any = None, status: int = 200
) -> HttpResponse:
    user = request.user
    heard_by = selectors.facilitators(review)
    may_summarise = policies.can_summarise(user, review)
    is_facilitator = policies.is_facilitator(user, review)
    told = selectors.statements_to(user, review.pk) if is_facilitator else []
    if form is None and review.state in OPEN_STATES and policies.can_speak(user, review):
        form = forms.StatementForm(facilitators=heard_by) if heard_by else None
    if theme_form is None and may_summarise:
        theme_form = forms.ThemeForm(told=told, prefix="theme")
    context = {
        **base_context(review, here="I"),
        "title": _("In confidence"),
        "facilitators": heard_by,
        "is_facilitator": is_facilitator,
        "may_summarise": may_summarise,
        "may_invite": policies.can_invite_contributors(user, review),
        "form": form,
        "mine": selectors.statements_by(user, review.pk),
        "told": told,
        "themes": selectors.themes_of(user, review) if is_facilitator else [],
        "theme_form": theme_form,
    }
    return render(request, "reviews/candour_page.html", context, status=status)


@require_http_methods(["GET", "POST"])
@opens(Review, **REVIEW, may=policies.is_on_team, hides=True)
def candour_page(request: Request, review: Review) -> HttpResponse:
    """The team's members speak here; the facilitator reads here."""
    if request.method == "GET":
        return _page(request, review)
    if not policies.can_speak(request.user, review):
        raise Http404
    form = forms.StatementForm(request.POST, facilitators=selectors.facilitators(review))
    if form.is_valid():
        try:
            actions.tell_facilitator(
                review_id=review.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Only the facilitator and you can read it."))
            return redirect("reviews:candour_page", review.pk)
    return _page(request, review, form, status=422)


@require_http_methods(["GET", "POST"])
@opens(CandourInvitation, fetch=("facilitator__agency", "from_agency"))
def candour_asked(request: Request, invitation: CandourInvitation) -> HttpResponse:
    """Somebody who was invited speaks here; of the review they see its number."""
    if invitation.person_id != request.user.pk:
        raise Http404
    form = forms.SpeakForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_when_asked(
                invitation_id=invitation.pk,
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Only the facilitator and you can read it."))
            return redirect("reviews:candour_asked", invitation.pk)
    context = {
        "invitation": invitation,
        "marking": invitation,
        "facilitators": [invitation.facilitator],
        "mine": selectors.statements_by(request.user, invitation.review_id),
        "form": form if selectors.takes_statement(invitation.review_id, request.user) else None,
    }
    return render(
        request, "reviews/candour_asked.html", context, status=422 if form.errors else 200
    )


@require_POST
@opens(CandourStatement)
def statement_withdraw(request: Request, statement: CandourStatement) -> HttpResponse:
    """Its author takes it back; the words are destroyed."""
    if statement.author_id != request.user.pk:
        raise Http404
    actions.withdraw_statement(statement_id=statement.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Withdrawn. What you wrote is destroyed."))
    asked = CandourInvitation.objects.visible_to(request.user).filter(
        person=request.user, review_id=statement.review_id
    )
    invitation = asked.first()
    if invitation is not None:
        return redirect("reviews:candour_asked", invitation.pk)
    return redirect("reviews:candour_page", statement.review_id)


@require_http_methods(["GET", "POST"])
@opens(Review, **REVIEW, may=policies.can_invite_contributors)
def candour_invite(request: Request, review: Review) -> HttpResponse:
    """Ask somebody who is not on the team to speak."""
    form = forms.InviteForm(request.POST or None, facilitators=selectors.facilitators(review))

    def act() -> None:
        said = dict(form.cleaned_data)
        actions.invite_contributor(
            review_id=review.pk,
            person=said.pop("email"),
            by=request.user,
            at=timezone.now(),
            **said,
        )

    back = reverse("reviews:candour_page", args=[review.pk])
    done = _("They find it under “Asked of you”.")
    return form_page(request, review, form, act, words=INVITE, done=done, back=back)


@require_POST
@opens(Review, **REVIEW, may=policies.can_summarise, hides=True)
def theme_write(request: Request, review: Review) -> HttpResponse:
    """The facilitator writes a summary, or changes one."""
    told = selectors.statements_to(request.user, review.pk)
    form = forms.ThemeForm(request.POST, told=told, prefix="theme")
    if form.is_valid():
        try:
            actions.write_theme(
                review_id=review.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Written. It is not shown until you show it."))
            return redirect("reviews:candour_page", review.pk)
    return _page(request, review, theme_form=form, status=422)


THEME = named(
    gettext_lazy("Change a summary"),
    gettext_lazy("Other words are not shown until you show them anew."),
    gettext_lazy("Keep it"),
)


@require_http_methods(["GET", "POST"])
@opens(Review, **REVIEW, may=policies.can_summarise, hides=True)
def theme_change(request: Request, review: Review, row_pk: int) -> HttpResponse:
    """The facilitator puts a summary in other words or on other statements."""
    theme = get_object_or_404(review.candour_themes.filter(by=request.user), pk=row_pk)
    told = selectors.statements_to(request.user, review.pk)
    given = {"text": theme.text, "statements": [each.pk for each in theme.grounds.all()]}
    form = forms.ThemeForm(request.POST or None, told=told, initial=given)

    def act() -> None:
        actions.write_theme(
            review_id=review.pk,
            theme_id=theme.pk,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )

    back = reverse("reviews:candour_page", args=[review.pk])
    return form_page(request, review, form, act, words=THEME, done=_("Kept."), back=back)


@require_POST
@opens(Review, **REVIEW, may=policies.can_summarise, hides=True)
def theme_show(request: Request, review: Review, row_pk: int) -> HttpResponse:
    """Show a summary in the review, or with `hide` take it back."""
    theme = get_object_or_404(review.candour_themes.filter(by=request.user), pk=row_pk)
    act = actions.hide_theme if "hide" in request.POST else actions.show_theme
    try:
        act(review_id=review.pk, theme_id=theme.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("reviews:candour_page", review.pk)
