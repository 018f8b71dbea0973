"""Requests of the demonstration that came by post."""

from functools import partial
from typing import Any

from tracker.assistance.authorisation import services
from tracker.assistance.incoming_note import Note
from tracker.calendar.now import today
from tracker.demo.participants import Participants, read
from tracker.demo.schedule import Schedule
from tracker.rights.actor import Actor


def file_on_paper(participants: Participants, schedule: Schedule) -> None:
    """What States asked on paper and the office filed."""
    for text in read("on_paper")["request"]:
        schedule.on(text["begun"], partial(_file, text, participants["UNODC.second_officer"]))


def _file(text: dict[str, Any], officer: Actor) -> None:
    services.file_paper_request(
        actor=officer,
        state_code=text["state"],
        kind="technical",
        language=text["language"],
        values={name: text[name] for name in ("title", "problem", "areas", "beneficiaries")},
        note=Note(issuer=text["issuer"], reference=text["note"], dated=today()),
    )
