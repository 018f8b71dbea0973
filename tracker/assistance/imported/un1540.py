"""The 1540 Committee's summary of requests for assistance (CSV: record_id, date_of_request, state_iso3, text)."""

from collections.abc import Iterator

from tracker.assistance.imported.incoming import Incoming
from tracker.imports.tables import fault_of_extra_cells

COLUMNS = frozenset({"record_id", "date_of_request", "state_iso3", "text"})
DAYS = ("date_of_request",)
_TITLE = 120


def records(rows: list[tuple[int, dict[str, str]]]) -> Iterator[Incoming]:
    """Each line of the summary; its title is the beginning of its text, cut at a word."""
    for number, cells in rows:
        text = cells["text"]
        yield Incoming(
            row=number,
            source="un1540",
            source_id=cells["record_id"].strip(),
            state=cells["state_iso3"],
            title=shortened(text, _TITLE),
            words={"problem": text},
            submitted_on=cells["date_of_request"],
            faults=fault_of_extra_cells(cells),
        )


def shortened(text: str, most: int) -> str:
    """The beginning of a text, cut between words, with an ellipsis when something is left out."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return flat[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
