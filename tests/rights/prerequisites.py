"""What has to happen before some buttons are there, so that they can be pressed (presses.py)."""

import io
import uuid
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.factories import accounts as people
from tests.factories import assistance, pledges
from tests.rights.press import day, paper
from tests.rights.world import World, cast_of, donors_of
from tests.rounds.proposing.at_work import work
from tracker.accounts import services as accounts
from tracker.accounts.models import Membership, MembershipRole, Person
from tracker.accounts.queries.actors import actor_for
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.database.transactions import delete_where, transaction, update_where
from tracker.deadlines import services as deadlines
from tracker.extensions import db
from tracker.imports import services as importing
from tracker.imports.hints import Hints
from tracker.jobs import queries as job_queries
from tracker.jobs import services as jobs
from tracker.notifications.models import Delivery
from tracker.participation.offers.models import Offer
from tracker.pledges import queries as money_queries
from tracker.pledges.models import Act, Pledge
from tracker.rounds.proposals.models import RoundProposal
from tracker.rounds.proposals.services import ask_for_proposal
from tracker.typed import unsent


def a_pledge_on_paper(world: World) -> dict[str, Any]:
    """What a manager types who files Norway's agreement."""
    hidden = {"title": "On paper", "amount": "5000", "currency": "USD", "instalments-0-amount": "5000"}
    due = today() + timedelta(days=40)
    days = {**day("agreement_date", today()), **day("ends_on", due), **day("instalments-0-due_on", due)}
    signed = {"signed_by": "A. Minister", "agreement_reference": "A/9", "file": paper}
    return {"donor": str(world.ids["norad_organisation"]), **hidden, **days, **signed}


def a_second_place(world: World) -> None:
    """The drafter also works for another State, and may choose."""
    someone, elsewhere = world.people["drafter"], world.people["foreign_state"].organisation_id
    with transaction() as session:
        place = Membership(person_id=someone.person_id, organisation_id=elsewhere, title="Deputy")
        session.add(place)
        session.flush()
        session.add(MembershipRole(membership_id=place.id, role="focal_point"))
        world.ids["second_place"] = place.public_id


def a_second_session(world: World) -> None:
    """The drafter signed in with another browser, too."""
    someone = world.people["drafter"]
    accounts.begin(someone.person_id, membership_id=someone.membership_id, user_agent="another")


def a_silent_offer(world: World) -> None:
    """The day of Kenya's answer has passed."""
    with transaction():
        update_where(Offer, Offer.public_id == world.ids["offer"], until=today() - timedelta(days=1))


def an_absence(world: World) -> None:
    """The drafter is away, and a colleague stands in."""
    colleague = uuid.UUID(world.people["colleague"].membership_public_id)
    back_on = today() + timedelta(days=9)
    accounts.begin_absence(actor=world.people["drafter"].actor, back_on=back_on, stand_in=colleague)


def a_calendar_address(world: World) -> None:
    """The drafter's calendar reads what is due."""
    deadlines.make_address(actor=world.people["drafter"].actor)


def back_soon(world: World) -> dict[str, str]:
    """What the drafter sends of the form that says so."""
    day = today() + timedelta(days=9)
    parts = {f"back_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    return {**parts, "stand_in": world.people["colleague"].membership_public_id}


def a_disabled_person(world: World) -> None:
    """The account of Kenya's drafter is disabled."""
    person = world.ids["kenya_person"]
    version = db.session.scalar(sa.select(Person.version).where(Person.public_id == person))
    accounts.disable_person(
        person, actor=world.people["administrator"].actor, version=version, successor=accounts.GROUP
    )


def a_delegation_before(world: World) -> None:
    """The delegation has gone its way, and the State begins the next one."""
    delegation = partial(update_where, AssistanceRequest, AssistanceRequest.public_id == world.ids["delegation"])
    with transaction():
        delegation(origin="imported", status="submitted")
    world.ids["delegation"] = assistance.draft(cast_of(world, "KEN"), kind="participation").public_id


def a_preview(world: World) -> None:
    """A file of requests was uploaded and looked at."""
    real = Path(__file__).parents[1] / "data" / "real" / "un1540_assistance_requests.csv"
    file = FileStorage(io.BytesIO(real.read_bytes()), filename=real.name)
    made = importing.begin_preview(file, actor=world.people["triage_officer"].actor, what="requests", hints=Hints())
    for job_id in job_queries.waiting_ids():
        jobs.run(job_id, actor_for)
    world.ids["job"] = uuid.UUID(made)


def an_import(world: World) -> None:
    """The file was taken over, too."""
    a_preview(world)
    made = importing.carry_out(world.ids["job"], actor=world.people["triage_officer"].actor)
    for job_id in job_queries.waiting_ids():
        jobs.run(job_id, actor_for)
    world.ids["job"] = uuid.UUID(made)


def a_fresh_proposal(world: World) -> None:
    """The proposal of the open round rests on the facts as they stand now."""
    with transaction():
        delete_where(RoundProposal, RoundProposal.number == 1)
    ask_for_proposal(world.ids["open_round"], actor=world.people["programme_manager"].actor)
    work()


def a_failed_letter(world: World) -> None:
    """A letter to the authority did not go through."""
    with transaction():
        update_where(Delivery, Delivery.public_id == world.ids["mail"], status="failed", last_error="no such mailbox")


def a_pledge_used_up(world: World) -> None:
    """A pledge came in and went back: nothing is left to be done with it."""
    norway = donors_of(world, "NORAD")
    pledge = pledges.funded(norway, pledges.terms(1_000_00))
    number = db.session.scalar(sa.select(Pledge.id).where(Pledge.public_id == pledge))
    left = money_queries.sums_of([number])[number]["available"]
    pledges.refund(norway, pledge, left, "BANK-BACK")
    world.ids["funded"] = pledge


def an_entry(world: World) -> None:
    """Another finance officer recorded money that came in."""
    colleague = people.person("finance_officer", of="UNODC", email="colleague.finance@unodc.example")
    pledge = pledges.funded(replace(donors_of(world, "NORAD"), finance=colleague), pledges.terms(10_00))
    found = sa.select(Act.public_id).join(Pledge, Pledge.id == Act.pledge_id)
    world.ids["to_confirm"] = db.session.scalar(found.where(Pledge.public_id == pledge, Act.name == "receipt"))


def the_entry(world: World) -> dict[str, str]:
    """The button beside what the colleague recorded."""
    return {"only": str(world.ids["to_confirm"])}


def a_top_up(world: World) -> dict[str, str]:
    """More for a line of a seat, from the pledge that pays it."""
    return {"amount": "5", "pledge": str(world.ids["topping_up"]), "reason": "There is a reason."}


def a_form_not_sent(world: World) -> None:
    """The authority has begun to say why a request is returned, and left the page."""
    unsent.keep(
        actor=world.people["authority"].actor,
        form_key=str(uuid.uuid4()),
        address=f"/requests/{world.ids['awaiting_authorisation']}/return",
        form="assistance.authorisation.forms.ReturnForm",
        opened_on=0,
        fields=[("reason", "The budget is too high.")],
    )
