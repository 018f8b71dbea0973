"""Who is told of every event of the catalogue: a table that a person reads, held against what the dispatcher writes."""

import re
import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts, pledges
from tests.factories import assistance as requests
from tests.factories.assistance import People
from tests.notifications.told_of_events import TOLD
from tracker.accounts import services as account_services
from tracker.accounts.links import current_key_id
from tracker.accounts.models import (
    AccountRequest,
    AccountRequestPerson,
    Invitation,
    Membership,
    Organisation,
    PasswordReset,
    Person,
    RoleProposal,
    SignInCode,
)
from tracker.accounts.services.codes import ask_code
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, today
from tracker.database.transactions import transaction
from tracker.events.models import Event
from tracker.extensions import db
from tracker.jobs.models import Job
from tracker.notifications import services
from tracker.notifications.catalogue import CATALOGUE
from tracker.notifications.models import Delivery
from tracker.participation.delegate_page.models import DelegateCode, DelegateLink
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.pledges.models import Pledge
from tracker.reference.lifecycle import SESSION_STATUSES, SESSION_TYPES
from tracker.reference.models import Session
from tracker.rights.actor import Actor
from tracker.rounds.models import Round

SUBJECTS = {
    **dict.fromkeys(("assistance.bulk_assigned", "assistance.handed_over", "assistance.drafts_passed_on"), Person),
    **dict.fromkeys(("assistance.left_without_officer", "assistance.left_by_drafter"), Organisation),
    **dict.fromkeys(("accounts.person_enabled", "accounts.person_disabled", "accounts.password_changed"), Person),
    **dict.fromkeys(("accounts.role_changed", "accounts.membership_ended", "accounts.invitation_accepted"), Membership),
    **dict.fromkeys(("accounts.role_asked", "accounts.role_given", "accounts.role_refused"), RoleProposal),
    **dict.fromkeys(("accounts.role_note_erasure_proposed", "accounts.role_note_erased"), RoleProposal),
    **dict.fromkeys(("accounts.absence_begun", "accounts.absence_ended", "accounts.stand_in_changed"), Membership),
    "accounts.account": AccountRequest,
    "accounts.organisation_merged": Organisation,
    **dict.fromkeys(("accounts.invited", "accounts.invitation_revoked"), Invitation),
    "accounts.reset_asked": PasswordReset,
    "accounts.code_asked": SignInCode,
    **dict.fromkeys(("participation.link_made", "participation.helper_named"), DelegateLink),
    "participation.helper_named_by_office": DelegateLink,
    "participation.page_code_asked": DelegateCode,
    **dict.fromkeys(
        (
            *("participation.office_wrote", "participation.papers_reminded"),
            "participation.papers_reminded_by_office",
        ),
        DelegateLink,
    ),
    **dict.fromkeys((f"participation.claim_{what}" for what in ("opens", "asked", "replied")), DelegateLink),
    "nomination.reminder": Session,
    "participation": AssistanceRequest,
    "rounds": Round,
    "imports": Job,
    "pledges.act": AssistanceRequest,
    **dict.fromkeys(("pledges", "statements"), Pledge),
    "assistance": AssistanceRequest,
    **dict.fromkeys(("clock", "participation"), AssistanceRequest),
}
"""What an event is about, by its name or the beginning of its name."""


NEWEST = (
    Round,
    Pledge,
    Invitation,
    PasswordReset,
    SignInCode,
    Session,
    AccountRequest,
    Organisation,
    RoleProposal,
    Job,
    DelegateLink,
    DelegateCode,
)
"""Of these the newest row is the one that an event is about."""


@pytest.fixture
def parts(app):
    """A person for each part in the life of a request and a pledge, and some whom neither concerns."""
    return {
        "drafter": accounts.person("focal_point"),
        "helper": accounts.person("focal_point"),
        "authority": accounts.person("authorising_officer"),
        "state-administrator": accounts.person("state_administrator"),
        "officer": accounts.person("triage_officer"),
        "other-officer": accounts.person("triage_officer"),
        "manager": accounts.person("programme_manager"),
        "finance": accounts.person("finance_officer"),
        "travel": accounts.person("travel_officer"),
        "administrator": accounts.person("administrator"),
        "auditor": accounts.person("auditor"),
        "donor-officer": accounts.person("donor_officer"),
        "donor-signatory": accounts.person("donor_signatory"),
        "other-donor": accounts.person("donor_officer", of="SIDA"),
        "other-state": accounts.person("authorising_officer", of="BTN"),
    }


