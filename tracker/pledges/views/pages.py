"""Lists of pledges and the page of one."""

import uuid
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _

from tracker.assistance.queries.removals import removal_of
from tracker.calendar.now import today
from tracker.errors import NotFound
from tracker.events import on_record, opened
from tracker.files import queries as files
from tracker.files import sending as file_views
from tracker.money import FUND_CURRENCY, split_support, to_major
from tracker.pledges import earmarks, page_cards, queries
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import SEES_PLEDGES, pledges_bp
from tracker.pledges.ledger_columns import COLUMNS
from tracker.pledges.lifecycle import ACTS, Status
from tracker.pledges.models import Pledge
from tracker.pledges.policies import RULES
from tracker.pledges.presenting import level_name, reason_of, terms_of
from tracker.pledges.proposed_acts import queries as acts
from tracker.pledges.proposed_acts.lifecycle import STATUS_LABELS, ActStatus
from tracker.pledges.proposed_acts.queries import waiting_for
from tracker.pledges.queries import Use
from tracker.pledges.rule_facts import rule_facts_of
from tracker.rights.rules import can
from tracker.web.access import access, current_actor
from tracker.web.reading import chosen, read_row

ON_THE_PROMISE = (
    Action.SIGN,
    Action.WITHDRAW,
    Action.ACCEPT,
    Action.REFUSE,
    Action.LAPSE,
    Action.CLOSE,
    Action.RAISE,
    Action.REDUCE,
    Action.EXTEND,
    Action.EARMARK,
)
ON_THE_MONEY = (Action.RECORD_RECEIPT, Action.APPLY_SURPLUS, Action.RETURN_SURPLUS, Action.REFUND)
NEWEST_STEPS = 100
"""As many steps of the ledger does a pledge's page show; the file has all of them."""
RATE = ("units_per_usd", "rate_date", "rate_source")
"""The columns of the file that hold the rate by which a step was valued; the page says it in a sentence."""
TAKEN_OVER = "taken-over"
"""The view of pledges that other lists keep."""


@pledges_bp.get("")
@access(*SEES_PLEDGES)
def index() -> Any:
    """Pledges: a donor's own, for staff all of them."""
    status = chosen("status", (*Status, TAKEN_OVER))
    apart = status == TAKEN_OVER
    before = read_row(request.args.get("before"))
    rows = queries.list_pledges(current_actor(), status="" if apart else status, taken_over=apart, before=before)
    more = len(rows) > queries.PAGE
    return render_template(
        "pledges/index.html",
        rows=rows[: queries.PAGE],
        more=more,
        status=status,
        statuses=list(Status),
        apart=apart,
        before=before,
    )


@pledges_bp.get("/<uuid:public_id>")
@access(*SEES_PLEDGES)
def show(public_id: uuid.UUID) -> Any:
    """One pledge: instalments, coverage, ledger, terms, and what became of the money."""
    actor = current_actor()
    pledge = on_record(lambda: queries.get_visible(public_id, actor), actor=actor)
    facts, uses = rule_facts_of(pledge), queries.uses_of_pledge(pledge, actor)
    rules = earmarks.rules_of(pledge.earmarks)
    lines, sums = queries.ledger_of(pledge, newest=NEWEST_STEPS)
    covers = queries.coverage_of(pledge, sums)
    return render_template(
        "pledges/show.html",
        pledge=pledge,
        donor=pledge.organisation.home,
        sums=sums,
        split=split_support(pledge.amount_minor, Decimal(pledge.support_rate_bp) / 100),
        gives=pledge.gives_on(today()),
        covers=covers,
        valued_at=covers.rate.valid_from if covers.rate and pledge.currency != FUND_CURRENCY else None,
        emptied=not any(sums[kind] for kind in ("expected", "available", "held", "unapplied")),
        lines=lines,
        columns=[column for column in COLUMNS if column.always or any(column.name in line.changes for line in lines)],
        came=queries.receipts_of_instalments(pledge),
        uses=uses,
        by_allocation={use.allocation.id: use for use in uses},
        reason_of=partial(reason_of, actor=actor),
        **_proposed(pledge),
        cards=page_cards.rendered(pledge, uses, actor),
        results=queries.results_of(uses),
        terms=terms_of(rules),
        level=level_name(rules),
        agreement=removal_of(pledge.agreement_file_id),
        may={action for action in (*ON_THE_PROMISE, *ON_THE_MONEY) if can(RULES, action, actor, facts) is None},
        may_reverse=can(RULES, Action.REVERSE, actor, facts) is None,
        reversible=_reversible(lines, uses),
    )


def _proposed(pledge: Pledge) -> dict[str, Any]:
    """What waits about a pledge, and which changes of the promise were answered, in one list read once."""
    if not pledge.acts_posted:
        return {"proposed": [], "answered": []}
    found = acts.of_pledge(pledge.id, current_actor())
    waiting = [one for one in found if one.act.status == ActStatus.WAITING]
    done = [one for one in found if one.of_both and one.act.status != ActStatus.WAITING]
    return {"proposed": waiting, "answered": done, "waiting_for": waiting_for, "ACT_STATUS": STATUS_LABELS}


def _reversible(lines: Iterable[queries.LedgerLine], uses: Iterable[Use]) -> set[int]:
    """The ids of steps that can be reversed, without those about a request that is not the reader's to know."""
    hidden = {use.allocation.id for use in uses if not use.named}
    still = [line for line in lines if not ACTS[line.act.name].opposite and not line.reversed_by]
    return {line.act.id for line in still if line.allocation_id not in hidden}


@pledges_bp.get("/<uuid:public_id>/ledger.csv")
@access(*SEES_PLEDGES)
def ledger_csv(public_id: uuid.UUID) -> Response:
    """The ledger as a table: changes by column, in major units; text cells never begin a formula."""
    actor = current_actor()
    pledge = on_record(lambda: queries.get_visible(public_id, actor), actor=actor)
    uses: dict[int | None, Use] = {use.allocation.id: use for use in queries.uses_of_pledge(pledge, actor)}
    heads = ["number", "date", "entry", "reference", "reason", *(column.name for column in COLUMNS), *RATE]
    lines = [
        _ledger_cells(line, pledge.currency, reason_of(line, uses.get(line.allocation_id), actor))
        + ([line.confirmed_in(("yes", "no"))] if actor.is_staff else [])
        for line in queries.ledger_of(pledge)[0]
    ]
    heads += ["confirmed"] if actor.is_staff else []
    return file_views.send_csv([heads, *lines], f"{pledge.reference}.csv")


def _ledger_cells(line: queries.LedgerLine, currency: str, reason: str) -> list[Any]:
    act = line.act
    amounts = [to_major(line.changes.get(column.name, 0), column.currency(currency)) for column in COLUMNS]
    rate = [f"{act.rate.normalize():f}", act.rate_date, act.rate_source] if act.rate is not None else ["", "", ""]
    said = [act.number, act.value_date, str(ACTS[act.name].label), act.external_reference or "", reason]
    return [*said, *amounts, *rate]


@pledges_bp.get("/<uuid:public_id>/agreement")
@access(*SEES_PLEDGES)
def agreement(public_id: uuid.UUID) -> Any:
    """The agreement's file."""
    pledge = queries.get_visible(public_id, current_actor())
    found = next((file for file in files.files_of(pledge) if file.id == pledge.agreement_file_id), None)
    if found is None:
        raise NotFound(_("There is no file of the agreement."))
    opened(found, actor=current_actor(), part_of=(Pledge, pledge.id))
    return file_views.send(found)
