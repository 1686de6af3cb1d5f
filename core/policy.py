"""What a view asks of whoever calls it: declared on the view, and asked before the view runs.

    @require_http_methods(["GET", "POST"])
    @opens(Incident, may=policies.can_change_incident)
    def incident_change(request, incident): ...

The product does not start with a view that declares nothing (`aar.checks`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial, update_wrapper, wraps
from typing import Any, Protocol, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, URLResolver

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Patterns = Iterable[URLPattern | URLResolver]


class Decorator(Protocol):
    """Gives back a view of the same type."""

    def __call__(self, view: View, /) -> View: ...


@dataclass(frozen=True)
class Policy:
    """Who may come in, in words; enforced by the decorator that declares it."""

    words: str
    is_public: bool = False


PUBLIC = Policy("anyone, signed in or not", is_public=True)
SIGNED_IN = Policy("whoever has signed in: their own affairs, or what is the same for everybody")


def public(view: View) -> View:
    """Opens without a sign-in. All of these are listed in tests/architecture/test_policies.py."""
    return under(PUBLIC, login_not_required(view))


def signed_in(view: View) -> View:
    """The person's own affairs, or reference that is the same for everybody."""
    return under(SIGNED_IN, view)


def lists(*models: type[Model]) -> Decorator:
    """A page of many rows, or a viewset's `policy = rows_visible(Model)`."""
    policy = rows_visible(*models)

    def decorate(view: View) -> View:
        return under(policy, view)

    return decorate


def rows_visible(*models: type[Model]) -> Policy:
    """Whoever has signed in; every row comes by `visible_to` of these models."""
    return Policy(f"signed in; rows visible to them: {_names(models)}")


def asks(right: Callable[[Any], bool], *, hides: bool = False) -> Decorator:
    """A right of the person alone: `right(user)`. Refused with 403; with 404 where it `hides`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refuse_unless(right(request.user), hides=hides)
            return view(request, *args, **kwargs)

        return under(right_alone(right), asked)  # type: ignore[return-value]

    return decorate


def right_alone(right: Callable[[Any], bool]) -> Policy:
    """For a viewset that asks it in `initial`."""
    return Policy(f"signed in; {right.__name__}")


def opens(
    model: type[Model],
    *,
    by: str = "pk",
    within: Mapping[str, str] | None = None,
    fetch: Iterable[str] = (),
    may: Callable[[Any, Any], bool] | None = None,
    hides: bool = False,
) -> Decorator:
    """One record: the view is given it instead of the number `by` of its address.

    Unseen and absent answer 404 alike. `within` names fields that other numbers of the address must
    equal: `{"incident_id": "pk"}`; they are not given to the view. `may(user, record)` is asked
    then: 403, or 404 where it `hides`.
    """
    words = f"signed in; {_names([model])} visible to them"

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            place = {field: kwargs.pop(name) for field, name in (within or {}).items()}
            rows = model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
            if fetch:  # named none, Django would follow every key
                rows = rows.select_related(*fetch)
            found = get_object_or_404(rows, pk=kwargs.pop(by), **place)
            refuse_unless(may is None or may(request.user, found), hides=hides)
            return view(request, found, *args, **kwargs)

        policy = Policy(f"{words}; {may.__name__}" if may else words)
        return under(policy, opened)  # type: ignore[return-value]

    return decorate


def refuse_unless(allowed: bool, *, hides: bool = False) -> None:
    """Raises PermissionDenied, or Http404 where even that would tell."""
    if not allowed:
        raise Http404 if hides else PermissionDenied


def under(policy: Policy, view: View) -> View:
    """A view of somebody else's making, or one that a decorator here has wrapped."""
    view.policy = policy  # type: ignore[attr-defined]
    return view


def all_under(policy: Policy, patterns: Patterns) -> None:
    """Every address of a package that keeps its own door."""
    for _route, each in addresses(patterns):
        # Of its own for each address: a method that serves several cannot carry a mark.
        own: Any = update_wrapper(partial(each.callback), each.callback)
        own.login_required = not policy.is_public
        each.callback = under(policy, own)


def policy_of(callback: Any) -> Policy | None:
    """What the view of an address declares; a class declares for itself and not by its parent."""
    made_of = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    declared = getattr(callback, "policy", None) or vars(made_of or object).get("policy")
    return declared if isinstance(declared, Policy) else None


def addresses(patterns: Patterns, prefix: str = "/") -> Iterable[tuple[str, URLPattern]]:
    """Every route below these, whole."""
    for each in patterns:
        route = f"{prefix}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route)
        else:
            yield route, each


def _names(models: Iterable[type[Model]]) -> str:
    return ", ".join(str(each._meta.verbose_name) for each in models) or "none"
