"""Settings for tests: the product's own, on the servers that the test run started."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 50)
os.environ.setdefault("DATABASE_URL", "postgresql://unset@127.0.0.1:1/unset")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
os.environ.setdefault("BEHIND_TLS", "no")
os.environ.setdefault("EXAMPLE_MODE", "yes")
os.environ.setdefault("OIDC_ISSUER", "https://oidc.example")
os.environ.setdefault("SAML_ISSUER", "https://saml.example")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")

from aar.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]  # noqa: F405
# WhiteNoise warns of a folder that is not there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
