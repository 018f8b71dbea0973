"""Who is told of every event of the catalogue: a table that a person reads, held against what the dispatcher writes."""

import re
import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts, pledges
from tests.factories import assistance as requests
from tests.factories.assistance import People
from tracker.accounts import services as account_services
from tracker.accounts.models import (
    AccountRequest,
    AccountRequestPerson,
    Invitation,
    Membership,
    Organisation,
    PasswordReset,
    Person,
    RoleProposal,
)
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import services
from tracker.notifications.catalogue import CATALOGUE
from tracker.notifications.models import Delivery
from tracker.pledges.models import Pledge
from tracker.reference.lifecycle import SESSION_STATUSES, SESSION_TYPES
from tracker.reference.models import Session
from tracker.rights.actor import Actor

# There are two focal points: the drafter of the request and the helper whom the drafter invited; two triage officers:
# only the officer has the request; two donors: only one has a pledge that pays the request.
TOLD = """
assistance.authorisation_asked     authority
assistance.returned_to_draft       drafter
assistance.co_drafter_invited      helper
assistance.submitted               authority drafter officer
assistance.note_returned           authority drafter
assistance.taken_up                authority drafter officer
assistance.clarification_asked     authority drafter officer
assistance.answered                authority drafter officer
assistance.answers_handed_over     authority
assistance.document_struck         authority drafter officer
assistance.document_replaced       authority drafter officer
assistance.erasure_proposed        manager officer
assistance.document_erased         authority drafter officer state's-address
assistance.state_missed            officer
assistance.accepted                authority drafter officer state's-address
assistance.amended                 authority donor-officer donor-signatory drafter officer state's-address
assistance.declined                authority drafter officer state's-address
assistance.referred                authority drafter officer state's-address
assistance.merged                  authority drafter officer state's-address
assistance.reopened                authority drafter manager officer
assistance.implementation_started        authority drafter officer
assistance.implementation_recorded      authority donor-officer donor-signatory drafter officer
assistance.implementation_confirmed      donor-officer donor-signatory manager officer
assistance.completed               authority donor-officer donor-signatory drafter officer
assistance.withdrawn               authority drafter manager officer
assistance.state_wrote               authority drafter officer
assistance.paper_handed_in           authority drafter officer
assistance.more_time_asked           authority drafter officer
assistance.amendment_wanted          authority drafter officer
assistance.not_as_described          authority drafter manager officer
assistance.office_wrote              authority drafter officer
assistance.paper_sent                authority drafter officer
assistance.answer_wanted             authority drafter officer
assistance.more_time_given           authority drafter officer
assistance.message_refused           authority drafter officer
assistance.message_rested            authority drafter officer
assistance.assigned                officer
assistance.recused                 manager
assistance.bulk_assigned           other-officer
assistance.handed_over             other-officer
assistance.decision_prepared       manager
assistance.decision_dropped        manager officer
assistance.amendment_prepared      manager
assistance.amendment_dropped       manager officer
assistance.activity_planned        authority drafter officer
clock.due_soon                     officer
clock.due_soon answer              authority drafter
clock.overdue                      manager officer
clock.overdue answer               authority drafter officer
clock.authorisation_overdue        authority
clock.authorisation_awaited        authority drafter state's-address
nomination.reminder                authority drafter helper
pledges.offered                    donor-signatory manager
pledges.signed                     donor-officer donor-signatory manager
pledges.accepted                   donor's-address donor-officer donor-signatory finance
pledges.refused                    donor's-address donor-officer donor-signatory
pledges.withdrawn                  donor-officer donor-signatory finance manager
pledges.raised                     donor-officer donor-signatory finance
pledges.reduced                    donor-officer donor-signatory finance
pledges.closed                     donor-officer donor-signatory finance
pledges.lapsed                     donor-officer donor-signatory finance manager
pledges.receipt_recorded           donor-officer donor-signatory manager
pledges.allocation_planned         finance
pledges.allocation_dropped         finance
pledges.allocation_approved        authority donor-officer donor-signatory drafter officer
pledges.allocation_released        authority donor-officer donor-signatory drafter finance officer
pledges.disbursed                  authority donor-officer donor-signatory drafter officer
pledges.recovered                  donor-officer donor-signatory finance officer
pledges.refunded                   donor-officer donor-signatory finance
pledges.reversed                   donor-officer donor-signatory finance manager
pledges.surplus_applied            donor-officer donor-signatory finance
pledges.surplus_returned           donor-officer donor-signatory finance
pledges.instalment_due             donor-officer donor-signatory finance
accounts.invited                   administrator auditor invited-address
accounts.invitation_accepted       administrator auditor
accounts.invitation_revoked        administrator auditor
accounts.reset_asked               other-officer
accounts.account_asked             administrator
accounts.account_approved          asking-address
accounts.account_refused           asking-address
accounts.role_asked                administrator auditor
accounts.role_given                administrator auditor other-officer
accounts.role_refused              administrator auditor other-officer
accounts.role_changed              administrator auditor other-officer
accounts.membership_ended          administrator auditor other-officer
accounts.organisation_merged       administrator auditor
accounts.person_disabled           administrator auditor
accounts.person_enabled            administrator auditor other-officer
accounts.password_changed          other-officer
"""
SUBJECTS = {
    **dict.fromkeys(("assistance.bulk_assigned", "assistance.handed_over"), Person),
    **dict.fromkeys(("accounts.person_enabled", "accounts.person_disabled", "accounts.password_changed"), Person),
    **dict.fromkeys(("accounts.role_changed", "accounts.membership_ended", "accounts.invitation_accepted"), Membership),
    **dict.fromkeys(("accounts.role_asked", "accounts.role_given", "accounts.role_refused"), RoleProposal),
    "accounts.account": AccountRequest,
    "accounts.organisation_merged": Organisation,
    **dict.fromkeys(("accounts.invited", "accounts.invitation_revoked"), Invitation),
    "accounts.reset_asked": PasswordReset,
    "nomination.reminder": Session,
    "pledges": Pledge,
    "assistance": AssistanceRequest,
    "clock": AssistanceRequest,
}
"""What an event is about, by its name or the beginning of its name."""


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
    with transaction() as session:
        session.add(_meeting())
        session.add(_asking())
    other = parts["other-officer"]
    newest = {Pledge, Invitation, PasswordReset, Session, AccountRequest, Organisation, RoleProposal}
    with transaction() as session:
        place = {"organisation_id": other.organisation_id, "membership_id": other.membership_id}
        session.add(RoleProposal(roles=["auditor"], **place))
    with transaction() as session:
        ids = {model: session.scalar(sa.select(sa.func.max(model.id))) for model in newest}
    return ids | {AssistanceRequest: request.id, Person: other.person_id, Membership: other.membership_id}


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
    data = {"pledges": {"request_id": rows[AssistanceRequest]}, "clock": {"clock": clock or "decide"}}
    return Event(
        name=event,
        subject_type=model.__event_subject__,
        subject_id=rows[model],
        organisation_id=parts["drafter"].organisation_id,
        data=data.get(capability, {"person_id": parts["helper"].person_id}),
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
    if "@" in value:
        return "asking-address"
    of = db.session.scalar(sa.select(Organisation.kind).where(Organisation.id == int(value)))
    return f"{of}'s-address"


def test_the_table_has_every_event():
    assert {line.split()[0] for line in TOLD.split("\n") if line} == set(CATALOGUE)
