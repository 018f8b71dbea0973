"""The demonstration, whole or not at all: reference data, people, what happened so far, imported records."""

import hashlib
import os
import secrets
import time
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.accounts import passwords
from tracker.accounts.models import Organisation, Person
from tracker.accounts.roles import ROLES
from tracker.assistance.imported import imports as requests_in_files
from tracker.assistance.imported.services import import_requests
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, shifted, today
from tracker.database.transactions import transaction, update_where
from tracker.database.wake_ups import unsent
from tracker.demo import conversations, meetings, promises, sittings
from tracker.demo.paper import file_on_paper
from tracker.demo.participants import DATA, Participants, read
from tracker.demo.schedule import Progress, Schedule
from tracker.demo.stories import Story
from tracker.events import Event
from tracker.extensions import db
from tracker.imports.reading import open_source
from tracker.notifications import services as notifications
from tracker.pledges import imports as pledges_in_files
from tracker.pledges.models import Pledge
from tracker.pledges.services.importing import import_pledges
from tracker.reference import loader
from tracker.reference import services as reference
from tracker.reference.models import ExchangeRate, Session
from tracker.rights.actor import Actor
from tracker.triage.case.clarification import services as assistance
from tracker.web.application import settings

READ_UNTIL = 6
"""Days ago up to which everybody has read what they were told."""
PREPARED = 30
"""Days between the first entry in the accounts and the first pledge."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much there is."""

    requests: int
    pledges: int
    people: int
    events: int
    seconds: float


def is_empty() -> bool:
    """Whether nobody has an account yet and no organisation is known."""
    return db.session.scalar(sa.select(Organisation.id).limit(1)) is None


def load(progress: Progress) -> Loaded:
    """Load everything in one transaction; raises what a verb raises, and then nothing is loaded."""
    started = time.monotonic()
    password = secrets.token_urlsafe(12)
    participants = Participants(passwords.hashed(password), passwords.hashed(secrets.token_urlsafe(32)))
    with unsent(), transaction(), notifications.suppressed():
        loader.load(invented=True)
        _play(participants, progress)
        for model in (AssistanceRequest, Pledge):
            update_where(model, model.origin == "form", origin="demonstration")
        loaded = _count(time.monotonic() - started)
    _write_accounts(settings().data_dir / "demonstration-accounts.txt", participants, password)
    return loaded


def _play(participants: Participants, progress: Progress) -> None:
    """Gather the people, write everything into the schedule, let it happen."""
    schedule = Schedule()
    first_day = _first_day()
    with shifted(schedule.moment(first_day + PREPARED)):
        participants.sign_up()
        administrator = participants["UNODC.administrator"]
        _carry_rates_back(administrator)
        meetings.open_held(participants)
    meetings.write_into(schedule, participants)
    schedule.on(95, partial(_keep_questions, participants))
    told = _stories(participants)
    _date_by_session(told)
    for story in told.values():
        story.write_into(schedule)
    conversations.write_into(schedule, told)
    promises.write_into(schedule, participants, told, first_day=first_day)
    sittings.write_into(schedule, participants, told)
    file_on_paper(participants, schedule)
    for name, act in (("un1540.csv", _import_requests), ("undp.json", _import_requests), ("fts.csv", _import_pledges)):
        schedule.on(12, partial(act, DATA / name, administrator))
    schedule.on(3, participants.ask_for_an_account)
    schedule.on(16, participants.invite_a_colleague)
    schedule.on(2, participants.ask_for_an_officer)
    schedule.on(READ_UNTIL, partial(_read_everything, participants))
    schedule.play(progress)


def _keep_questions(participants: Participants) -> None:
    """The office keeps the questions that come again and again."""
    for kept in read("questions")["question"]:
        assistance.add_question_template(actor=participants[kept["officer"]], field=kept["field"], text=kept["text"])


def _read_everything(participants: Participants) -> None:
    """Everybody has read what they were told so far."""
    for actor in participants.actors.values():
        notifications.mark_all_read(actor=actor)


def _first_day() -> float:
    """How many days ago the first pledge was offered: before everything that it pays for."""
    held = db.session.scalars(sa.select(Session).where(Session.code == meetings.HELD)).one()
    return max(460, (today() - (held.starts_on or today())).days + 150)


def _carry_rates_back(actor: Actor) -> None:
    """Use the delivered rates for the time before them, and say so in their source."""
    wanted = read("pledges")["carried_back"]
    for rate in db.session.scalars(sa.select(ExchangeRate).where(ExchangeRate.currency.in_(wanted))).all():
        if rate.valid_from > today():
            reference.add_rate(
                actor=actor,
                currency=rate.currency,
                units_per_usd=Decimal(rate.units_per_usd),
                valid_from=today(),
                source=f"Demonstration: the rate of {rate.valid_from} carried back",
            )


def _date_by_session(told: dict[str, Any]) -> None:
    """Requests for the session that was held count their days from it."""
    starts = db.session.scalars(sa.select(Session.starts_on).where(Session.code == meetings.HELD)).one() or today()
    for story in told.values():
        if "before_session" in story.text:
            story.text["begun"] = (today() - starts).days + story.text["before_session"]


def _import_requests(path: Path, actor: Actor) -> None:
    source = open_source(path)
    sha256 = hashlib.sha256(source.data).hexdigest()
    import_requests(requests_in_files.read(source), actor=actor, file_name=source.name, sha256=sha256)


def _import_pledges(path: Path, actor: Actor) -> None:
    source = open_source(path)
    sha256 = hashlib.sha256(source.data).hexdigest()
    import_pledges(pledges_in_files.read(source), actor=actor, file_name=source.name, sha256=sha256)


def _count(seconds: float) -> Loaded:
    def rows(model: Any) -> int:
        return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0

    return Loaded(rows(AssistanceRequest), rows(Pledge), rows(Person), rows(Event), seconds)


def _write_accounts(path: Path, participants: Participants, password: str) -> None:
    """Keep what `make run` prints: who one can enter as, and the password made for this installation."""
    lines = [
        f"{ROLES[account.role].label:<28} {account.organisation:<6} {account.name:<22} {account.email}"
        for account in participants.accounts
    ]
    lines += [
        "",
        f"Password of each: {password}   (or one press on the sign-in page)",
        f"Loaded at {now():%Y-%m-%d %H:%M} UTC",
    ]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")


def _stories(participants: Participants) -> dict[str, Story]:
    """Every request of the files, by its key."""
    phrases = read("phrases")
    found: dict[str, Story] = {}
    for language in ("fr", "en", "es", "ar", "ru", "zh"):
        for text in read(f"requests_{language}")["request"]:
            found[text["key"]] = Story({"language": language, **text}, phrases, participants, found)
    return found