@pytest.fixture
def rows(parts):
    """The row of each kind that the events are about: a request, the pledge that pays it, and rows of accounts."""
    roles = {"focal_point": "drafter", "authorising_officer": "authority", "triage_officer": "officer"}
    roles |= {"programme_manager": "manager"}
    case = requests.accepted(People(kept={role: parts[part] for role, part in roles.items()}))
    paying = [parts[part] for part in ("donor-officer", "donor-signatory", "manager", "finance", "finance")]
    pledge = pledges.funded(pledges.People(*paying))
    request = pledges.FundableRequest(case.now.id, case.public_id, case.now.reference)
    pledges.allocated(pledges.People(*paying), pledge, request, 50_00)
    account_services.invite(
        uuid.UUID(parts["drafter"].organisation_public_id),
        actor=parts["state-administrator"].actor,
        email="invited@ken.example",
        name="New Person",
        language="en",
        roles=["focal_point"],
    )
    account_services.ask_reset(parts["other-officer"].email, address="192.0.2.1")
    ask_code(parts["other-officer"].email, person_id=parts["other-officer"].person_id)
    another = requests.draft(People("BTN")).now.id
    with transaction() as session:
        session.add_all([_meeting(), _asking(), Job(kind="imports.preview", params={"what": "requests"})])
        session.flush()
        session.add(_round(session, parts["manager"]))
        _link(session, another)
    other = parts["other-officer"]
    with transaction() as session:
        place = {"organisation_id": other.organisation_id, "membership_id": other.membership_id}
        session.add(RoleProposal(roles=["auditor"], **place))
    with transaction() as session:
        ids = {model: session.scalar(sa.select(sa.func.max(model.id))) for model in NEWEST}
    return ids | {AssistanceRequest: request.id, Person: other.person_id, Membership: other.membership_id}


def _round(session, manager) -> Round:
    meeting = session.scalar(sa.select(sa.func.max(Session.id)))
    return Round(session_id=meeting, number=1, seed="f", opened_by_id=manager.person_id)


def _link(session, request_id: int) -> None:
    """The personal link of somebody with a confirmed seat, who asked for a code."""
    person = Delegate(request_id=request_id, position=1, name="Awa", email="awa@mail.example")
    session.add(person)
    session.flush()
    seat = Seat(request_id=request_id, number=1, delegate_id=person.id, status="confirmed", origin="round")
    session.add(seat)
    session.flush()
    link = DelegateLink(seat_id=seat.id, delegate_id=person.id, nonce="n", key_id=current_key_id())
    session.add(link)
    session.flush()
    session.add(DelegateCode(link_id=link.id, nonce="n", key_id="k", expires_at=now()))


def _meeting() -> Session:
    return Session(code="AHC-T", type=SESSION_TYPES[0], title_en="A", title_fr="A", status=SESSION_STATUSES[0])


def _asking() -> AccountRequest:
    first = AccountRequestPerson(
        position=0, name="First", title="Counsellor", email="asking@btn.example", language="en"
    )
    return AccountRequest(
        state_iso3="BTN",
        office_name="Permanent Mission",
        office_kind="mission",
        official_email="mission@btn.example",
        note_reference="BTN/1",
        note_date=today(),
        language="en",
        nonce="n",
        key_id="k",
        people=[first],
    )


def happened(name: str, rows, parts) -> Event:
    """The event as nobody's verb would record it, without what it would set off."""
    event, _, clock = name.partition(" ")
    capability = event.partition(".")[0]
    model = SUBJECTS.get(event) or SUBJECTS.get(event.partition("_")[0]) or SUBJECTS[capability]
    helper, clerk = parts["helper"].person_id, parts["state-administrator"].membership_id
    data = {
        "pledges": {"request_id": rows[AssistanceRequest], "proposed_by_id": parts["manager"].person_id},
        "clock": {"clock": clock or "decide"},
        "accounts": {"person_id": helper, "stand_in_id": parts["drafter"].membership_id, "asked_by": clerk},
    }
    return Event(
        name=event,
        subject_type=model.__event_subject__,
        subject_id=rows[model],
        organisation_id=parts["drafter"].organisation_id,
        data=data.get(capability, {"person_id": helper, "writer_ids": [helper]}),
    )


def test_the_table_says_whom_each_event_tells(rows, parts):
    table = dict(line.split(maxsplit=1) for line in re.sub(r" answer ", "_answer ", TOLD).split("\n") if line)
    made = {name: happened(name.replace("_answer", " answer"), rows, parts) for name in table}
    with transaction() as session:
        session.add_all(made.values())
        session.flush()
        for event in made.values():
            services.fix_addressees(event, None, Actor.system)
        events = {name: event.id for name, event in made.items()}
    services.dispatch()
    names = {f"person:{someone.person_id}": part for part, someone in parts.items()}
    told = {name: set() for name in table}
    for name, event in events.items():
        found = db.session.scalars(sa.select(Delivery.recipient_key).where(Delivery.event_id == event))
        told[name] = {names.get(key) or _address(key) for key in found}
    assert told == {name: set(who.split()) for name, who in table.items()}


def _address(key: str) -> str:
    """What a key that is no person's stands for."""
    kind, _, value = key.partition(":")
    assert kind != "person", key
    if kind == "invite":
        return "invited-address"
    if kind == "delegate":
        return "delegate-address"
    if "@" in value:
        return "asking-address"
    of = db.session.scalar(sa.select(Organisation.kind).where(Organisation.id == int(value)))
    return f"{of}'s-address"


def test_the_table_has_every_event():
    assert {line.split()[0] for line in TOLD.split("\n") if line} == set(CATALOGUE)
