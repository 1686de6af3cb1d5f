"""A database is brought up to date, or refused with a sentence where no way leads to now."""

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def bring_up_to_date() -> None:
    """Migrate where something waits: the command takes seconds to find that nothing does.

    Raises CommandError for a database that stopped in the middle of what `replaces` sums up: those
    steps are no longer here to be finished.
    """
    executor = MigrationExecutor(connection)
    done = executor.recorder.applied_migrations()
    for made_anew in executor.loader.replacements.values():
        if len({step in done for step in made_anew.replaces}) > 1:
            raise CommandError(
                "This database was made by an unreleased version that is too old to be brought up"
                " to date. Keep it, and start with another: make run DATA_DIR=another-folder"
            )
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
