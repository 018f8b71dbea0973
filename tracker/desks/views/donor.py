"""The donor's desk: what needs it, needs that fit, what became of its pledges, and what it wants to be shown."""

import uuid
from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.assistance.lifecycle import KIND_LABELS, Kind
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.desks.blueprint import bp
from tracker.events.opening import shown_to_donor
from tracker.files.sending import send
from tracker.languages.choosing import current_language
from tracker.pledges import queries
from tracker.pledges.actions import Action
from tracker.pledges.earmarks import Rule
from tracker.pledges.policies import RULES
from tracker.pledges.presenting import terms_of, words
from tracker.pledges.rule_facts import rule_facts_of
from tracker.reference import queries as reference
from tracker.reference.lifecycle import COUNTRY_LISTS, GROUP_NAMES, REGIONAL_GROUPS
from tracker.reference.names import state_name
from tracker.rights.rules import can
from tracker.rounds.sponsoring.queries import as_sessions, select_sessions_to_sponsor
from tracker.web.access import access, current_actor
from tracker.web.reading import chosen

_SOON = timedelta(days=30)
_ON_DESK = 4
_ON_PAGE = 25
_MOST_DUE = 10


@bp.get("/donor")
@access("donor")
def donor() -> Any:
    """The donor's start: tasks, needs, pledges, use of the money."""
    actor = current_actor()
    sessions = select_sessions_to_sponsor(actor)
    desk = queries.donor_desk(actor, until=today() + _SOON, most_due=_MOST_DUE, beside=sessions)
    needs = queries.open_needs(actor, interests=desk.interests)
    return render_template(
        "donor/desk.html",
        rows=desk.rows[: queries.PAGE],
        taken_over=desk.taken_over,
        totals=desk.totals,
        to_sign=[row.pledge for row in desk.rows if can(RULES, Action.SIGN, actor, rule_facts_of(row.pledge)) is None],
        due=desk.due,
        to_agree=desk.to_agree,
        needs=needs[:_ON_DESK],
        needs_count=len(needs),
        needs_cut=len(needs) == queries.MOST_NEEDS,
        interests=_in_words(desk.interests.rules),
        to_sponsor=as_sessions(desk.beside),
        **_words(),
    )


@bp.get("/donor/needs")
@access("donor")
def donor_needs() -> Any:
    """All needs that States agreed to show donors."""
    kind = chosen("kind", (k.value for k in Kind))
    region = chosen("region", REGIONAL_GROUPS)
    needs = queries.open_needs(current_actor(), kind=kind, region=region)
    first = _place_after(request.args.get("after", ""), needs)
    return render_template(
        "donor/needs.html",
        needs=needs[first : first + _ON_PAGE],
        number=len(needs),
        cut=len(needs) == queries.MOST_NEEDS,
        back=_address_of_page(needs, first - _ON_PAGE, kind, region) if first else "",
        on=_address_of_page(needs, first + _ON_PAGE, kind, region) if len(needs) > first + _ON_PAGE else "",
        kind=kind,
        region=region,
        kinds=[("", _("All kinds")), *((k.value, _(KIND_LABELS[k])) for k in Kind)],
        regions=[("", _("All groups")), *((code, _(GROUP_NAMES[code])) for code in REGIONAL_GROUPS)],
        **_words(),
    )


def _place_after(number: str, needs: list[queries.OpenNeed]) -> int:
    """Where the page begins that follows a need; the top when it is not in the list any more."""
    return next((place for place, need in enumerate(needs, 1) if str(need.number) == number), 0)


def _address_of_page(needs: list[queries.OpenNeed], first: int, kind: str, region: str) -> str:
    """Where the page is that begins at a place in the list; it is named by the need before it."""
    after = needs[first - 1].number if first > 0 else None
    return url_for("desks.donor_needs", kind=kind or None, region=region or None, after=after)


@bp.get("/donor/needs/<uuid:number>")
@access("donor")
def donor_need(number: uuid.UUID) -> Any:
    """One need, as far as its State agreed."""
    need = queries.get_need(number, current_actor())
    papers = queries.papers_of_need(number, current_actor())
    return render_template("donor/need.html", need=need, papers=papers, areas=_areas(need), **_words())


@bp.get("/donor/needs/<uuid:number>/files/<uuid:file_id>")
@access("donor")
def donor_paper(number: uuid.UUID, file_id: uuid.UUID) -> Any:
    """One document of a need, which its State agreed to show; that it was opened stands in the request's history."""
    actor = current_actor()
    paper, request_id = queries.paper_of_need(number, file_id, actor)
    shown_to_donor(paper, actor=actor, part_of=(AssistanceRequest, request_id))
    return send(paper)


def _words() -> dict[str, Any]:
    return {**words(), "matched": lambda met: "; ".join(value for _label, value in terms_of(met)), "whose": _whose}


def _whose(need: Any) -> str:
    """The State of a need and what it is: "Malawi, least developed, landlocked"."""
    held = [_(known.passing) for code, known in COUNTRY_LISTS.items() if known.passing and code in need.facts.lists]
    return ", ".join([state_name(need.facts.iso3, current_language()), *held])


def _in_words(rules: dict[str, list[str]]) -> list[tuple[str, str]]:
    return terms_of(Rule(name, tuple(codes)) for name, codes in rules.items() if codes)


def _areas(need: Any) -> str:
    """The areas that the State named, without the groups above them that earmarks match."""
    named = [area for area in reference.areas(ended=True) if area.code in need.facts.areas and area.kind != "group"]
    return "; ".join(area.name(current_language()) for area in named)
