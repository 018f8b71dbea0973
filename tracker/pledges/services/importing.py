"""Taking pledges over from files: all rows of a run in one transaction, one event, nobody is notified.

Imported pledges post nothing: their money never passed through this ledger, which stays what happened here.
"""

from collections import defaultdict
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
from tracker.imports.runs import CHECKED, Progress, no_progress, part_of_progress
from tracker.pledges.imports import Flow, check, donor_codes
from tracker.pledges.lifecycle import Status
from tracker.pledges.models import Pledge
from tracker.reference.names import all_names
from tracker.rights.actor import Actor

SOURCE = "fts"
CHUNK = 500
Rows = list[tuple[int, dict[str, str]]]


def examine(rows: Rows, *, progress: Progress = no_progress) -> Report:
    """What an import would do, without doing it."""
    report, _new = _sort_out(rows, progress)
    return report


@verb
def import_pledges(
    rows: Rows, *, actor: Actor, file_name: str, sha256: str, progress: Progress = no_progress
) -> dict[str, Any]:
    """Take over every flow that holds; gives the report as data. Repeating a run changes nothing."""
    run = runs.begin("pledges", actor=actor, file_name=file_name, sha256=sha256)
    report, new = _sort_out(rows, part_of_progress(progress, 0, CHECKED))
    _insert(new, _donors(new), part_of_progress(progress, CHECKED, 100))
    run.counts = dict(report.counts)
    db.session.flush()
    events.record("pledges.imported", run, actor=actor, rows=report.total, imported=report.counts[Done.IMPORTED])
    return report.as_data(most=None)


def _sort_out(rows: Rows, progress: Progress) -> tuple[Report, list[Flow]]:
    report = Report(findings=list(rows.notes) if isinstance(rows, Records) else [])
    standing = db.session.execute(
        sa.select(Pledge.source, Pledge.source_id, Pledge.source_hash).where(Pledge.source == SOURCE)
    )
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


def _insert(new: list[Flow], donors: dict[str, Organisation], progress: Progress) -> None:
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
    for start in range(0, len(rows), CHUNK):
        db.session.execute(sa.insert(Pledge), rows[start : start + CHUNK])
        progress(start, len(rows))


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
