"""The link by which a person sets a password: for the first time, or because it was forgotten."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils import timezone

from agencies.models import User


class PasswordLinks(PasswordResetTokenGenerator):
    """Tokens good for this purpose only, once, for some hours, and only the newest of a person."""

    key_salt = "agencies.tokens.PasswordLinks"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        """Django's own parts (number, password, last sign-in, e-mail), and which link it was."""
        which = user.link_made_at.timestamp() if user.link_made_at else ""
        return f"{super()._make_hash_value(user, timestamp)}{which}"

    def check_token(self, user: AbstractBaseUser | None, token: str | None) -> bool:
        """Whether the link opens anything now."""
        if not isinstance(user, User) or not user.is_active or user.link_made_at is None:
            return False
        if timezone.now() - user.link_made_at > timedelta(seconds=settings.PASSWORD_LINK_AGE):
            return False
        return super().check_token(user, token)


password_links = PasswordLinks()


def hours_open() -> int:
    """For how many hours a new link opens."""
    return int(settings.PASSWORD_LINK_AGE) // 3600
