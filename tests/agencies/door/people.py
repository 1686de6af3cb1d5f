"""Signing in as people do, by the pages; and the codes that their apps show."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.utils import timezone

from agencies.actions.signing import set_up_totp
from tests.factories import PASSWORD

SIGN_IN = "/sign-in/"
FACTOR = "/sign-in/factor/"
AGAIN = "/sign-in/again/"


def with_app(person):
    """Give the person an authenticator app; its secret."""
    secret = generate_totp_secret()
    codes = set_up_totp(user=person, secret=secret, at=timezone.now())
    return secret, codes


def code_of(secret, *, steps=0):
    """What the app shows now, or some half-minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def wrong_code(secret):
    """Six digits that the app shows neither now nor just before or after."""
    near = {code_of(secret, steps=step) for step in range(-2, 3)}
    return next(each for number in range(9) if (each := f"{number}" * 6) not in near)


def type_password(client, email, password=PASSWORD, **more):
    """The first step."""
    return client.post(SIGN_IN, {"username": email, "password": password, **more})


def come_in(client, person, secret=None, **more):
    """Both steps, where there are two."""
    answer = type_password(client, person.email, **more)
    if secret:
        answer = client.post(FACTOR, {"code": code_of(secret)})
    return answer


def is_in(client):
    """Whether the session opens the lessons."""
    return client.get("/lessons/").status_code == 200
