"""The faults that keep a production from starting, as system checks for whoever asks first."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.urls import get_resolver

from aar.production import faults
from core.policy import addresses, policy_of


def production_is_safe(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """An error for each fault; none in example mode, which holds no records."""
    if settings.EXAMPLE_MODE:
        return []
    found = faults(
        secret_key=settings.SECRET_KEY,
        debug=settings.DEBUG,
        allowed_hosts=settings.ALLOWED_HOSTS,
        database=settings.DATABASES["default"],
    )
    return [Error(sentence, id=f"aar.E{number:03}") for number, sentence in enumerate(found, 1)]


def every_view_declares_its_policy(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """An error for each address whose view does not say who may come in."""
    return [
        Error(
            f"{route} declares no policy.",
            hint="Put one of the decorators of core/policy.py directly above the view.",
            id="aar.E100",
        )
        for route, each in addresses(get_resolver().url_patterns)
        if policy_of(each.callback) is None
    ]
