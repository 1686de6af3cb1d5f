"""Long is not enough: what everybody tries first is refused."""

from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import PASSWORD

GUESSED = [
    "password1234",
    "Password1234!",
    "P@ssw0rd1234",
    "qwertyuiop12",
    "123456789012",
    "asdfghjkl;12",
    "aaaaaaaaaaaa",
    "abcdefghijkl",
    "abababababab",
    "pakistan2026",
    "Pakistan@1947",
    "police123456",
    "commander2026!",
    "Balochistan1",
    "afteraction12",
    "1q2w3e4r5t6y",
    "zxcvbnm,./123",
    "welcome20261",
    "admin1234567",
    "police-admin-pakistan",
]
FINE = [
    PASSWORD,
    "correct horse battery staple",
    "correcthorsebatterystaple",
    "seventeen odd green kettles",
    "میری دیوار پر چار پرندے ہیں",
    "zebra-kettle-ninth-lamp",
    "tG7!kq9Zr2@x",
    "gReGrRrnSt_dIN0D",
]


@pytest.mark.parametrize("password", GUESSED)
def test_refuses_what_is_guessed_early(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", FINE)
def test_takes_what_is_not(password):
    validate_password(password)


def test_takes_what_a_machine_draws():
    """The same draws in every run, so that a word found by chance is found in all."""
    for draw in range(1000):
        validate_password(urlsafe_b64encode(sha256(b"%d" % draw).digest()[:12]).decode())


def test_says_what_to_do_instead():
    with pytest.raises(ValidationError, match="four words"):
        validate_password("qwertyuiop12")


def test_looks_at_a_very_long_one_no_longer_than_a_blink():
    validate_password("kettle lamp zebra ninth " * 400)
