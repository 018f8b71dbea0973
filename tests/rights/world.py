"""One small world for the whole matrix: a State's requests in every status, two donors' pledges, an office at work."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from tests.factories import accounts as accounts_made
from tests.factories import assistance, pledges
from tests.factories import participation as taking_part
from tests.factories.accounts import Someone
from tests.factories.assistance import Case
from tests.rights import acting, meetings, people, said, settled
from tests.rights.papers import agreement_of, erasing, file_of, note, paper, removing, removing_source, source
from tracker.accounts import services as accounts
from tracker.accounts.models import AccountRequest, Invitation, Office, Organisation, RoleProposal
from tracker.accounts.services.account_requests import NamedPerson, ask_for_account
from tracker.accounts.services.notes import NoteVerbale
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.decision import services as decision
from tracker.assistance.drafting import services as drafting
from tracker.assistance.fields import services as fields
from tracker.assistance.handling import services as handling
from tracker.assistance.lifecycle import Outcome
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.jobs import services as jobs
from tracker.notifications import services as notifications
from tracker.notifications.models import Delivery
from tracker.participation import services as participation
from tracker.participation.services import Nomination
from tracker.pledges import services as money
from tracker.pledges.models import Act
from tracker.reference import loader
from tracker.reference.models import Area, ExchangeRate, Holiday, Session
from tracker.rights.actor import Actor
from tracker.triage.case.clarification import services as clarification
from tracker.triage.case.clarification.models import QuestionTemplate
from tracker.triage.queue import services as queue_services

NOT_THERE = uuid.UUID("7e570000-0000-4000-8000-000000000000")


@dataclass
class World:
    """Who lives there and what lies there, as ids: `ids["in_review"]` is a public id or a number."""

    people: dict[str, Someone]
    cookies: dict[str, str] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    references: set[str] = field(default_factory=set)


def build() -> World:
    """Make the world by the verbs themselves, in an empty database."""
    loader.load()
    assistance.reference_data()
    world = World(people.make())
    _requests(world)
    _delegation(world)
    _money(world)
    _organisations(world)
    _things(world)
    world.ids["conditions"] = meetings.conditions()
    return world


# --- requests ---------------------------------------------------------------------------------------------


def worded(word: str) -> dict[str, Any]:
    """Everything that a complete request says, with `word` in each field."""
    texts = ("title", "problem", "objectives", "expected_results", "human_rights", "earlier_assistance")
    return {
        **assistance.COMPLETE,
        **{name: f"{word} {name} of the request, long enough to be a real answer" for name in texts},
        "beneficiaries": [f"{word} authority"],
        "dates": {**assistance.COMPLETE["dates"], "place": f"{word} town"},
        "budget": {"currency": "USD", "lines": [[f"{word} line", 9_650_000]]},
    }


def cast_of(world: World, code: str) -> assistance.People:
    """The people that the builders of requests use."""
    someone = world.people
    office = {name: someone[name] for name in ("triage_officer", "programme_manager")}
    if code == "KEN":
        state = {"focal_point": someone["drafter"], "authorising_officer": someone["authority"]}
    else:
        state = {"focal_point": someone["foreign_state"]}
    return assistance.People(of=code, kept={**state, **office})


def _requests(world: World) -> None:
    """Kenya's requests in every status, one of Ghana, one that is strictly confidential."""
    kenya, words = cast_of(world, "KEN"), worded("quokkastate")
    draft = assistance.complete(kenya, **worded("quokkadraft"))
    fields.attach(draft.public_id, actor=draft.drafter, upload=paper("quokkadraft.pdf"))
    submitted = assistance.complete(kenya, **words)
    fields.attach(submitted.public_id, actor=submitted.drafter, upload=paper("quokkastate-law.pdf"))
    authorisation.ask_authorisation(submitted.public_id, actor=submitted.drafter, version=submitted.version)
    authorisation.submit(submitted.public_id, actor=submitted.authority, version=submitted.version, note=note())
    cases = {
        "draft": draft,
        "submitted": submitted,
        "strict": assistance.submitted(kenya, marking="strictly_confidential", **worded("quokkastrict")),
        "ghana": assistance.in_review(cast_of(world, "GHA"), **worded("cassowary")),
        "prepared": _prepared(assistance.in_review(kenya, **words)),
        "amending": _amending(assistance.accepted(kenya, **words)),
        "delivered": assistance.delivered(kenya, activities=("quokkastate course", "quokkastate mission"), **words),
        "erasing": erasing(kenya, words),
        "without_a_seat": taking_part.without_a_seat(kenya),
    }
    for name in ("awaiting_authorisation", "in_review", "clarification", "accepted", "declined", "in_implementation"):
        cases[name] = assistance.IN_EVERY_STATUS[name](kenya, **words)
    cases["asking_more_time"] = assistance.in_clarification(kenya, **words)
    cases["strict_accepted"] = _strict_and_accepted(world, kenya)
    cases["consented"] = assistance.accepted(kenya, consents=("title:donors",), **{**words, "title": "Cassowaries"})
    handling.add_note(cases["in_review"].public_id, actor=cases["in_review"].officer, body="quokkanote of the office")
    world.ids |= {name: case.public_id for name, case in cases.items()}
    world.ids |= said.on(cases)
    world.references |= {case.now.reference for name, case in cases.items() if name not in ("draft", "ghana")}
    world.ids |= {f"{name}_number": cases[name].now.public_number for name in ("accepted", "consented")}
    world.ids["delivered_activity"] = assistance.activities(cases["delivered"])[0].public_id
    world.ids["planned_activity"] = assistance.activities(cases["in_implementation"])[0].public_id
    world.ids["draft_file"] = file_of(draft)
    world.ids["note_file"], world.ids["handed_in_file"] = file_of(submitted, "quokkastate.pdf"), file_of(submitted)


