"""What each answer tells the browser, and what it never lets it keep."""

import importlib
import sys

import pytest
from django.conf import settings as product

from tests.factories import UserFactory

PAGES = ["/sign-in/", "/", "/lessons/", "/account/", "/sessions/", "/api/lessons/"]


@pytest.mark.parametrize("path", PAGES)
class TestHeaders:
    @pytest.fixture
    def answer(self, client, db, path):
        if path != "/sign-in/":
            client.force_login(UserFactory.create())
        answer = client.get(path)
        assert answer.status_code == 200
        return answer

    def test_allow_no_inline_code_and_no_other_house(self, answer, path):
        policy = answer["content-security-policy"]

        assert "unsafe-" not in policy
        assert "*" not in policy
        assert "http" not in policy
        for part in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert part in policy

    def test_keep_nothing_on_a_shared_pc(self, answer, path):
        assert answer["cache-control"] == "no-store, private"

    def test_shut_the_browsers_doors(self, answer, path):
        assert answer["x-content-type-options"] == "nosniff"
        assert answer["cross-origin-opener-policy"] == "same-origin"
        assert answer["cross-origin-resource-policy"] == "same-origin"
        assert answer["referrer-policy"] == "same-origin"
        assert answer["x-frame-options"] == "DENY"
        assert "camera=()" in answer["permissions-policy"]
        assert "publickey-credentials-get=(self)" in answer["permissions-policy"]


class TestBehindTls:
    @pytest.fixture
    def of_the_door(self, monkeypatch):
        monkeypatch.setenv("BEHIND_TLS", "yes")
        name = "aar.settings_sign_in"
        before = sys.modules.pop(name)
        yield importlib.import_module(name)
        sys.modules[name] = before

    def test_every_cookie_is_bound_to_this_host(self, of_the_door):
        names = {name for name in vars(of_the_door) if name.endswith("COOKIE_NAME")}

        assert names == {
            "SESSION_COOKIE_NAME",
            "CSRF_COOKIE_NAME",
            "LANGUAGE_COOKIE_NAME",
            "DEVICE_COOKIE_NAME",
        }
        assert all(getattr(of_the_door, name).startswith("__Host-") for name in names)
        assert of_the_door.SESSION_COOKIE_SECURE
        assert of_the_door.CSRF_COOKIE_SECURE
        assert of_the_door.LANGUAGE_COOKIE_SECURE

    def test_browsers_are_told_to_come_by_tls_only(self, of_the_door):
        assert of_the_door.SECURE_SSL_REDIRECT
        assert of_the_door.SECURE_HSTS_SECONDS >= 60 * 60 * 24 * 365

    def test_no_domain_or_path_breaks_the_binding(self):
        assert product.SESSION_COOKIE_DOMAIN is None
        assert product.CSRF_COOKIE_DOMAIN is None
        assert product.SESSION_COOKIE_PATH == product.CSRF_COOKIE_PATH == "/"
