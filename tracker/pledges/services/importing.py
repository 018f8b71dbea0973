"""Taking pledges over from files: the rows of a run in parts, one event at its end, nobody is notified.

Imported pledges post nothing: their money never passed through this ledger, which stays what happened here.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.accounts import queries as accounts
from tracker.accounts.models import Organisation
from tracker.accounts.names import key_of
from tracker.calendar.now import VIENNA, today
from tracker.database.reference_numbers import next_references
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.imports import runs
from tracker.imports.comparing import Comparer
from tracker.imports.report import Done, Records, Report, Sample
from tracker.imports.runs import CHECKED, CHUNK, Progress, no_progress, part_of_progress
from tracker.jobs import Cancelled
from tracker.pledges.imports import Flow, check, donor_codes
from tracker.pledges.lifecycle import Status
from tracker.pledges.models import Pledge
from tracker.reference.names import all_names
from tracker.rights.actor import Actor

SOURCE = "fts"
Rows = list[tuple[int, dict[str, str]]]


def examine(rows: Rows, *, progress: Progress = no_progress) -> Report:
    """What an import would do, without doing it."""
    report, _new = _sort_out(rows, progress)
    return report


def import_pledges(
    rows: Rows,
    *,
    actor: Actor,
    file_name: str,
    sha256: str,
    progress: Progress = no_progress,
    work_key: str | None = None,
) -> dict[str, Any]:
    """Take over every flow that holds; gives the report as data. Repeating a run changes nothing; one that was stopped
    goes on when it is called with the same `work_key`."""
    run_id = runs.begin("pledges", actor=actor, file_name=file_name, sha256=sha256, work_key=work_key)
    report, new = _sort_out(rows, part_of_progress(progress, 0, CHECKED), run_id)
    new.sort(key=lambda flow: (flow.donor_iso3 or key_of(flow.donor), flow.day, flow.row))
    try:
        written = part_of_progress(progress, CHECKED, 100)
        runs.take_in_parts(new, lambda part: take_pledges(part, run_id=run_id), written)
    except Cancelled:
        end_pledges(run_id, report, actor=actor, status="stopped")
        raise
    end_pledges(run_id, report, actor=actor, status="done")
    return report.as_data(most=None)


@verb(events=0)
def take_pledges(part: Sequence[Flow], *, run_id: int) -> None:
    """Write some flows of a run, but those that are there by now."""
    runs.begin_part(run_id)
    ids = [flow.source_id for flow in part]
    there = set(
        db.session.scalars(sa.select(Pledge.source_id).where(Pledge.source == SOURCE, Pledge.source_id.in_(ids)))
    )
    new = [flow for flow in part if flow.source_id not in there]
    if new:
        _insert(new, _donors(new), run_id)


@verb
def end_pledges(run_id: int, report: Report, *, actor: Actor, status: str) -> None:
    """Close the run, with one event."""
    mine = sa.select(sa.func.count()).where(Pledge.import_run_id == run_id)
    run = runs.end(run_id, report, taken=db.session.scalar(mine) or 0, status=status)
    events.record("pledges.imported", run, actor=actor, rows=report.total, imported=report.counts[Done.IMPORTED])


def _sort_out(rows: Rows, progress: Progress, run_id: int | None = None) -> tuple[Report, list[Flow]]:
    report = Report(findings=list(rows.notes) if isinstance(rows, Records) else [])
    others = Pledge.source == SOURCE, Pledge.import_run_id.is_distinct_from(run_id if run_id is not None else -1)
    standing = db.session.execute(sa.select(Pledge.source, Pledge.source_id, Pledge.source_hash).where(*others))
    comparer = Comparer({(source, id_): content for source, id_, content in standing if source and id_}, report)
    new: list[Flow] = []
    day = today()
    for number, (row, cells) in enumerate(rows):
        if number % CHUNK == 0:
            progress(number, len(rows))
        flow, findings = check(row, cells, day)
        if flow is None:
            report.count(Done.SKIPPED)
            report.findings += findings
            continue
        done = comparer.compare((SOURCE, flow.source_id), flow.hash, flow.row)
        if done is Done.IMPORTED:
            new.append(flow)
            report.findings += findings
            report.show(_sample(flow))
        report.count(done)
    return report, new


def _sample(flow: Flow) -> Sample:
    whose = flow.donor_iso3 or flow.donor
    return Sample(flow.row, flow.source_id, whose, flow.title, flow.amount_minor, flow.currency, [flow.day.isoformat()])


def _donors(new: list[Flow]) -> dict[str, Organisation]:
    """The organisation of each donor by State code or name, however it is written; made where there is none yet."""
    known = accounts.known_organisations()
    names = {flow.donor_iso3 or flow.donor: flow.donor_iso3 or key_of(flow.donor) for flow in new}
    for iso3 in sorted({flow.donor_iso3 for flow in new if flow.donor_iso3} - set(known)):
        known[iso3] = Organisation(kind="state", code=iso3, name=all_names()[iso3].short["en"], state_iso3=iso3)
        db.session.add(known[iso3])
    others = {key: name for name, key in sorted(names.items(), reverse=True) if key not in known}
    taken = set(db.session.scalars(sa.select(Organisation.code)))
    codes = donor_codes(list(others.values()), taken)
    for key, name in sorted(others.items(), key=lambda pair: pair[1]):
        known[key] = Organisation(kind="donor", code=codes[name], name=name)
        db.session.add(known[key])
    db.session.flush()
    return {name: known[key] for name, key in names.items()}


def _insert(new: list[Flow], donors: dict[str, Organisation], run_id: int) -> None:
    groups: dict[tuple[str, int], list[Flow]] = defaultdict(list)
    for flow in new:
        groups[donors[flow.donor_iso3 or flow.donor].code, flow.day.year].append(flow)
    rows: list[dict[str, Any]] = []
    for (code, year), flows in sorted(groups.items()):
        flows.sort(key=lambda flow: (flow.day, flow.row))
        references = next_references("PL", code, year=year, count=len(flows))
        rows += [
            _columns(flow, donors[flow.donor_iso3 or flow.donor].id, reference)
            for flow, reference in zip(flows, references, strict=True)
        ]
    db.session.execute(sa.insert(Pledge), [{**row, "import_run_id": run_id} for row in rows])


def _columns(flow: Flow, organisation_id: int, reference: str) -> dict[str, Any]:
    at = datetime.combine(flow.day, time(12), VIENNA).astimezone(UTC)
    return {
        "reference": reference,
        "organisation_id": organisation_id,
        "status": flow.status.value,
        "title": flow.title,
        "amount_minor": flow.amount_minor,
        "currency": flow.currency,
        "support_rate_bp": 0,
        "offered_at": at,
        "ended_at": at if flow.status is Status.CLOSED else None,
        "origin": "imported",
        "source": SOURCE,
        "source_id": flow.source_id,
        "source_hash": flow.hash,
    }
