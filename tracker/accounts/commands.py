"""`flask accounts …`: the office's administrators, and a link when a letter cannot reach somebody."""

import uuid

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from tracker.accounts import queries, services
from tracker.accounts.models import Organisation
from tracker.accounts.presenting import OFFICE_NAME
from tracker.accounts.roles import NEEDED_ADMINISTRATORS
from tracker.errors import DomainError, Invalid
from tracker.extensions import db
from tracker.languages import addresses
from tracker.languages.seen_text import one_line, shown
from tracker.rights.actor import Actor

NAME_LIMIT = 200

accounts = AppGroup("accounts", help="People and organisations.")


def address(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    """An address that a letter can be sent to; asked for again, or refused, when it is none."""
    try:
        return text and addresses.read(text).shown
    except addresses.Unmailable:
        raise click.BadParameter("Enter one e-mail address, for example name@ministry.example.") from None


def _whole_name(_context: click.Context, _option: click.Parameter, text: str) -> str:
    name = one_line(shown(text))
    if not 0 < len(name) <= NAME_LIMIT:
        raise click.BadParameter(f"Enter the name, at most {NAME_LIMIT} characters.")
    return name


@accounts.command("create")
@click.option("--email", prompt="E-mail address", callback=address, help="Where letters reach the person.")
@click.option("--name", prompt="Name", callback=_whole_name, help="The person's whole name.")
@click.option("--organisation", default="UNODC", show_default=True, help="The office's code.")
@click.option("--language", type=click.Choice(["ar", "zh", "en", "fr", "ru", "es"]), default="en", show_default=True)
def create(email: str, name: str, organisation: str, language: str) -> None:
    """Invite an administrator of the office and print the link that works once. Administrators and auditors who are
    there already are told. Every other role is given on the pages, by two persons."""
    try:
        owner = _office(organisation.strip().upper())
        public_id = services.invite(
            owner, actor=Actor.system, email=email, name=name, language=language, roles=["administrator"]
        )
    except Invalid as reason:
        sentences = [str(text) for text in reason.fields.values()] or [str(reason.message)]
        raise click.ClickException(" ".join(sentences)) from None
    except DomainError as reason:
        raise click.ClickException(str(reason.message or reason)) from None
    invitation = queries.get_invitation(public_id, Actor.system)
    offered = len(queries.open_invitations(invitation.organisation_id))
    if queries.number_of_administrators() + offered < NEEDED_ADMINISTRATORS:
        click.echo("Make a second one as well: what one administrator asks for the office, another confirms.")
    click.echo(f"Open this link within 14 days to choose a password; it works once:\n{_link(invitation.id)}")


def _office(code: str) -> uuid.UUID:
    found = db.session.scalars(sa.select(Organisation).where(Organisation.code == code)).one_or_none()
    if found is None:
        name = OFFICE_NAME if code == "UNODC" else code
        return services.add_organisation(actor=Actor.system, kind="office", code=code, name=name)
    if found.kind != "office":
        raise click.ClickException(
            f"{code} is a {found.kind}: its people are invited on its page, by an administrator."
        )
    return found.public_id


def _link(invitation_id: int) -> str:
    return queries.link_for_invitation(invitation_id) or ""


@accounts.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print the link of an open invitation, for when its letter does not arrive."""
    found = queries.invitations_to(email)
    if not found:
        raise click.ClickException("No open invitation goes to this address.")
    for invitation in found:
        waits = "Its time has run out: send it again." if invitation.sent else "It waits for a second administrator."
        click.echo(_link(invitation.id) or waits)
