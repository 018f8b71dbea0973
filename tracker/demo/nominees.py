"""Whom the States of the demonstration nominate: there from the day before the session to the day after, with an
airport and who pays, so that every seat has its estimate."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tracker.participation.services import Nomination
from tracker.reference import queries as reference

PAYERS = dict.fromkeys(("payer_fare", "payer_allowance", "payer_terminals", "payer_visa"), "fund")


def nominee(text: Mapping[str, Any], person: Mapping[str, Any], *, head: bool) -> Nomination:
    """One person of a request of the files."""
    session = reference.get_session(text["session"])
    days: dict[str, Any] = {}
    if session.starts_on and session.ends_on:
        days = {"arrives_on": session.starts_on - timedelta(1), "leaves_on": session.ends_on + timedelta(1)}
    said = {"language": text["language"], "nationality_iso3": text["state"], **PAYERS, **days, **person}
    return Nomination(head=head, **said)
