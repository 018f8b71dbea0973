"""`flask setup`: what an operator types while installing."""

import sys
from itertools import groupby
from typing import TextIO

import click
from flask.cli import AppGroup, with_appcontext

from tracker.accounts.commands import address

setup = AppGroup("setup", help="Install and check this installation.")


@setup.command("check")
@click.option("--mail-to", callback=address, help="Hand a test mail for this address to the mail server.")
@with_appcontext
def check(mail_to: str | None) -> None:
    """Try every part of this installation and say what to do about what does not work."""
    from tracker.setup import checks
    from tracker.web.application import settings

    results = checks.run(settings(), mail_to=mail_to)
    for result in results:
        print(f"{'ok' if result.well else 'MEND':5} {result.name:14} {result.sentence}")
    if not all(result.well for result in results):
        sys.exit(1)


@setup.command("translations")
def compile_translations() -> None:
    """Compile the message catalogues whose text is newer than what was compiled from it."""
    from tracker.setup import translations

    print(f"{translations.compile_stale()} catalogues compiled")


@setup.command("accounts")
@click.option("--output", type=click.File("w", atomic=True), default="-", help="A file, in place of the console.")
@with_appcontext
def list_demonstration_accounts(output: TextIO) -> None:
    """List the accounts of the demonstration below their organisations, narrow enough for any terminal."""
    from tracker.accounts.presenting import organisation_name, role_name
    from tracker.accounts.queries import demonstration_people
    from tracker.accounts.roles import in_order

    people = demonstration_people()
    output.write("")  # the file is there also when nobody is on the list
    name = max((len(member.person.name) for member in people), default=0)
    email = max((len(member.person.email) for member in people), default=0)
    for organisation, members in groupby(people, lambda member: organisation_name(member.organisation)):
        print(organisation, file=output)
        for member in members:
            first, *further = (str(role_name(role)) for role in in_order(member.roles))
            print(f"  {member.person.name:{name}}  {member.person.email:{email}}  {first}", file=output)
            print("".join(f"{'':{name + email + 6}}{role}\n" for role in further), end="", file=output)
