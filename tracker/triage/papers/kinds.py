"""Which papers stand outside requests, who of the office keeps each kind, how their content goes, and under which
events removals are told."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.assistance.models import Erasure
from tracker.files import services as files
from tracker.files.models import File
from tracker.imports.services import forget_content
from tracker.languages.marking import N_
from tracker.rights.actor import IMPORTERS, Actor
from tracker.rights.rules import Facts


@dataclass(frozen=True, slots=True)
class PaperKind:
    """Papers that belong to rows of one kind: `keepers` are the roles that may remove their content, `event` is what
    the names of its events begin with. `stays` (a message id) says what stays beside name, hash and reason."""

    keepers: tuple[str, ...]
    event: str
    forget: Callable[[File], None] = files.erase
    stays: str = ""


KINDS = {
    "pledge": PaperKind(("programme_manager", "finance_officer"), "pledges.agreement"),
    "account_request": PaperKind(("administrator",), "accounts.account_note"),
    "role_proposal": PaperKind(("administrator",), "accounts.role_note"),
    "job": PaperKind(
        IMPORTERS,
        "imports.source",
        forget_content,
        N_("What was taken over from it stays; whoever imported it can undo that on the page of the import."),
    ),
}
"""By what the row that the file belongs to is called."""

KEEPERS = tuple(sorted({role for kind in KINDS.values() for role in kind.keepers}))
"""Everybody who keeps papers of some kind."""


@dataclass(frozen=True, slots=True)
class PaperFacts(Facts):
    """What rules ask of a paper: of which kind it is, whether its content is there, and who proposed its removal."""

    kind: str
    is_there: bool
    proposed_by: int | None

    @classmethod
    def of(cls, kind: str | None, *, is_there: bool, waits: Erasure | None) -> "PaperFacts":
        """The facts of a file that belongs to a row of `kind`."""
        return cls(kind or "", is_there, waits.proposed_by_id if waits is not None else None)


def keeps(actor: Actor, kind: str) -> bool:
    """Whether the actor keeps papers of this kind."""
    return kind in KINDS and actor.has(*KINDS[kind].keepers)
