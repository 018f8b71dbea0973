"""What a check of the ledger says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that is not what the rest of the ledger says."""

    table: str
    row: str
    problem: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.problem}"
