"""`flask ledger`, `flask pledges`: the money checked, and pledges taken over, at the console."""

import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from tracker.imports import console
from tracker.imports.hints import Hints

ledger_cli = AppGroup("ledger", help="Check the ledger of pledges.")


@ledger_cli.command("verify")
def verify() -> None:
    """Replay every transfer, compare it with balances, facts and the record; print the first wrong row (exit 1)."""
    from tracker.pledges import verification

    report = verification.verify()
    click.echo(f"{report.accounts} accounts, {report.acts} acts, {report.transfers} transfers replayed.")
    if report.first_wrong is None:
        click.echo("Every balance is the sum of its transfers; every pledge and currency adds up to zero.")
        click.echo("The facts beside the ledger and the record of events say the same.")
        return
    click.echo(f"WRONG: {report.first_wrong}", err=True)
    sys.exit(1)


pledges_cli = AppGroup("pledges", help="Pledges of donors.")


@pledges_cli.command("import")
@console.options
def import_file(file: Path, dry_run: bool, report: Path | None, encoding: str | None, dates: str | None) -> None:
    """Take pledges over from FILE, an export of the Financial Tracking Service as CSV or XLSX."""
    from tracker.pledges.imports import read
    from tracker.pledges.services.importing import examine, import_pledges
    from tracker.rights.actor import Actor

    def carry_out(source: Any, sha256: str, progress: Any) -> Any:
        rows = read(source)
        if dry_run:
            return examine(rows, progress=progress)
        return import_pledges(rows, actor=Actor.system, file_name=source.name, sha256=sha256, progress=progress)

    console.run(file, report, Hints(encoding or "", dates or ""), carry_out)