def _strict_and_accepted(world: World, kenya: assistance.People) -> Case:
    """Only managers have it in their hands: one prepares, another signs."""
    manager = world.people["programme_manager"]
    hands = {"triage_officer": manager, "programme_manager": accounts_made.person("programme_manager")}
    circle = assistance.People(of="KEN", kept={**kenya.kept, **hands})
    return assistance.accepted(circle, marking="strictly_confidential", **worded("quokkastrict"))


def _prepared(case: Case) -> Case:
    proposal = decision.Proposal(outcome=Outcome.DECLINED, reasons="quokkanote: outside the mandate")
    decision.prepare_decision(case.public_id, actor=case.officer, version=case.version, proposal=proposal)
    return case


def _amending(case: Case) -> Case:
    amendment = decision.Amendment(reasons="quokkanote: less is needed", amount_minor=9_000_000)
    decision.prepare_amendment(case.public_id, actor=case.officer, version=case.version, amendment=amendment)
    return case


def _delegation(world: World) -> None:
    """A draft of support for participation with two delegates."""
    case = assistance.draft(cast_of(world, "KEN"), kind="participation")
    with transaction() as session:
        meeting = session.scalars(sa.select(Session).order_by(Session.id)).first()
        meeting.starts_on, meeting.ends_on = today() + timedelta(90), today() + timedelta(95)
        meeting.closing_on = today() + timedelta(30)
        number = meeting.id
    drafting.edit(case.public_id, actor=case.drafter, version=case.version, step="session", values={"session": number})
    for name in ("quokkadraft first", "quokkadraft second"):
        address = f"{name.rpartition(' ')[2]}@quokkadraft.example"
        nomination = Nomination(family_name=name, function="quokkadraft judge", email=address)
        participation.nominate(case.public_id, actor=case.drafter, nomination=nomination)
    world.ids["delegation"] = case.public_id


# --- money ------------------------------------------------------------------------------------------------


def _money(world: World) -> None:
    """Norway's pledges in every status with allocations for Kenya, and one of Sweden."""
    norway, sweden = donors_of(world, "NORAD"), donors_of(world, "SIDA")
    terms = partial(pledges.terms, 100_000_00, title="quokkapledge title")
    signed, with_a_virus = (pledges.signed(norway, terms()) for _ in range(2))
    for pledge in (signed, with_a_virus):
        money.accept(pledge, actor=norway.manager.actor, version=2, agreement=_agreement())
    world.ids |= {
        "offered": pledges.offered(norway, terms()),
        "signed": pledges.signed(norway, terms()),
        "with_agreement": signed,
        "funded": acting.accounted_for(pledges.funded(norway, terms()), norway.finance),
        "surplus": pledges.funded(norway, terms(), received=110_000_00),
        "sida": pledges.offered(sweden, pledges.terms(5_000_00, title="cassowary")),
    }
    world.ids |= {"agreement": agreement_of(signed), "removing": removing(with_a_virus, norway.finance)}
    _allocations(world, norway)
    world.ids |= acting.made(norway) | acting.changing(norway) | acting.reported(norway)


def donors_of(world: World, code: str) -> pledges.People:
    """The people that the builders of pledges use."""
    personas = {"manager": "programme_manager", "finance": "finance_officer", "other_finance": "other_finance"}
    if code == "NORAD":
        personas |= {"officer": "donor_officer", "signatory": "donor_signatory"}
    else:
        personas |= dict.fromkeys(("officer", "signatory"), "foreign_donor")
    return pledges.People(**{part: world.people[persona] for part, persona in personas.items()})


def _agreement() -> money.Agreement:
    plain = pledges.agreement()
    return money.Agreement("quokkapledge agreement", plain.signed_on, plain.ends_on, file=paper("quokkapledge.pdf"))


