"""An import at the console: a progress bar, the report on screen and as a file, an exit code."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask_babel import gettext

from tracker.errors import DomainError
from tracker.intake.reading import Source, open_source
from tracker.intake.report import DONE_LABELS, Done, Finding, Report

_SHOWN = 40


def run(path: Path, report_path: Path | None, carry_out: Callable[[Source, str, Any], Any]) -> None:
    """Open `path`, let `carry_out(source, sha256, progress)` do the work, and print what became of the rows.

    A file that is refused ends with its sentence and exit code 1; nothing was changed then.
    """
    if report_path is not None and not report_path.parent.is_dir():
        raise click.ClickException(gettext("There is no folder %(folder)s for the report.", folder=report_path.parent))
    try:
        source = open_source(path)
        with click.progressbar(length=1, label=path.name) as bar:
            report = carry_out(source, hashlib.sha256(source.data).hexdigest(), _advance(bar))
            bar.update(bar.length - bar.pos if bar.length else 0)
    except DomainError as refused:
        raise click.ClickException(str(refused.message)) from refused
    found = report if isinstance(report, Report) else report_of(report)
    _show(found)
    if report_path is not None:
        report_path.write_text(found.as_csv(gettext), encoding="utf-8-sig")
        click.echo(f"{report_path}: {len(found.findings)}")


def report_of(data: dict[str, Any]) -> Report:
    """The report behind `Report.as_data`."""
    report = Report(total=data["total"])
    report.counts.update(data["counts"])
    for row, source_id, field, reason, done, values in data["findings"]:
        report.remark(Finding(row, field, reason, Done(done), values, source_id))
    return report


def _advance(bar: Any) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        bar.length = max(total, 1)
        bar.update(max(0, done - bar.pos))

    return progress


def _show(report: Report) -> None:
    for finding in report.findings[:_SHOWN]:
        reason = gettext(finding.reason) % finding.values if finding.values else gettext(finding.reason)
        click.echo(
            f"  {finding.row}\t{finding.source_id}\t{finding.field}\t{reason}\t{gettext(DONE_LABELS[finding.done])}"
        )
    if len(report.findings) > _SHOWN:
        click.echo(f"  … {len(report.findings) - _SHOWN} more in the report (--report FILE)")
    click.echo(
        f"{report.total} rows: " + ", ".join(f"{n} {gettext(DONE_LABELS[Done(d)])}" for d, n in report.counts.items())
    )
