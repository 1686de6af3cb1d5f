"""Signing in and out."""

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agencies.actions import people
from agencies.forms import SignInForm
from agencies.models import User


class SignIn(LoginView):
    """The sign-in page; each try is recorded."""

    template_name = "agencies/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        people.record_sign_in(user=form.get_user(), at=timezone.now())
        return response

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        people.record_failed_sign_in(email=form.data.get("username", ""), at=timezone.now())
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SignOut(LogoutView):
    """Ends the session."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            people.record_sign_out(user=request.user, at=timezone.now())
        return super().post(request, *args, **kwargs)
