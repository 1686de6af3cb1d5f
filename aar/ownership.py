"""Two roles in the database: the owner, who migrates, and the product, whom the locks bind."""

from collections.abc import Iterator
from contextlib import contextmanager

import dj_database_url
from django.apps import apps
from django.conf import settings
from django.db import connection

# Rooms whose tables the product may add to and never alter.
APPEND_ONLY = ("audit",)
# Written by the owner alone.
OWNERS = ("django_migrations",)


@contextmanager
def as_owner() -> Iterator[None]:
    """The connection signs in as the owner of the tables, where the settings name one."""
    with signed_in_at(settings.DATABASE_OWNER_URL):
        yield


@contextmanager
def signed_in_at(address: str) -> Iterator[None]:
    """The connection signs in at another address, or stays where it is when there is none."""
    if not address:
        yield
        return
    product = connection.settings_dict
    connection.close()
    connection.settings_dict = product | dj_database_url.parse(address)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = product


def let_product_in(role: str) -> None:
    """Give the product what it needs of the tables and no more: no DDL, and no eraser."""
    name = connection.ops.quote_name(role)
    sealed = [
        model._meta.db_table
        for app in APPEND_ONLY
        for model in apps.get_app_config(app).get_models()
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        for table in sealed:
            cursor.execute(
                f"REVOKE UPDATE, DELETE ON {connection.ops.quote_name(table)} FROM {name}"
            )
        for table in OWNERS:
            cursor.execute(
                f"REVOKE INSERT, UPDATE, DELETE ON {connection.ops.quote_name(table)} FROM {name}"
            )
