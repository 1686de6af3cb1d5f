"""Posts: giving, changing and ending those of others, and acting in another of one's own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.actions import postings
from agencies.forms import GivePostForm, PostForm
from agencies.http import Request
from agencies.models import Posting, User
from agencies.policies import keeps_live_posting
from agencies.views._fetched import PERSON, POSTING
from core.errors import RuleBroken
from core.policy import opens, refuse_unless, signed_in


@require_http_methods(["GET", "POST"])
@opens(User, fetch=PERSON)
def posting_give(request: Request, person: User) -> HttpResponse:
    """One more post for a person."""
    refuse_unless(person.pk != request.user.pk)
    form = GivePostForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            postings.give_posting(
                person_id=person.pk, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The post is given. The person takes it up when they wish.")
            )
            return redirect(person)
    return render(
        request,
        "agencies/posting_give.html",
        {"form": form, "person": person},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@opens(Posting, fetch=POSTING, may=keeps_live_posting)
def posting_change(request: Request, posting: Posting) -> HttpResponse:
    """The name, the role and the ground of a post."""
    stands = {
        "post": posting.post,
        "role": posting.role,
        "areas": list(posting.areas.values_list("pk", flat=True)),
    }
    form = PostForm(request.user, request.POST or None, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            postings.change_posting(
                posting_id=posting.pk, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(posting)
    return render(
        request,
        "agencies/posting_change.html",
        {"form": form, "posting": posting},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@opens(Posting, fetch=POSTING, may=keeps_live_posting)
def posting_end(request: Request, posting: Posting) -> HttpResponse:
    """Asks once and says what follows; then the post is held no longer."""
    left = Posting.objects.of(posting.person).exclude(pk=posting.pk)
    acts_in_it = posting.person.posting_id == posting.pk
    if request.method != "POST":
        context = {"posting": posting, "acts_in_it": acts_in_it, "left": left.exists()}
        return render(request, "agencies/posting_end.html", context)
    try:
        postings.end_posting(posting_id=posting.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(posting)
    messages.success(request, _what_followed(posting.person_id, acts_in_it=acts_in_it))
    return _back(request, posting)


def _what_followed(person_id: int, *, acts_in_it: bool) -> str:
    person = User.objects.get(pk=person_id)
    if not person.is_active:
        return _("The post has ended. It was the last one, so the account is closed.")
    if acts_in_it:
        return _("The post has ended. The person is signed out and acts in the post left to them.")
    return _("The post has ended.")


def _back(request: Request, posting: Posting) -> HttpResponse:
    """The person's page, or the list where the person has left this admin's sight."""
    if User.objects.visible_to(request.user).filter(pk=posting.person_id).exists():
        return redirect(posting)
    return redirect("person_list")


@require_safe
@signed_in
def posting_list(request: Request) -> HttpResponse:
    """One's own posts, and which one is acted in."""
    context = {"postings": list(Posting.objects.of(request.user))}
    return render(request, "agencies/posting_list.html", context)


@require_POST
@signed_in
def posting_take(request: Request, pk: int) -> HttpResponse:
    """Act in another of one's own posts. A page left open in the old one can write no more."""
    try:
        posting = postings.take_posting(
            posting_id=pk,
            by=request.user,
            at=timezone.now(),
            session_key=request.session.session_key,
        )
    except Posting.DoesNotExist as error:
        raise Http404 from error
    rotate_token(request)
    messages.success(
        request,
        _("You now act as %(post)s, %(agency)s. Your other sessions have ended.")
        % {"post": posting.post, "agency": posting.agency.label},
    )
    return redirect("home")
