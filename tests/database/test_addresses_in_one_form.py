"""The migration that brings addresses into one form: nobody's is lost where two come to the same."""

import uuid

import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from tests.database.test_migrations import DIRECTORY
from tests.factories import accounts as make
from tests.factories import assistance
from tests.services.databases import close
from tracker.accounts import services
from tracker.accounts.models import Invitation, Organisation, Person
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.models import Delegate

BEFORE = "let_roles_wait_for_a_second_pers"
KEPT, PUNY = "müller@münchen.example.de", "müller@xn--mnchen-3ya.example.de"


def test_addresses_come_to_one_form(app, database):
    database.forget()
    people = [make.person("focal_point", of="KEN") for _ in range(3)]
    inviting = make.person("state_administrator", of="KEN")
    invited = [_invited(inviting, f"{name}@example.org") for name in ("first", "second")]
    _written_as_before(people, invited)
    downgrade(directory=DIRECTORY, revision=BEFORE)
    upgrade(directory=DIRECTORY)
    numbers = [someone.person_id for someone in people]
    emails = db.session.scalars(sa.select(Person.email).where(Person.id.in_(numbers)).order_by(Person.id)).all()
    assert emails == [KEPT, "mu\u0308ller@münchen.example.de", "jane@localhost"]
    of_invitations = sa.select(Invitation.email).where(Invitation.public_id.in_(invited)).order_by(Invitation.id)
    assert db.session.scalars(of_invitations).all() == ["mu\u0308ller@münchen.example.de", KEPT]
    assert db.session.scalar(sa.select(Organisation.official_email).where(Organisation.code == "KEN")) == KEPT
    assert db.session.scalar(sa.select(Delegate.email)) == "jane@example.org"
    db.session.remove()
    close(app)


def _invited(by, email):
    return services.invite(
        uuid.UUID(by.organisation_public_id),
        actor=by.actor,
        email=email,
        name="K. M.",
        language="en",
        roles=["focal_point"],
    )


def _written_as_before(people, invited) -> None:
    request_id = assistance.draft(kind="participation").now.id
    with transaction() as session:
        for someone, email in zip(people, (PUNY, "mu\u0308ller@münchen.example.de", "jane@localhost"), strict=True):
            update_where(Person, Person.id == someone.person_id, email=email)
        for public_id, email in zip(invited, ("mu\u0308ller@münchen.example.de", KEPT), strict=True):
            update_where(Invitation, Invitation.public_id == public_id, email=email)
        update_where(Organisation, Organisation.code == "KEN", official_email=PUNY)
        session.add(Delegate(request_id=request_id, position=1, email=" Jane@Example.ORG "))
    db.session.remove()
