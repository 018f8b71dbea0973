"""The life of each demonstration request, from data/requests_*.toml, written into the schedule step by step."""

import io
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tracker.accounts.models import Person
from tracker.assistance import queries
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.clarification import services as clarification
from tracker.assistance.decision import services as decision_services
from tracker.assistance.decision.services.amending import in_force
from tracker.assistance.drafting import services as drafting
from tracker.assistance.handling import services as handling
from tracker.assistance.implementation import services as implementation
from tracker.assistance.incoming_note import Note
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import Activity, AssistanceRequest
from tracker.assistance.rule_facts import rule_facts_of
from tracker.calendar.now import today
from tracker.demo import before_rounds
from tracker.demo.nominees import nominee
from tracker.demo.pages import page_of
from tracker.demo.participants import Participants
from tracker.demo.request_steps import OUTCOMES, REST, STEPS_OF, terms
from tracker.demo.schedule import Schedule
from tracker.extensions import db
from tracker.participation import services as participation
from tracker.reference.models import Session
from tracker.rights.actor import Actor

NOTHING: dict[str, Any] = {}


@dataclass
class Story:
    """One request: what its State wrote, how far it came, and when each step happened (days ago)."""

    text: dict[str, Any]
    phrases: dict[str, dict[str, str]]
    participants: Participants
    stories: dict[str, "Story"]
    public_id: uuid.UUID = field(default_factory=uuid.uuid4)
    days: dict[str, float] = field(default_factory=dict)
    decision: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def is_participation(self) -> bool:
        """Support for participation rather than technical assistance."""
        return "delegates" in self.text

    @property
    def drafter(self) -> Actor:
        return self.participants.of(self.text["state"], "focal_point", "authorising_officer")

    @property
    def authority(self) -> Actor:
        return self.participants.of(self.text["state"], "authorising_officer")

    @property
    def officer(self) -> Actor:
        """French requests are the second officer's."""
        return self.participants["UNODC.second_officer" if self.text["language"] == "fr" else "UNODC.triage_officer"]

    @property
    def manager(self) -> Actor:
        return self.participants["UNODC.programme_manager"]

    def phrase(self, name: str, actor: Actor) -> str:
        """The request's own words for a step, else a phrase in the actor's language."""
        return self.text.get(name) or self.phrases[name].get(actor.language, self.phrases[name]["en"])

    @property
    def reference(self) -> str:
        """The reference that it was given."""
        of_this = AssistanceRequest.public_id == self.public_id
        return str(db.session.scalar(sa.select(AssistanceRequest.reference).where(of_this)))

    def write_into(self, schedule: Schedule) -> None:
        """Put every step on its day."""
        day = float(self.text["begun"])
        for step in STEPS_OF[self.text["way"]].split():
            day -= self.text.get("rest", NOTHING).get(step, REST[step])
            self.days[step] = day
            schedule.on(day, getattr(self, step))

    # --- the State -----------------------------------------------------------------------------------------

    def draft(self) -> None:
        """Begin, and fill every field that the file fills."""
        kind = "participation" if self.is_participation else "technical"
        session = self.text.get("session")
        session_id = db.session.scalar(sa.select(Session.id).where(Session.code == session)) if session else None
        made = drafting.start_draft(
            actor=self.drafter, kind=kind, language=self.text["language"], session_id=session_id
        )
        self.public_id = uuid.UUID(made)
        drafting.edit(
            self.public_id,
            actor=self.drafter,
            version=1,
            step="describe",
            values=self.values(),
            columns={"marking": self.text.get("marking", "unclassified")},
        )
        for number, person in enumerate(self.text.get("delegates", ())):
            self._nominate(person, head=number == 0)

    def values(self) -> dict[str, Any]:
        """The fields of the request as `assistance.fields` takes them."""
        text = self.text
        if self.is_participation:
            return {"own_contribution": text["own_contribution"]} if "own_contribution" in text else {}
        begins = today() + timedelta(days=text.get("starts_in", 150))
        days = {"starts_on": begins, "ends_on": begins + timedelta(days=text.get("lasts", 90))}
        found: dict[str, Any] = {
            name: text[name] for name in ("title", "problem", "objectives", "expected_results") if name in text
        }
        if "budget" not in text:
            return found
        return found | {
            "human_rights": text.get("human_rights") or self.phrases["human_rights"][text["language"]],
            "areas": text["areas"],
            "beneficiaries": text["beneficiaries"],
            "dates": {name: day.isoformat() for name, day in days.items()} | {"place": text["place"]},
            "budget": {"currency": text.get("currency", "USD"), "lines": text["budget"]},
        }

    def _nominate(self, person: dict[str, Any], *, head: bool) -> None:
        nomination = nominee(self.text, person, head=head)
        participation.nominate(self.public_id, actor=self.drafter, nomination=nomination)

    def ask_authorisation(self) -> None:
        authorisation.ask_authorisation(self.public_id, actor=self.drafter, version=None)

    def return_to_draft(self) -> None:
        reason = self.phrase("return_reason", self.authority)
        authorisation.return_to_draft(self.public_id, actor=self.authority, version=None, reason=reason)

    def submit(self) -> None:
        """Release it with a note verbale, whose page says that it is none."""
        authorisation.submit(
            self.public_id,
            actor=self.authority,
            version=None,
            note=self.note(),
            consents=tuple(self.text.get("consents", ())),
        )

    def note(self) -> Note:
        """The note verbale: a page that says what it is."""
        reference = f"{self.text['state']}/NV/{today():%Y}/{int(self.text['begun']):03d}"
        content = page_of("a note verbale", reference, f"Annex: {self.reference}")
        page = FileStorage(io.BytesIO(content), filename="note-verbale.pdf")
        return Note(issuer=self.phrases["issuer"][self.text["language"]], reference=reference, dated=today(), file=page)

    def answer(self) -> None:
        """Answer every question; the authority does, so that any field may change."""
        asked = queries.open_clarification(queries.get_visible(self.public_id, self.authority))
        if asked is None:
            raise RuntimeError(f"{self.text['key']} was not asked.")
        replies = {asks.id: text for asks, text in zip(asked.questions, self.text["answers"], strict=True)}
        clarification.answer(
            self.public_id,
            actor=self.authority,
            version=None,
            replies=replies,
            values=self.text.get("corrected"),
            language=self.text["language"],
        )

    def reopen(self) -> None:
        reason = self.phrase("reopen_reason", self.authority)
        decision_services.reopen(self.public_id, actor=self.authority, version=None, reason=reason)

    def withdraw(self) -> None:
        reason = self.phrase("withdrawal_reason", self.authority)
        authorisation.withdraw(self.public_id, actor=self.authority, version=None, reason=reason)

    def confirm(self) -> None:
        """Confirm the first activity."""
        implementation.confirm_implementation(
            self.public_id,
            actor=self.drafter,
            activity_public_id=self._activities()[0],
            rating=self.text.get("rating", 5),
            comment=self.text.get("comment", ""),
        )

    # --- the office ----------------------------------------------------------------------------------------

    def return_note(self) -> None:
        reason = self.phrase("note_reason", self.officer)
        handling.return_note(self.public_id, actor=self.officer, version=None, reason=reason)

    def assign(self) -> None:
        """The manager names the officer: nobody else sees a strictly confidential request."""
        officer = db.session.get_one(Person, self.officer.person_id).public_id
        handling.assign(self.public_id, actor=self.manager, version=None, officer=officer)

    def take_up(self) -> None:
        handling.take_up(self.public_id, actor=self.officer, version=None)

    def add_note(self) -> None:
        handling.add_note(self.public_id, actor=self.officer, body=self.phrase("internal_note", self.officer))

    def ask(self) -> None:
        questions = [(about, question) for about, question in self.text["questions"]]
        clarification.ask_clarification(self.public_id, actor=self.officer, version=None, questions=questions)

    def prepare(self) -> None:
        """Prepare the decision to which the way leads."""
        outcome = OUTCOMES.get(self.text["way"], Outcome.ACCEPTED)
        name = "reasons" if outcome is Outcome.ACCEPTED else f"reasons_{outcome}"
        joins = self.text.get("joins")
        proposal = decision_services.Proposal(
            outcome=outcome,
            reasons=self.phrase(name, self.officer),
            **(terms(self.text, lambda name: self.phrase(name, self.officer)) if outcome is Outcome.ACCEPTED else {}),
            referred_to=self.text.get("referred_to", ""),
            state_agreed_on=today() if outcome is Outcome.REFERRED else None,
            merged_into=self.stories[joins].reference if joins else "",
        )
        self.decision = uuid.UUID(
            decision_services.prepare_decision(self.public_id, actor=self.officer, version=None, proposal=proposal)
        )
        before_rounds.name_the_amount(self.text, self.decision)

    def sign(self) -> None:
        decision_services.sign_decision(self.public_id, actor=self.manager, version=None, decision=self.decision)

    def prepare_amendment(self) -> None:
        """Prepare the new terms that the file names; what it does not name stays."""
        stands = in_force(rule_facts_of(queries.get_visible(self.public_id, self.officer).id))
        new = self.text["amendment"]
        amendment = decision_services.Amendment(
            reasons=new["reasons"],
            amount_minor=new.get("amount", stands.amount_minor),
            scope=new.get("scope", stands.scope),
            conditions=new.get("conditions", stands.conditions),
            amount_reason=new.get("amount_reason", ""),
        )
        self.decision = uuid.UUID(
            decision_services.prepare_amendment(self.public_id, actor=self.officer, version=None, amendment=amendment)
        )

    def amend(self) -> None:
        decision_services.amend(self.public_id, actor=self.manager, version=None, decision=self.decision)

    def plan(self) -> None:
        """Plan the activities, a month apart."""
        for number, title in enumerate(self.text["activities"], start=1):
            planned_on: date = today() + timedelta(days=30 * number)
            implementation.plan_activity(
                self.public_id, actor=self.officer, title=title, planned_on=planned_on, place=self.text.get("place", "")
            )

    def start(self) -> None:
        """Start the implementation, unless the first payment has started it."""
        if queries.get_visible(self.public_id, self.manager).status == "accepted":
            implementation.start_implementation(self.public_id, actor=self.manager, version=None)

    def record_result(self) -> None:
        """Record what the first activity brought."""
        women, men = self.text.get("people", (14, 12))
        result = implementation.Result(
            delivered_on=today(),
            place=self.text.get("place", "Vienna"),
            result=self.phrase("result", self.officer),
            women=women,
            men=men,
        )
        implementation.record_implementation(
            self.public_id, self._activities()[0], actor=self.officer, version=None, result=result
        )

    def end_unfunded(self) -> None:
        rule = self.phrase("published_rule", self.manager)
        implementation.end_unfunded(self.public_id, actor=self.manager, version=None, rule=rule)

    def complete(self) -> None:
        implementation.complete(self.public_id, actor=self.manager, version=None)

    def _activities(self) -> list[uuid.UUID]:
        statement = (
            sa.select(Activity.public_id)
            .join(AssistanceRequest, AssistanceRequest.id == Activity.request_id)
            .where(AssistanceRequest.public_id == self.public_id)
            .order_by(Activity.id)
        )
        return list(db.session.scalars(statement))
