"""Every view says who may come in, and nothing is open that is not listed here."""

import re
from collections import Counter

import pytest
from django.core.checks import run_checks
from django.http import HttpResponse
from django.urls import get_resolver, path
from rest_framework.permissions import IsAuthenticated
from rest_framework.routers import DefaultRouter

from core.policy import SIGNED_IN, addresses, policy_of, signed_in
from places.api.views import AreaViewSet
from tests.architecture.sources import ROOMS, functions, python_files

# The whole list of what opens without a sign-in, by the names of the addresses. One opens by a
# secret in its address, and those of another house's door by what that house signed.
PUBLIC = {
    *("healthz", "readyz", "kit", "set_language"),
    *("sign_in", "sign_in_factor", "sign_out", "password_set"),
    *("verify", "verify_code", "certificate"),
    *("public_list", "public_detail", "public_pdf", "feed", "stop"),
    *("openid_connect_login", "openid_connect_callback"),
    *("saml_login", "saml_acs", "saml_finish_acs", "saml_sls", "saml_metadata"),
}


def bare(request):
    return HttpResponse("anything")


@signed_in
def declared(request):
    return HttpResponse("anything")


class Silent(AreaViewSet):
    """Says nothing for itself; what its parent says does not count."""


router = DefaultRouter()
router.register("silent", Silent, basename="silent")
urlpatterns = [path("bare/", bare), path("declared/", declared), *router.urls]


class TestTheProduct:
    def test_declares_a_policy_on_every_view(self):
        found = [(route, policy_of(each.callback)) for route, each in every_address()]

        assert len(found) > 200
        assert [route for route, policy in found if policy is None] == []

    def test_opens_without_a_sign_in_what_is_listed_and_no_more(self):
        public = {each.name for _route, each in every_address() if is_public(each)}

        assert public == PUBLIC
        assert len(public) == 23

    def test_asks_for_a_sign_in_wherever_it_says_so(self):
        """What the declaration says and what the door does are one."""
        for route, each in every_address():
            asks = getattr(each.callback, "login_required", True)
            if api := getattr(each.callback, "cls", None):  # asks for itself, and answers 401
                asks = IsAuthenticated in api.permission_classes
            assert asks != is_public(each), route


class TestTheCheck:
    def test_finds_nothing_in_the_product(self):
        assert of_policies() == []

    @pytest.mark.urls("tests.architecture.test_policies")
    def test_names_each_view_that_declares_none(self):
        routes = [message.msg.split()[0] for message in of_policies()]

        assert "/bare/" in routes
        assert any("silent" in route for route in routes)
        assert "/declared/" not in routes

    def test_takes_what_a_view_says_through_what_wraps_it(self):
        assert policy_of(declared) == SIGNED_IN


class TestTheQuestions:
    def test_are_each_asked_by_something(self):
        """A policy that nobody asks looks like a wall and is none."""
        named = Counter(
            word for path in python_files() for word in re.findall(r"\w+", path.read_text())
        )
        questions = [
            each.name
            for path in python_files(*ROOMS)
            if path.name == "policies.py"
            for each in functions(path)
        ]

        assert len(questions) > 50
        assert [name for name in questions if named[name] < 2] == []


def every_address():
    return list(addresses(get_resolver().url_patterns))


def is_public(pattern):
    policy = policy_of(pattern.callback)
    return policy is not None and policy.is_public


def of_policies():
    return [message for message in run_checks() if message.id == "aar.E100"]
