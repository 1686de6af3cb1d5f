"""Settings for tests: the product's own, on the servers that the test run started."""

import os

# A browser test leaves the loop of its driver in the thread; the tests after it use the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")

os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 50)
os.environ.setdefault("AUDIT_SIGNING_KEY", "7e" * 32)
os.environ.setdefault("DATABASE_URL", "postgresql://unset@127.0.0.1:1/unset")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
os.environ.setdefault("BEHIND_TLS", "no")
os.environ.setdefault("EXAMPLE_MODE", "yes")
os.environ.setdefault("OIDC_ISSUER", "https://oidc.example")
os.environ.setdefault("SAML_ISSUER", "https://saml.example")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")

import dj_database_url

from aar.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]  # noqa: F405
# WhiteNoise warns of a folder that is not there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
# Test code looks past row-level security at what is stored; what it does, it does as the product.
LOCK_ROLE = "aar"
DATABASE_OWNER_URL = ""
if "DATABASE_TESTS_URL" in os.environ:
    DATABASES["default"] |= dj_database_url.parse(os.environ["DATABASE_TESTS_URL"])  # noqa: F405
