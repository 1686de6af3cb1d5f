"""People: the list, the page of one, adding, changing, closing and reopening."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.actions import accounts
from agencies.forms import AddPersonForm, PersonForm
from agencies.http import Request
from agencies.models import User
from agencies.policies import keeps_account, keeps_groups, keeps_people
from agencies.selectors import people as selectors
from agencies.views._fetched import PERSON
from core.errors import RuleBroken
from core.keyset import BadCursor
from core.policy import asks, opens


@require_safe
@asks(keeps_people, hides=True)
def person_list(request: Request) -> HttpResponse:
    """Everybody for a system admin, the agency's own for its admin."""
    show = request.GET.get("show", "open")
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    if show not in selectors.SHOWS:
        raise Http404
    try:
        page = selectors.people_page(
            request.user, show=show, words=words, cursor=request.GET.get("cursor", "")
        )
    except BadCursor as error:
        raise Http404 from error
    said = {"show": show, "q": words}
    context = {
        "page": page,
        "show": show,
        "words": words,
        "newer": f"?{urlencode(said | {'cursor': page.newer})}" if page.newer else "",
        "older": f"?{urlencode(said | {'cursor': page.older})}" if page.older else "",
        "keeps_groups": keeps_groups(request.user),
    }
    return render(request, "agencies/person_list.html", context)


@require_safe
@opens(User, fetch=PERSON)
def person_detail(request: Request, person: User) -> HttpResponse:
    """Who it is, what they are cleared to, and which posts they hold and held."""
    postings = list(selectors.postings_shown(request.user, person))
    context = {
        "person": person,
        "live": [each for each in postings if each.ended_at is None],
        "ended": [each for each in postings if each.ended_at is not None],
        "may": selectors.keeping(request.user, person),
    }
    return render(request, "agencies/person_detail.html", context)


@require_http_methods(["GET", "POST"])
@asks(keeps_people, hides=True)
def person_add(request: Request) -> HttpResponse:
    """A new person with a first post; the way in is a link, made on the person's page."""
    form = AddPersonForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = accounts.add_person(**form.cleaned_data, by=request.user, at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("The person is added. Now make a link and hand it over: it is the way in."),
            )
            return redirect(person)
    return render(
        request, "agencies/person_add.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@opens(User, fetch=PERSON, may=keeps_account)
def person_change(request: Request, person: User) -> HttpResponse:
    """The name and the clearance."""
    stands = {"name": person.name, "clearance": person.clearance}
    form = PersonForm(request.user, request.POST or None, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_person(
                person_id=person.pk, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(person)
    return render(
        request,
        "agencies/person_change.html",
        {"form": form, "person": person},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@opens(User, fetch=PERSON, may=keeps_account)
def account_close(request: Request, person: User) -> HttpResponse:
    """Asks once, then the person is out everywhere."""
    if request.method != "POST":
        return render(request, "agencies/account_close.html", {"person": person})
    try:
        accounts.close_account(person_id=person.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The account is closed and every session has ended."))
    return redirect(person)


@require_POST
@opens(User, fetch=PERSON)
def account_reopen(request: Request, person: User) -> HttpResponse:
    """The person may sign in again."""
    try:
        accounts.reopen_account(person_id=person.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The account is open again, with the password of before."))
    return redirect(person)
