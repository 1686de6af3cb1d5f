"""Every address asks for a sign-in, but for those listed here."""

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

# The whole list of what anyone may open without signing in.
PUBLIC = {"/healthz", "/readyz", "/sign-in/", "/sign-out/", "/language/", "/kit/"}
PUBLIC |= {"/verify/", "/verify/<str:number>/<str:digest>/", "/public/", "/public/feed.atom"}
# Public as well, but each opens by a secret in its address; without it there is nothing.
BY_SECRET = {"/password/1/word/"}
# Where a stranger is sent; the second sends them on to the first.
DOORS = ("/sign-in/", "/reference/login/")
SAMPLES = {"pk": "1", "int": "1", "str": "word", "slug": "word", "uuid": "0" * 32}


def addresses(resolver=None, prefix="/"):
    for pattern in (resolver or get_resolver(settings.ROOT_URLCONF)).url_patterns:
        path = prefix + _plain(pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, path)
        elif isinstance(pattern, URLPattern):
            yield path


def _plain(pattern):
    text = str(pattern.pattern)
    if hasattr(pattern.pattern, "converters"):
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            for written in (f"<{kind}:{name}>", f"<{name}>"):
                text = text.replace(written, _sample(name, kind))
    return text


def _sample(name, kind):
    if name == "letter":
        return "B"
    return SAMPLES.get(kind, SAMPLES["str"])


OURS = sorted({path for path in addresses() if "(?P" not in path and "^" not in path})


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in OURS if path not in PUBLIC | BY_SECRET])
def test_shows_nothing_to_a_stranger(client, path):
    answer = client.get(path)

    sent_away = answer.status_code == 302 and answer["location"].startswith(DOORS)
    refused = answer.status_code in {401, 403, 404, 405}
    assert sent_away or refused, f"{path} answers {answer.status_code}"


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(PUBLIC))
def test_opens_the_public_pages_that_are_listed_and_no_more(client, path):
    assert path in OURS
    assert client.get(path).status_code in {200, 302, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(BY_SECRET))
def test_opens_nothing_without_the_secret_of_the_address(client, path):
    assert path in OURS
    assert client.get(path).status_code == client.post(path).status_code == 404
