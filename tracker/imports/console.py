"""An import at the console: a progress bar, the report on screen and as a file, an exit code."""

import hashlib
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import click
from flask_babel import gettext

from tracker.errors import DomainError
from tracker.imports.hints import ENCODINGS, ORDERS, Hints
from tracker.imports.reading import Source, open_source
from tracker.imports.report import DONE_LABELS, Done, Finding, Moved, Report, Sample
from tracker.languages.marking import N_
from tracker.money import to_major

_SHOWN = 40
_FILE = click.Path(dir_okay=False, path_type=Path)
_OPTIONS = (
    click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    click.option("--dry-run", is_flag=True, help="Say what would be done, change nothing."),
    click.option("--report", type=_FILE, help="Write every finding to this CSV file."),
    click.option("--encoding", type=click.Choice(list(ENCODINGS)), help="Of a file that is not in UTF-8."),
    click.option("--dates", type=click.Choice(list(ORDERS)), help="What 01/02/2026 is; rows are refused else."),
)


def options(command: Any) -> Any:
    """What both imports take: the file, and how it is to be read and reported."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def run(path: Path, report_path: Path | None, hints: Hints, carry_out: Callable[[Source, str, Any], Any]) -> None:
    """Open `path`, let `carry_out(source, sha256, progress)` do the work, and print what became of the rows.

    A file that is refused ends with its sentence and exit code 1; nothing was changed then.
    """
    if report_path is not None and not report_path.parent.is_dir():
        raise click.ClickException(gettext("There is no folder %(folder)s for the report.", folder=report_path.parent))
    try:
        source = open_source(path, hints)
        with click.progressbar(length=1, label=path.name) as bar:
            report = carry_out(source, hashlib.sha256(source.data).hexdigest(), _advance(bar))
            bar.update(bar.length - bar.pos if bar.length else 0)
    except DomainError as refused:
        raise click.ClickException(str(refused.message)) from refused
    found = report if isinstance(report, Report) else report_of(report)
    _show(found, dry=found is report)
    if report_path is not None:
        _write(found, report_path)


def report_of(data: dict[str, Any]) -> Report:
    """The report behind `Report.as_data`."""
    report = Report(total=data["total"])
    report.counts.update(data["counts"])
    for row, source_id, field, reason, done, values in data["findings"]:
        report.remark(Finding(row, field, reason, Done(done), values, source_id))
    report.samples = [Sample(*sample) for sample in data.get("samples", ())]
    report.moved = [Moved(*one) for one in data.get("moved", ())]
    return report


def _advance(bar: Any) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        bar.length = max(total, 1)
        bar.update(max(0, done - bar.pos))

    return progress


def _write(report: Report, path: Path) -> None:
    try:
        path.write_text(report.as_csv(gettext), encoding="utf-8-sig")
    except OSError as reason:
        raise click.ClickException(f"The report could not be written; all above holds. {reason}") from reason
    click.echo(f"{path}: {len(report.findings)}")


def _show(report: Report, *, dry: bool) -> None:
    for sample in report.samples:
        row, source_id, whose, title, minor, currency, days = astuple(sample)
        amount = f"{to_major(minor, currency)} {currency}" if minor is not None else ""
        click.echo("\t".join((f"+ {row}", source_id, whose, title[:60], amount, " ".join(filter(None, days)))))
    for finding in report.findings[:_SHOWN]:
        reason = gettext(finding.reason) % finding.values if finding.values else gettext(finding.reason)
        click.echo(
            f"  {finding.row}\t{finding.source_id}\t{finding.field}\t{reason}\t{gettext(DONE_LABELS[finding.done])}"
        )
    if len(report.findings) > _SHOWN:
        click.echo(f"  … {len(report.findings) - _SHOWN} more in the report (--report FILE)")
    labels = {**DONE_LABELS, Done.IMPORTED: N_("new, to be taken over")} if dry else DONE_LABELS
    ended = "; ".join(f"{gettext(labels[Done(done)])}: {number}" for done, number in report.counts.items())
    click.echo(f"{report.total} rows: {ended}")
    if dry:
        click.echo("A dry run: nothing was changed.")
