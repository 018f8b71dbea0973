"""How pledges, earmarks and instalments read on a page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.assistance.lifecycle import KIND_LABELS, Kind, Marking
from tracker.calendar.now import today
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day, format_number
from tracker.pledges import lifecycle
from tracker.pledges.actions import ACTION_LABELS
from tracker.pledges.earmarks import EARMARKS, LEVEL_LABELS, Rule, level
from tracker.pledges.forms.choices import CODES
from tracker.pledges.queries.lines import LedgerLine
from tracker.pledges.queries.names import known_as, short_number
from tracker.pledges.queries.uses import Use
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.reference.names import state_name
from tracker.rights.actor import Actor

AHEAD = timedelta(days=60)
"""As far ahead does the finance desk look for instalments."""


def kind_name(kind: str) -> str:
    """A kind of request in the reader's words; "" is a kind that the reader may not know."""
    return _(KIND_LABELS[Kind(kind)]) if kind else _("Strictly confidential")


def terms_of(rules: Iterable[Rule]) -> list[tuple[str, str]]:
    """Earmarks as (what is restricted, to what), in the reader's language."""
    rules = list(rules)
    names = _names(rules)
    lines = []
    for rule in rules:
        if rule.rule == "until":
            lines.append((_(EARMARKS["until"].label), _day(rule.codes[0])))
            continue
        if EARMARKS[rule.rule].least:
            words = _("at least %(share)s %% of those who say it", share=format_number((rule.share_bp or 0) / 100))
            lines.append((_(EARMARKS[rule.rule].label), words))
            continue
        # Names of areas have commas of their own.
        words = "; ".join(names[rule.rule].get(code, code) for code in rule.codes)
        if rule.is_cap:
            share = format_number((rule.share_bp or 0) / 100)
            words = _("%(what)s: at most %(share)s %%", what=words, share=share)
        lines.append((_("Limit") if rule.is_cap else _(EARMARKS[rule.rule].label), words))
    return lines


def level_name(rules: Iterable[Rule]) -> str:
    """How tightly a pledge is earmarked, in words of IATI's code list."""
    return _(LEVEL_LABELS[level(rules)])


def _day(text: str) -> str:
    from datetime import date

    return format_day(date.fromisoformat(text))


def _names(rules: list[Rule]) -> dict[str, Mapping[str, str]]:
    """Words for every code that the rules use; lists are read only when a rule needs them."""
    used: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        if rule.rule in CODES:
            used[rule.rule] |= set(rule.codes)
    return {name: CODES[name].names(codes, current_language()) for name, codes in used.items()}


def purpose(use: Use) -> str:
    """What an allocation pays for, as far as the reader may know it."""
    if not use.described:
        return not_named(use.request.marking)
    state = state_name(use.iso3, current_language())
    if use.number is not None:
        return known_as(state, use.request.kind, use.title, use.number)
    return f"{state}, {kind_name(use.request.kind)}"


def not_named(marking: str) -> str:
    """What stands for a request of which the reader learns the amounts alone."""
    if marking != Marking.STRICTLY_CONFIDENTIAL:
        return _("a request that you do not read")
    return _("a strictly confidential request")


def reason_of(line: LedgerLine, use: Use | None, actor: Actor) -> str:
    """Why a step was taken, where whoever took it said so and the reader may know it.

    A donor reads why its promise changed and why steps about its own money were taken back. What was written about the
    use for a request is the office's, for those who may know the request.
    """
    if not line.act.note:
        return ""
    if line.allocation_id is None:
        return line.act.note
    return line.act.note if actor.is_staff and use is not None and use.named else ""


def until_due(due_on: Any) -> str:
    """How far a due date is away; what has passed is outstanding, never late."""
    days = (due_on - today()).days
    if days > 4 * 7:
        return ngettext("in %(num)d week", "in %(num)d weeks", days // 7)
    if days > 0:
        return ngettext("in %(num)d day", "in %(num)d days", days)
    if days == 0:
        return _("due today")
    return ngettext("outstanding for %(num)d day", "outstanding for %(num)d days", -days)


def words() -> dict[str, Any]:
    """What every template of this capability may use."""
    return {
        "ACTS": lifecycle.ACTS,
        "ACTION_LABELS": ACTION_LABELS,
        "ACCOUNT_LABELS": lifecycle.ACCOUNT_LABELS,
        "ALLOCATION_LABELS": lifecycle.ALLOCATION_LABELS,
        "LINE_LABELS": LINE_LABELS,
        "METHODS": lifecycle.METHODS,
        "PAYEE_KINDS": lifecycle.PAYEE_KINDS,
        "PLEDGE_STATUS": lifecycle.STATUS_LABELS,
        "kind_name": kind_name,
        "purpose": purpose,
        "short_number": short_number,
        "state_named": lambda iso3: state_name(iso3, current_language()),
        "until_due": until_due,
    }