def _allocations(world: World, norway: pledges.People) -> None:
    needs = world.ids["accepted"], world.ids["strict_accepted"], world.ids["in_implementation"]
    planned, strict, paid = (
        uuid.UUID(
            money.plan_allocation(
                world.ids["funded"], actor=norway.manager.actor, request_id=need, amount_minor=20_000_00
            )
        )
        for need in needs
    )
    money.approve_allocation(paid, actor=norway.finance.actor, version=1)
    payment = money.Payment(5_000_00, today(), "quokkapledge bank", "supplier", "bank_transfer")
    money.disburse(paid, actor=norway.finance.actor, payment=payment)
    receipt = sa.select(Act.public_id).where(Act.name == "disburse").order_by(Act.id.desc()).limit(1)
    world.ids |= {"planned": planned, "strictly_planned": strict, "allocated": paid, "act": db.session.scalar(receipt)}


# --- accounts ---------------------------------------------------------------------------------------------


def _organisations(world: World) -> None:
    """Organisations, a membership, an invitation, a request for an account."""
    someone, second = world.people, accounts_made.person("administrator", name="Second Administrator")
    for name, persona in (("kenya", "drafter"), ("norad", "donor_officer"), ("unodc", "auditor")):
        world.ids[f"{name}_organisation"] = uuid.UUID(someone[persona].organisation_public_id)
        world.ids[f"{name}_membership"] = uuid.UUID(someone[persona].membership_public_id)
        world.ids[f"{name}_person"] = uuid.UUID(someone[persona].public_id)
        inviter = someone["administrator"].actor if name != "unodc" else second.actor
        world.ids[f"{name}_office"] = _office_of(world.ids[f"{name}_organisation"], inviter)
        world.ids[f"{name}_invitation"] = accounts.invite(
            world.ids[f"{name}_organisation"],
            actor=inviter,
            email=f"invited@{name}.example",
            name="Invited",
            language="en",
            roles=[people.ROLES[persona][1][0]],
        )
    ask_for_account(
        actor=Actor.anonymous,
        state_iso3="FJI",
        office_name="Mission of Fiji",
        office_kind="mission",
        official_email="mission@fiji.example",
        people=[NamedPerson("Mere Kenyan", "Counsellor", "mere@fiji.example", "en")],
        note=NoteVerbale("FJI/1", today(), paper()),
        language="en",
    )
    world.ids["account_request"] = db.session.scalar(sa.select(AccountRequest.public_id))
    world.ids["role_proposal"] = db.session.scalar(sa.select(RoleProposal.public_id))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 3
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 5


def _office_of(organisation: uuid.UUID, actor: Actor) -> uuid.UUID:
    accounts.add_office(organisation, actor=actor, name="Annex", kind="unit", is_authority=False)
    return db.session.scalar(sa.select(Office.public_id).order_by(Office.id.desc()).limit(1))


# --- what lies around -------------------------------------------------------------------------------------


def _things(world: World) -> None:
    """Jobs, notifications, saved views, kept questions, reference data."""
    officer, manager = world.people["triage_officer"].actor, world.people["programme_manager"].actor
    queue_services.save_view(actor=officer, name="Mine", query="")
    clarification.add_question_template(actor=officer, field="problem", text="How many?")
    notifications.dispatch()
    world.ids |= {
        "job": uuid.UUID(jobs.start("imports.preview", {"what": "requests", "file_id": 1}, actor=officer)),
        "pledge_job": uuid.UUID(jobs.start("imports.preview", {"what": "pledges", "file_id": 1}, actor=manager)),
        "source": source(world.people["triage_officer"]),
        "removing_source": removing_source(world.people["triage_officer"]),
        "view": 1,
        "question": db.session.scalar(sa.select(QuestionTemplate.id)),
        "holiday": db.session.scalar(sa.select(Holiday.id).order_by(Holiday.day.desc()).limit(1)),
        "rate": db.session.scalar(sa.select(ExchangeRate.id).where(ExchangeRate.ended_on.is_(None)).limit(1)),
        "area": db.session.scalar(sa.select(Area.id).limit(1)),
        "meeting": db.session.scalar(sa.select(Session.code).order_by(Session.id).limit(1)),
        **meetings.made(world.ids["funded"], cast_of(world, "KEN"), donors_of(world, "NORAD")),
        **settled.made(cast_of(world, "KEN"), donors_of(world, "NORAD"), world.people["travel_officer"]),
        "mail": _delivery(world, "email"),
        "notice": _delivery(world, "inapp"),
        "letter": said.letter_about(world.ids["in_review"]),
    }
    db.session.rollback()


def _delivery(world: World, channel: str) -> uuid.UUID:
    """One of the authority's notifications."""
    mine = Delivery.person_id == world.people["authority"].person_id
    return db.session.scalar(
        sa.select(Delivery.public_id).where(mine, Delivery.channel == channel).order_by(Delivery.id).limit(1)
    )
