"""Taking requests over from files: the rows of a run in parts, one event at its end, nobody is notified."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.accounts.models import Organisation
from tracker.assistance import index as search_index
from tracker.assistance.imported.checking import ImportableRecord, ReferenceData, check
from tracker.assistance.imported.incoming import Incoming
from tracker.assistance.lifecycle import REFERENCE_PREFIX, Kind, Status
from tracker.assistance.models import AssistanceRequest, Beneficiary, RequestArea
from tracker.calendar.now import VIENNA, now, today
from tracker.database.reference_numbers import next_references
from tracker.database.transactions import delete_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.imports import runs
from tracker.imports.comparing import Comparer
from tracker.imports.report import Done, Records, Report, Sample
from tracker.imports.runs import CHECKED, CHUNK, Progress, no_progress, part_of_progress
from tracker.jobs import Cancelled
from tracker.money import FUND_CURRENCY, to_usd
from tracker.reference.lifecycle import in_force_or_nearest
from tracker.reference.models import Area, ExchangeRate, Session
from tracker.reference.names import all_names
from tracker.reference.queries import rate_histories
from tracker.rights.actor import Actor
from tracker.search import forget_text

R = AssistanceRequest
PARTS: tuple[Any, ...] = (RequestArea, Beneficiary)
Rates = Mapping[str, Sequence[ExchangeRate]]


def known(*, invented: bool = False) -> ReferenceData:
    """What rows are checked against, read once for a run."""
    areas = db.session.execute(sa.select(Area.code, Area.iati_sector).where(Area.ended_on.is_(None))).all()
    # A sector that several areas share says too little to choose one of them.
    by_sector: dict[str, set[str]] = defaultdict(set)
    for code, sector in areas:
        if sector:
            by_sector[sector].add(code)
    return ReferenceData(
        areas=frozenset(code for code, _sector in areas),
        sectors={sector: codes.pop() for sector, codes in by_sector.items() if len(codes) == 1},
        sessions={row.code: row.id for row in db.session.execute(sa.select(Session.code, Session.id))},
        today=today(),
        invented=invented,
    )


def examine(records: list[Incoming], *, invented: bool = False, progress: Progress = no_progress) -> Report:
    """What an import would do, without doing it (`--dry-run`, and the preview on the page)."""
    report, _new = _sort_out(records, known(invented=invented), progress)
    return report


def import_requests(
    records: list[Incoming],
    *,
    actor: Actor,
    file_name: str,
    sha256: str,
    progress: Progress = no_progress,
    work_key: str | None = None,
) -> dict[str, Any]:
    """Take over every row that holds; gives the report as data.

    Rows land as submitted, dated as in the source, with references of that year. A run that is repeated
    changes nothing: a row is known by its source and id, and compared by its content. One that was stopped goes on
    when it is called with the same `work_key`.
    """
    run_id = runs.begin("requests", actor=actor, file_name=file_name, sha256=sha256, work_key=work_key)
    report, new = _sort_out(records, known(), part_of_progress(progress, 0, CHECKED), run_id)
    new.sort(key=lambda taken: (taken.values["kind"], taken.iso3, _dated(taken), taken.row))
    try:
        written = part_of_progress(progress, CHECKED, 100)
        runs.take_in_parts(new, lambda part: take_requests(part, run_id=run_id), written)
    except Cancelled:
        end_requests(run_id, report, actor=actor, status="stopped")
        raise
    end_requests(run_id, report, actor=actor, status="done")
    return report.as_data(most=None)


@verb(events=0)
def take_requests(part: Sequence[ImportableRecord], *, run_id: int) -> None:
    """Write some rows of a run, but those that are there by now."""
    runs.begin_part(run_id)
    there = _keys_of_sources({taken.values["source"] for taken in part}, [taken.values["source_id"] for taken in part])
    new = [taken for taken in part if (taken.values["source"], taken.values["source_id"]) not in there]
    if new:
        organisations = _organisations({taken.iso3 for taken in new})
        _insert(new, organisations, _references(new), rate_histories(), run_id)


def _keys_of_sources(sources: set[str], ids: list[str]) -> set[tuple[str | None, str | None]]:
    found = sa.select(R.source, R.source_id).where(R.source.in_(sources), R.source_id.in_(ids))
    return {(row.source, row.source_id) for row in db.session.execute(found)}


@verb
def end_requests(run_id: int, report: Report, *, actor: Actor, status: str) -> None:
    """Close the run: one event, which stands in the history of each of its requests."""
    mine = sa.select(AssistanceRequest.id).where(AssistanceRequest.import_run_id == run_id)
    ids = list(db.session.scalars(mine))
    run = runs.end(run_id, report, taken=len(ids), status=status)
    about = (AssistanceRequest, ids)
    events.record("assistance.imported", run, actor=actor, also_about=about, rows=report.total, imported=len(ids))


def _sort_out(
    records: list[Incoming], facts: ReferenceData, progress: Progress, run_id: int | None = None
) -> tuple[Report, list[ImportableRecord]]:
    """Check every record and compare it with what is known: new rows, and the report on all of them."""
    report = Report(findings=list(records.notes) if isinstance(records, Records) else [])
    comparer = Comparer(_imported_before(records, run_id), report)
    new: list[ImportableRecord] = []
    for number, incoming in enumerate(records):
        if number % CHUNK == 0:
            progress(number, len(records))
        taken, findings = check(incoming, facts)
        if taken is None:
            report.count(Done.SKIPPED)
            report.findings += findings
            continue
        done = comparer.compare((taken.values["source"], taken.values["source_id"]), taken.hash, taken.row)
        if done is Done.IMPORTED:
            new.append(taken)
            report.findings += findings
            report.show(_sample(taken))
        report.count(done)
    return report, new


def _sample(taken: ImportableRecord) -> Sample:
    values = taken.values
    days = [str(values[name] or "") for name in ("submitted_on", "starts_on", "ends_on")]
    amount, currency = values["amount_minor"], values["currency"]
    return Sample(taken.row, values["source_id"], taken.iso3, values["title"], amount, currency, days)


def _imported_before(records: list[Incoming], run_id: int | None) -> dict[tuple[str, str], str | None]:
    """The rows of the same sources that other runs imported before: (source, id) to the content's hash."""
    sources = {incoming.source[:80] for incoming in records}
    others = R.source.in_(sources), R.import_run_id.is_distinct_from(run_id if run_id is not None else -1)
    rows = db.session.execute(sa.select(R.source, R.source_id, R.source_hash).where(*others))
    return {(source, source_id): content for source, source_id, content in rows if source and source_id}


