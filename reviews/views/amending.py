"""Answers to comments, amendments of what is published, and what an amendment changes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.http import Request, shows
from core.errors import RuleBroken
from reviews import actions, forms, policies, selectors
from reviews.kinds import refuse
from reviews.models import Review, SectionComment
from reviews.selectors import frozen
from reviews.views.pages import REVIEW, base_context


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW, may=policies.is_on_team)
def comment_answer(request: Request, review: Review, comment_pk: int) -> HttpResponse:
    """Say what was done about a comment on a section."""
    comments = selectors.comments_on(review)
    comment = get_object_or_404(comments, pk=comment_pk)
    form = forms.CommentAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_comment(
                review_id=review.pk,
                comment_id=comment.pk,
                answer=form.cleaned_data["answer"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.NotSound as refusal:
            refuse(form, refusal)
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
            return redirect(selectors.section_url(review, comment.letter))
        else:
            messages.success(request, _("Your answer stands beside the comment."))
            return redirect(selectors.section_url(review, comment.letter))
    return _answer_page(request, review, comment, form)


def _answer_page(
    request: Request, review: Review, comment: SectionComment, form: forms.CommentAnswerForm
) -> HttpResponse:
    context = {
        **base_context(review),
        "comment": comment,
        "form": form,
        "back": selectors.section_url(review, comment.letter),
    }
    return render(
        request, "reviews/comment_answer.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW, may=policies.can_amend)
def review_amend(request: Request, review: Review) -> HttpResponse:
    """Open the amendment of a published review, with a signed reason."""
    form = forms.AmendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            amendment = actions.open_amendment(
                review_id=review.pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The amendment is open. Readers see none of it yet."))
            return redirect(amendment)
    context = {**base_context(review), "form": form}
    return render(
        request, "reviews/review_amend.html", context, status=422 if form.is_bound else 200
    )


@require_safe
@shows(Review, **REVIEW)
def amendment_changes(request: Request, review: Review) -> HttpResponse:
    """What an amendment says otherwise than what is published, before it is published."""
    published = frozen.newest(review.amends) if review.amends is not None else None
    if published is None:
        raise Http404
    before = frozen.content_only(published.content)
    after = frozen.content_only(selectors.review_document(review))
    found = frozen.changes(before, after)
    context = {
        **base_context(review),
        "older": published,
        "changes": found,
        "counts": frozen.count_changes(found),
    }
    return render(request, "reviews/amendment_changes.html", context)
