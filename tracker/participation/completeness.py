"""What a nomination must hold before the authority is asked; registered as gates in create_app."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from tracker.assistance import queries as asked_queries
from tracker.assistance.fields.completeness import needed
from tracker.assistance.lifecycle import Action, Kind, gate
from tracker.calendar.now import today
from tracker.costs.lines import LineKind, Payer
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.participation import queries
from tracker.participation.lifecycle import ASKED_LINES, days_touch, is_twice, judged_on, same_person
from tracker.participation.models import Delegate
from tracker.participation.support.queries import support_of
from tracker.participation.support.terms import Support
from tracker.reference import nominations
from tracker.reference.models import Session

REQUIRED = (
    "family_name",
    "function",
    "office",
    "email",
    "nationality_iso3",
    "departure_iata",
    "arrives_on",
    "leaves_on",
)
ABOUT_DELEGATION = ("delegates", "needs")
"""The fields that the delegation's page answers."""


def complete_delegation(assistance_request: Any) -> dict[str, Any]:
    """Sentences by field (session, delegates) that stop a participation request from being authorised."""
    if assistance_request.session_id is None:
        return {"session": needed("session")}
    session = db.session.get_one(Session, assistance_request.session_id)
    found: dict[str, Any] = {}
    _check_session(assistance_request, session, found)
    delegates = queries.delegates_of(assistance_request.id)
    _check_seats(delegates, session, found)
    _check_people(assistance_request, delegates, session, found)
    _check_payers(delegates, support_of(session.id), found)
    return found


def whole_delegation(assistance_request: Any) -> dict[str, Any]:
    """Sentences by questioned field that stop an answer about the delegation while it is not whole. Whether the
    session takes nominations still is not asked again."""
    asked = asked_queries.open_clarification(assistance_request)
    about = [one.field for one in asked.questions if one.field in ABOUT_DELEGATION] if asked else []
    if not about or assistance_request.session_id is None:
        return {}
    session = db.session.get_one(Session, assistance_request.session_id)
    delegates = queries.delegates_of(assistance_request.id)
    found: dict[str, Any] = {}
    _check_seats(delegates, session, found)
    _check_people(assistance_request, delegates, session, found)
    _check_payers(delegates, support_of(session.id), found)
    return {name if name in about else about[0]: sentence for name, sentence in found.items()}


def _check_session(assistance_request: Any, session: Session, found: dict[str, Any]) -> None:
    facts = queries.eligibility_of(assistance_request.organisation_id, session)
    if facts is None or not facts.is_eligible:
        day = format_day(judged_on(session.closing_on, today()))
        found["session"] = lazy(
            "Support is for developing countries: by the lists of %(day)s, on which nominations close, your State is "
            "on none of them (LDC, LLDC, SIDS, ODA-eligible).",
            day=day,
        )
    elif not facts.is_open:
        found["session"] = _closed(session)


def _closed(session: Session) -> Any:
    if nominations.rounds_prepared(session.id):
        return lazy("The seats of this session are being given: nominations are no longer taken.")
    return lazy("Nominations for this session are closed.")


def too_many(delegates: Sequence[Delegate], session: Session | None) -> Any:
    """What more people than seats mean, and that there are too many alternates; None where neither is so."""
    if not delegates or session is None:
        return None
    found: dict[str, Any] = {}
    _check_seats(delegates, session, found)
    principals = sum(not d.alternate for d in delegates)
    if found or principals <= session.seats_per_state:
        return found.get("delegates")
    return lazy(
        "%(seats)d delegates can be funded for each State and %(number)d are nominated: the last in your order stand "
        "as reserve.",
        seats=session.seats_per_state,
        number=principals,
    )


def _check_seats(delegates: Any, session: Session, found: dict[str, Any]) -> None:
    """More delegates than seats are taken, the others as reserve; more alternates than asked for are not."""
    principals = sum(not d.alternate for d in delegates)
    alternates = len(delegates) - principals
    if not principals:
        found["delegates"] = lazy("Nominate at least one delegate.")
    elif alternates > session.alternates_per_state:
        found["delegates"] = lazy(
            "%(seats)d alternates can be named for each State; %(number)d are.",
            seats=session.alternates_per_state,
            number=alternates,
        )


def _check_people(
    assistance_request: Any, delegates: Sequence[Delegate], session: Session, found: dict[str, Any]
) -> None:
    gaps = [d for d in delegates if not all(getattr(d, name) for name in REQUIRED)]
    if gaps:
        found.setdefault("delegates", lazy("Complete what is missing for %(name)s.", name=_names(gaps)))
    again = [d for d, other in combinations(delegates, 2) if same_person(d, other)]
    if again:
        found.setdefault("delegates", lazy("%(name)s is nominated twice: take one off.", name=_names(again[:1])))
    if (sentence := _doubled(assistance_request, delegates)) is not None:
        found.setdefault("delegates", sentence)
    elsewhere = [d for d in delegates if not days_touch(d.arrives_on, d.leaves_on, session.starts_on, session.ends_on)]
    if elsewhere:
        sentence = lazy("The travel days of %(name)s lie before or after the session.", name=_names(elsewhere))
        found.setdefault("delegates", sentence)


def _doubled(assistance_request: Any, delegates: Sequence[Delegate]) -> Any:
    """The sentence about whoever is nominated, or has a seat, for another session on overlapping days."""
    others = queries.people_elsewhere(assistance_request) if delegates else []
    doubled = [d for d in delegates if any(is_twice(d, other) for other, _session in others)]
    if not doubled:
        return None
    return lazy("%(name)s is nominated for another session on overlapping days.", name=_names(doubled))


def nobody_is_elsewhere(assistance_request: Any) -> dict[str, Any]:
    """The gate before a second look: a declined delegation comes back only while nobody of it goes elsewhere."""
    sentence = _doubled(assistance_request, queries.delegates_of(assistance_request.id))
    return {} if sentence is None else {"delegates": sentence}


def _check_payers(delegates: Sequence[Delegate], support: Support | None, found: dict[str, Any]) -> None:
    """Who pays each line that the session pays, or that is usually paid while that is not set up."""
    asked = asked_lines(support)
    unsaid = [d for d in delegates if not all(d.payers[line] for line in asked)]
    unnamed = [d for d in delegates if Payer.OTHER in d.payers.values() and not d.payer_other.strip()]
    needless = [d for d in delegates if d not in unsaid and not set(asked) & set(d.needs)]
    if unsaid:
        found["needs"] = lazy("Say who pays for %(name)s.", name=_names(unsaid))
    elif unnamed:
        found["needs"] = lazy("Name the other organisation that pays for %(name)s.", name=_names(unnamed))
    elif needless:
        found["needs"] = lazy("Nothing is asked of this fund for %(name)s.", name=_names(needless))


def asked_lines(support: Support | None) -> tuple[LineKind, ...]:
    """The lines of which the State says who pays them."""
    paid = support.terms.pays if support else frozenset(ASKED_LINES) - {LineKind.INSURANCE}
    return tuple(line for line in ASKED_LINES if line in paid)


def _names(delegates: Sequence[Delegate]) -> str:
    return ", ".join(delegate.name or str(delegate.position) for delegate in delegates)


def register() -> None:
    """Stand in the way of asking for authorisation, and of answers about the delegation, until it is whole."""
    gate(Kind.PARTICIPATION, Action.ASK_AUTHORISATION, complete_delegation)
    gate(Kind.PARTICIPATION, Action.ANSWER, whole_delegation)
    gate(Kind.PARTICIPATION, Action.REOPEN, nobody_is_elsewhere)
