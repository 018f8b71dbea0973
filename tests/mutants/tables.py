"""The mutator of our own: it takes one element out of a row of RULES, TRANSITIONS or the catalogue of notices, and one
unique key out of the database and its metadata."""

import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.mutants.keys import forget, migrate_without, unique_keys
from tests.mutants.mutant import Mutant
from tests.mutants.targets import READERS, TABLES, TESTS_OF_KEYS


@dataclass(frozen=True)
class RowMutant(Mutant):
    """A row that lost one element, in the table that everybody has imported."""

    module: str
    table: str
    key: Any
    element: int

    kind = "table"

    def apply(self, fixtures: Mapping[str, Any]) -> None:
        """Put the shorter row in its place."""
        rows = vars(sys.modules[self.module])[self.table]
        rows[self.key] = shortened(rows[self.key], TABLES[self.table][1])[self.element][1]

    def concerns(self, test: str, entered: Collection[str]) -> bool:
        """A test that has this row read may notice."""
        return f"{READERS[self.table][0]}={self.key}" in entered


@dataclass(frozen=True)
class KeyMutant(Mutant):
    """A unique key that neither the database nor its metadata has."""

    key: str

    kind = "unique key"

    def apply(self, fixtures: Mapping[str, Any]) -> None:
        """Let the tests begin with a database that was migrated without the key."""
        migrate_without(self.key, fixtures["database"], fixtures["base_settings"])
        forget(self.key)

    def concerns(self, test: str, entered: Collection[str]) -> bool:
        """The tests of the keys, and whatever names this one."""
        return test.startswith(TESTS_OF_KEYS) or self.key in test


def mutants() -> Iterator[Mutant]:
    """Every row without each of its elements, in all the tables that are loaded; every key."""
    for module in sorted(name for name in sys.modules if name.startswith("tracker.")):
        for table, (last_name, field) in TABLES.items():
            rows = vars(sys.modules[module]).get(table, {}) if module.endswith(f".{last_name}") else {}
            for key, row in rows.items():
                for n, (element, _) in enumerate(shortened(row, field)):
                    name = f"{module} {table}[{key}] without {getattr(element, '__qualname__', element)}"
                    yield RowMutant(name, module, table, key, n)
    for table, key in unique_keys():
        yield KeyMutant(f"{table.name} without {key.name}", str(key.name))


def shortened(row: Any, field: str | None) -> list[tuple[Any, Any]]:
    """Each element of a row, with the row that is without it."""
    elements = getattr(row, field) if field else row
    left = [(one, type(elements)(other for other in elements if other is not one)) for one in sorted(elements, key=str)]
    return [(one, replace(row, **{field: rest}) if field else rest) for one, rest in left]