def _organisations(codes: set[str]) -> dict[str, int]:
    """The organisation of each State, made where the State has none yet."""
    found = _states()
    missing = sorted(codes - set(found))
    for iso3 in missing:
        db.session.add(Organisation(kind="state", code=iso3, name=all_names()[iso3].short["en"], state_iso3=iso3))
    db.session.flush()
    if missing:
        found = _states()
    return {code: id_ for code, id_ in found.items() if code is not None}


def _states() -> dict[str | None, int]:
    rows = db.session.execute(sa.select(Organisation.state_iso3, Organisation.id)).all()
    return {row.state_iso3: row.id for row in rows}


def _dated(taken: ImportableRecord) -> date:
    return taken.values["submitted_on"] or today()


def _references(new: list[ImportableRecord]) -> dict[int, str]:
    """A reference for each row (by its place in `new`), taken together for each kind, State and year."""
    groups: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for index, taken in enumerate(new):
        groups[REFERENCE_PREFIX[Kind(taken.values["kind"])], taken.iso3, _dated(taken).year].append(index)
    given: dict[int, str] = {}
    for (prefix, iso3, year), indexes in sorted(groups.items()):
        indexes.sort(key=lambda i: (_dated(new[i]), new[i].row))
        given.update(zip(indexes, next_references(prefix, iso3, year=year, count=len(indexes)), strict=True))
    return {id(new[index]): reference for index, reference in given.items()}


def _in_usd(minor: int | None, currency: str, day: date, rates: Rates) -> tuple[int | None, int | None]:
    """The amount in US cents and the id of the rate that was used; (None, None) without a rate."""
    if minor is None or currency == FUND_CURRENCY:
        return minor, None
    rate = in_force_or_nearest(rates.get(currency, ()), day)
    return (to_usd(minor, currency, rate.units_per_usd), rate.id) if rate else (None, None)


def _insert(
    chunk: list[ImportableRecord], organisations: dict[str, int], references: dict[int, str], rates: Rates, run_id: int
) -> None:
    """Write the rows with what hangs on them."""
    rows = [
        {**_columns(taken, organisations[taken.iso3], references[id(taken)], rates), "import_run_id": run_id}
        for taken in chunk
    ]
    db.session.execute(sa.insert(AssistanceRequest.__table__), rows)
    ids = _ids([row["reference"] for row in rows])
    areas = [{"request_id": id_, "area_code": code} for id_, t in zip(ids, chunk, strict=True) for code in t.areas]
    people = [
        {"request_id": id_, "position": position, "name": name}
        for id_, t in zip(ids, chunk, strict=True)
        for position, name in enumerate(t.beneficiaries, start=1)
    ]
    if areas:
        db.session.execute(sa.insert(RequestArea), areas)
    if people:
        db.session.execute(sa.insert(Beneficiary), people)
    values = ({**row, "beneficiaries": taken.beneficiaries} for row, taken in zip(rows, chunk, strict=True))
    said = (search_index.SearchedText(each, taken.iso3) for each, taken in zip(values, chunk, strict=True))
    search_index.index_all(zip(ids, said, strict=True))


def forget_requests(ids: Sequence[int], _actor: Actor) -> None:
    """Delete what hangs on requests that are to go when their import is undone."""
    for model in PARTS:
        delete_where(model, model.request_id.in_(ids))
    for id_ in ids:
        forget_text(db.session, search_index.SUBJECT, id_)


def _ids(given: list[str]) -> list[int]:
    """The ids behind references, in their order: asked for once, since SQLite gives them back only row by row."""
    found = db.session.execute(
        sa.select(AssistanceRequest.reference, AssistanceRequest.id).where(AssistanceRequest.reference.in_(given))
    )
    ids = {row.reference: row.id for row in found}
    return [ids[reference] for reference in given]


def _columns(taken: ImportableRecord, organisation_id: int, reference: str, rates: Rates) -> dict[str, Any]:
    values = {name: value for name, value in taken.values.items() if name != "submitted_on"}
    day = _dated(taken)
    at = datetime.combine(day, time(12), VIENNA).astimezone(UTC) if taken.values["submitted_on"] else now()
    usd, rate_id = _in_usd(values["amount_minor"], values["currency"], day, rates)
    prefix, year, rest = reference.split("-", 2)
    return {
        **values,
        "status": Status.SUBMITTED,
        "status_since": at,
        "waits_since": at,
        "origin": "imported",
        "source_hash": taken.hash,
        "organisation_id": organisation_id,
        "reference": reference,
        "reference_prefix": prefix,
        "reference_year": int(year),
        "reference_number": int(rest.rpartition("-")[2]),
        "amount_usd_minor": usd,
        "usd_rate_id": rate_id,
        "submitted_at": at,
        "created_at": now(),
        "updated_at": now(),
    }
