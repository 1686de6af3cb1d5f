"""Section I: fair notice is given, read by the body alone, and answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.http import Request, shows
from core.errors import RuleBroken
from reviews import actions, forms, policies
from reviews.kinds import refuse
from reviews.models import FairNotice, Review
from reviews.views.dissent import form_page, named
from reviews.views.pages import REVIEW

GIVE = named(
    gettext_lazy("Give fair notice"),
    gettext_lazy(
        "A body that the review criticises reads the passage, and nothing else, before it is"
        " published, and may reply by a day. The passage is kept as they were given it, the reply"
        " as they write it."
    ),
    gettext_lazy("Give notice"),
    grave=True,
)
ENTER = named(
    gettext_lazy("Enter the reply of a body outside"),
    gettext_lazy("Word for word, with the letter it is in. It is kept and printed as it stands."),
    gettext_lazy("Enter it for good"),
    grave=True,
)


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW, may=policies.can_give_notice)
def notice_give(request: Request, review: Review) -> HttpResponse:
    """Give a criticised body the passage."""
    form = forms.NoticeForm(
        request.POST or None,
        review=review,
        initial={"finding_number": request.GET.get("finding", "")},
    )

    def act() -> None:
        said = dict(form.cleaned_data)
        body = actions.Body(post=said.pop("post"), agency=said.pop("agency"), name=said.pop("name"))
        actions.give_notice(
            review_id=review.pk, body=body, by=request.user, at=timezone.now(), **said
        )

    return form_page(request, review, form, act, words=GIVE, done=_("Notice is given."))


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW, may=policies.can_enter_reply)
def reply_enter(request: Request, review: Review, row_pk: int) -> HttpResponse:
    """Enter what a body outside replied."""
    notice = get_object_or_404(review.notices, pk=row_pk, body_agency=None)
    form = forms.OutsideReplyForm(request.POST or None)

    def act() -> None:
        actions.enter_reply(
            review_id=review.pk,
            notice_id=notice.pk,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )

    words = ENTER | {"notice": notice}
    return form_page(request, review, form, act, words=words, done=_("The reply is kept."))


@require_http_methods(["GET", "POST"])
@shows(FairNotice, fetch=("body_agency", "from_agency"))
def notice_detail(request: Request, notice: FairNotice) -> HttpResponse:
    """The body reads its passage, that passage alone, and replies."""
    may_reply = policies.can_reply(request.user, notice)
    form = forms.ReplyForm(request.POST or None) if may_reply else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            actions.reply_to_notice(
                notice_id=notice.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your reply is kept as you wrote it."))
            return redirect("reviews:notice_detail", notice.pk)
    context = {
        "notice": notice,
        "marking": notice,
        "replies": notice.replies.select_related("by").order_by("at", "pk"),
        "is_past": notice.due_date < timezone.localdate(),
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "reviews/notice_detail.html", context, status=status)
