"""Servers and settings for a run: real PostgreSQL and Valkey, thrown away afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command

from stack.throwaway import throwaway


@contextmanager
def scene(**environment: str) -> Iterator[None]:
    """The product as it runs, on servers of its own; DEBUG off, migrated, empty."""
    with throwaway() as servers:
        os.environ.update(servers.addresses)
        os.environ.update(
            {
                "DATA_DIR": str(servers.data_dir),
                "AUDIT_SIGNING_KEY": "7e" * 32,
                "SECRET_KEY": "measured-and-thrown-away-" + "x" * 40,
                "BEHIND_TLS": "no",
                "EXAMPLE_MODE": "yes",
                "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
                "LOG_LEVEL": "WARNING",
                "DJANGO_SETTINGS_MODULE": "aar.settings",
                **environment,
            }
        )
        django.setup()
        call_command("prepare", verbosity=0)
        yield
