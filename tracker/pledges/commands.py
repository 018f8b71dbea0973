"""`flask ledger`: the money, checked from the command line."""

import sys

import click
from flask.cli import AppGroup

ledger_cli = AppGroup("ledger", help="Check the ledger of pledges.")


@ledger_cli.command("verify")
def verify() -> None:
    """Replay every transfer, compare it with the balances, print the first wrong row. Exit code 1 when there is one."""
    from tracker.pledges import verification

    report = verification.verify()
    click.echo(f"{report.accounts} accounts, {report.acts} acts, {report.transfers} transfers replayed.")
    if report.first_wrong is None:
        click.echo("Every balance is the sum of its transfers; every pledge and currency adds up to zero.")
        return
    click.echo(f"WRONG: {report.first_wrong}", err=True)
    sys.exit(1)
