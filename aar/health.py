"""For the machines that watch: is the process alive, can it serve."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

from core.policy import public


@never_cache
@require_safe
@public
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
@public
def readyz(_request: HttpRequest) -> JsonResponse:
    """The database answers, and the broker. Without the broker pages still serve: it only rings."""
    database, broker = _database_answers(), _broker_answers()
    return JsonResponse({"database": database, "broker": broker}, status=200 if database else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    # Celery and the Redis client write the address of a socket in two ways.
    address = settings.REDIS_URL.replace("redis+socket://", "unix://").replace("virtual_host", "db")
    try:
        with Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1) as broker:
            return bool(broker.ping())
    except (RedisError, ValueError):
        return False
