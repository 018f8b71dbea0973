"""The people of a journey, and what they were told."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import sqlalchemy as sa
from flask_babel import gettext

from tests.factories.accounts import Someone, person
from tests.services.postgresql import wait_for
from tracker.events.models import Event
from tracker.extensions import db
from tracker.languages.choosing import in_language
from tracker.notifications.catalogue import CATALOGUE
from tracker.notifications.lifecycle import Channel, Side, Status
from tracker.notifications.models import Delivery
from tracker.reference import loader

REFERENCE = re.compile(r"\b((TA|PS|PL)-\d{4}-[A-Z0-9]+-\d{3,}|AHC-\w+)")
"""A request, a pledge, or a session of which a mail speaks."""


@dataclass(frozen=True)
class Everybody:
    """One person for each part; the State works in French and Arabic."""

    drafter: Someone
    authority: Someone
    officer: Someone
    manager: Someone
    donor: Someone
    signatory: Someone
    finance: Someone
    second_finance: Someone

    LANGUAGES: ClassVar = {"drafter": "fr", "authority": "ar", "donor": "es"}

    @property
    def by_name(self) -> dict[str, Someone]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def make_people() -> Everybody:
    """Load the reference data and make the people."""
    loader.load()
    return Everybody(
        drafter=person("focal_point", of="CIV", language="fr", name="Drafter"),
        authority=person("authorising_officer", of="CIV", language="ar", name="Authority"),
        officer=person("triage_officer", name="Officer"),
        manager=person("programme_manager", name="Manager"),
        donor=person("donor_officer", of="NORAD", language="es", name="Donor"),
        signatory=person("donor_signatory", of="NORAD", name="Signatory"),
        finance=person("finance_officer", name="Finance"),
        second_finance=person("finance_officer", name="Second finance"),
    )


def mails_by_person(everybody: Everybody) -> dict[str, list[str]]:
    """The events of which each was told by mail, in order, by the name of the part they play."""
    names = {f"person:{someone.person_id}": name for name, someone in everybody.by_name.items()}
    found: dict[str, list[str]] = defaultdict(list)
    for key, event, _side, _address in _mails(Status.SENT):
        found[names.get(key, "delegate" if key.startswith("delegate:") else "official")].append(event)
    return dict(found)


def assert_told(everybody: Everybody, due: dict[str, list[str]]) -> None:
    """Each has exactly the mail that is due, and nobody else has any."""
    had = {name: Counter(events) for name, events in mails_by_person(everybody).items()}
    wanted = {name: Counter(events) for name, events in due.items()}
    both = had.keys() | wanted.keys()
    too_much = {name: had.get(name, Counter()) - wanted.get(name, Counter()) for name in both}
    missing = {name: wanted.get(name, Counter()) - had.get(name, Counter()) for name in both}
    found = {name: (dict(too_much[name]), dict(missing[name])) for name in sorted(both)}
    wrong = {name: pair for name, pair in found.items() if any(pair)}
    assert not wrong, f"too much and missing: {wrong}"


def _mails(*statuses: str) -> list[Any]:
    db.session.rollback()
    statement = (
        sa.select(Delivery.recipient_key, Event.name, Delivery.side, Delivery.person_id)
        .join(Event, Event.id == Delivery.event_id)
        .where(Delivery.channel == Channel.EMAIL, Delivery.status.in_(statuses))
        .order_by(Event.id)
    )
    return list(db.session.execute(statement).all())


def wait_until_sent() -> None:
    """Wait until every event is expanded and no mail waits."""

    def done() -> bool:
        from tracker.notifications.models import Dispatch

        db.session.rollback()
        waiting = db.session.scalar(
            sa.select(sa.func.count()).select_from(Event).where(~sa.exists().where(Dispatch.event_id == Event.id))
        )
        return not waiting and not _mails(Status.PENDING, Status.CLAIMED, Status.SENDING)

    wait_for(done, seconds=60, what="the last mail")


def plainly(words: str) -> str:
    """Words as a mail's header carries them: a no-break space may arrive as a plain one."""
    return " ".join(words.split())


def assert_mail_is_due_and_in_their_language(everybody: Everybody, smtp: Any) -> None:
    """The mail server has for each person what the deliveries say, once, in the person's language."""
    for name, someone in everybody.by_name.items():
        due: Counter[str] = Counter()
        for key, event, side, _person in _mails(Status.SENT):
            if key == f"person:{someone.person_id}":
                with in_language(everybody.LANGUAGES.get(name, "en")):
                    headline = gettext(CATALOGUE[event].headline_for(Side(side))).replace("%(reference)s", "…")
                due[plainly(headline)] += 1
        came = Counter(plainly(REFERENCE.sub("…", mail.subject)) for mail in smtp.to(someone.email))
        assert came == due, name
