"""While a review is written: forms half typed, who is where, earlier wording."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from agencies.http import Request, shows
from core.errors import RuleBroken
from core.policy import opens, refuse_unless
from reviews import actions, policies, selectors
from reviews.choices import WRITTEN_LETTERS, Letter
from reviews.models import Review
from reviews.views import drafts
from reviews.views.hot import address_of
from reviews.views.pages import REVIEW, base_context


@require_POST
@opens(Review, may=policies.is_on_team)
def draft_keep(request: Request, review: Review) -> HttpResponse:
    """Keep the form of a line while it is typed; it is added or changed when its writer says so."""
    address = request.POST.get("form", "")
    found = drafts.kind_of_page(address, review)
    if found is None:
        raise Http404
    kind, by, at = found[0], request.user, timezone.now()
    page = drafts.page_of(request.POST)
    actions.be_present(review_id=review.pk, letter=kind.letter, by=by, at=at)
    is_blank = kind.form(request.POST, review=review).is_blank
    if is_blank or drafts.is_added(kind, review, request.POST):
        actions.drop_draft(review_id=review.pk, form=address, page=page, by=by)
        return _kept(request, "")
    fields = drafts.typed_in(request.POST)
    try:
        actions.keep_draft(
            review_id=review.pk, form=address, page=page, fields=fields, by=by, at=at
        )
    except RuleBroken as refusal:
        return _kept(request, str(refusal))
    answer = _kept(request, "", is_kept=True)
    if "recovered" in request.POST:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@opens(Review, may=policies.is_on_team)
def draft_drop(request: Request, review: Review) -> HttpResponse:
    """The person does not want what they had typed; the page stands as it is saved."""
    address = request.POST.get("form", "")
    ours = {selectors.section_url(review, letter) for letter in WRITTEN_LETTERS}
    ours.add(address_of(review))
    if address not in ours and drafts.kind_of_page(address, review) is None:
        raise Http404
    page = drafts.page_of(request.POST)
    actions.drop_draft(review_id=review.pk, form=address, page=page, by=request.user)
    return redirect(address)


@require_POST
@opens(Review, may=policies.is_on_team)
def presence(request: Request, review: Review, letter: str) -> HttpResponse:
    """The person is here; who else is in the section."""
    if letter not in Letter.values:
        raise Http404
    at = timezone.now()
    actions.be_present(review_id=review.pk, letter=letter, by=request.user, at=at)
    context = {"others": here(request, review, letter)}
    return render(request, "reviews/_here.html", context)


@require_GET
@opens(Review, may=policies.is_on_team)
def present(request: Request, review: Review) -> HttpResponse:
    """Who is in which section, for the list of sections."""
    context = {
        "review": review,
        "others": selectors.others_in(review, request.user, timezone.now()),
    }
    return render(request, "reviews/_present.html", context)


@require_GET
@shows(Review, **REVIEW)
def section_earlier(request: Request, review: Review, letter: str) -> HttpResponse:
    """What a section said before, for those who write it."""
    refuse_unless(policies.is_on_team(request.user, review), hides=True)
    if letter not in WRITTEN_LETTERS:
        raise Http404
    section = review.sections.get(letter=letter)
    context = {
        **base_context(review, here=letter),
        "wordings": selectors.earlier_wordings(section, review),
        "section_url": selectors.section_url(review, letter),
    }
    return render(request, "reviews/section_earlier.html", context)


def here(request: Request, review: Review, letter: str) -> list[selectors.Somebody]:
    """Who else is in this section."""
    others = selectors.others_in(review, request.user, timezone.now())
    return [each for each in others if each.letter == letter]


def _kept(request: Request, refusal: str, *, is_kept: bool = False) -> HttpResponse:
    context = {"at": timezone.now() if is_kept else None, "refusal": refusal}
    return render(request, "reviews/_kept.html", context)
