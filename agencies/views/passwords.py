"""The link by which a person sets a password: made by an admin, opened by the person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agencies.actions import links
from agencies.forms import NewPasswordForm
from agencies.freshness import before_factor
from agencies.http import Request
from agencies.models import User
from agencies.tokens import hours_open, password_links
from agencies.views._fetched import PERSON
from core.errors import RuleBroken
from core.policy import opens, public


@require_POST
@never_cache
@opens(User, fetch=PERSON)
def link_make(request: Request, person: User) -> HttpResponse:
    """Makes a link and shows it, this once; loading the page again makes another."""
    try:
        token = links.make_password_link(person_id=person.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(person)
    link = request.build_absolute_uri(reverse("password_set", args=[person.pk, token]))
    context = {"person": person, "link": link, "hours": hours_open()}
    return render(request, "agencies/link_made.html", context)


@before_factor
@never_cache
@require_http_methods(["GET", "POST"])
@public
def password_set(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Sets a password. Whatever is wrong with a link, the answer is the same."""
    person = User.objects.filter(pk=pk).first()
    if person is None or not password_links.check_token(person, token):
        return _spent(request)
    form = NewPasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            links.set_password(
                person_id=pk, token=token, password=form.cleaned_data["first"], at=timezone.now()
            )
        except links.LinkSpent:
            return _spent(request)
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("sign_in")
    return render(
        request,
        "agencies/password_set.html",
        {"form": form, "person": person},
        status=422 if form.errors else 200,
    )


def _spent(request: HttpRequest) -> HttpResponse:
    return render(request, "agencies/link_spent.html", {"hours": hours_open()}, status=404)
