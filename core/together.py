"""Many operations of a migration as one step.

Django works out the state of all models anew after each operation that changes one; on a table that
much hangs from, a hundred of them take half a minute. Here the state is worked out once before and
once after, and each operation runs between these two. That holds for whatever adds to what is
there; an operation that needs another of the same step to be in the state but not yet in the
tables does not belong in here.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """`Together([AddField(…), AddConstraint(…)])`, in the order given; backwards in the other."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        """Whether each of them can be taken back."""
        return all(each.reversible for each in self.operations)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """As the migration writes it."""
        return self.__class__.__name__, [self.operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """All changes, then the models once."""
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Each between the state before all and the state after all."""
        for each in self.operations:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The last one first."""
        for each in reversed(self.operations):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """A line for whoever reads the plan."""
        return f"{len(self.operations)} operations as one step"
