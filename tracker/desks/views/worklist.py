"""Finance's worklist, approving what was ticked, and the list of payments for the finance system."""

from functools import partial
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.calendar.now import today
from tracker.desks import batches
from tracker.desks.blueprint import bp
from tracker.desks.payment_list import payment_table
from tracker.desks.queries import paying, worklist
from tracker.desks.queries.worklist import TASK_LABELS, Task
from tracker.documents.describing import Document
from tracker.documents.spreadsheets import as_csv, as_xlsx
from tracker.files import sending
from tracker.pledges import queries as pledges
from tracker.pledges import services
from tracker.rights.actor import MONEY_PLANNERS
from tracker.web.access import access, current_actor
from tracker.web.forms import KeyedForm
from tracker.web.reading import read_row

READERS = (*MONEY_PLANNERS, "auditor")
PAGE = 100

MOST_PAYMENTS = 10_000
"""So many may stand in the list for the finance system."""


@bp.get("/finance/worklist")
@access(*READERS)
def finance_worklist() -> Any:
    """What waits, task by task; with ?task= one kind of it, and ?page= from the first on."""
    named = request.args.get("task", "")
    task = Task(named) if named in set(Task) else None
    found = worklist.rows(current_actor())
    may_approve = current_actor().has("finance_officer")
    of_task = [one for one in found if task in (None, one.task)]
    pages = max(1, -(-len(of_task) // PAGE))
    page = min(max(read_row(request.args.get("page", "1")) or 1, 1), pages)
    shown = of_task[(page - 1) * PAGE : page * PAGE]
    return render_template(
        "desks/worklist.html",
        rows=shown,
        page=page,
        pages=pages,
        most=worklist.MOST,
        counts=worklist.counted(found),
        task=task,
        labels=TASK_LABELS,
        may_approve=may_approve,
        may_take_list=may_approve and task is Task.PAY and bool(shown),
        offers={one.task for one in shown if one.tick and may_approve},
    )


@bp.route("/finance/worklist/approve", methods=["GET", "POST"])
@access("finance_officer")
def approve_ticked() -> Any:
    """Approve the allocations that were ticked, each for itself."""
    actor, form = current_actor(), KeyedForm()
    chosen = batches.ticked(request.values.getlist("a"))
    refused: dict[Any, Any] = {}
    sent = form.validate_on_submit() and bool(chosen)
    if sent:
        refused = batches.each(chosen, partial(services.approve_allocation, actor=actor), key=form.key.data)
        done = len(chosen) - len(refused)
        if done:
            flash(ngettext("%(num)d allocation was approved.", "%(num)d allocations were approved.", done), "ok")
    form.put_back()
    planned, _held = pledges.waiting(actor, limit=worklist.MOST)
    ids = {one.public_id: one for one in chosen}
    rows = [one for one in planned if one.allocation.public_id in ids]
    page = render_template(
        "desks/approve_ticked.html",
        form=form,
        rows=rows,
        chosen=ids,
        refused=refused,
        gone=pledges.names_of_allocations(refused.keys() - {row.allocation.public_id for row in rows}, actor),
        some_done=len(refused) < len(chosen),
        total=sum(one.allocation.amount_minor for one in rows),
        sent=sent,
    )
    return page, 409 if refused else 422 if form.errors else 200


@bp.get("/finance/worklist/payments")
@access("finance_officer")
def payment_list() -> Any:
    """What is to be paid, for the finance system, without anybody's account: CSV, with ?as=xlsx a spreadsheet."""
    kind = "xlsx" if request.args.get("as") == "xlsx" else "csv"
    _planned, held = pledges.waiting(current_actor(), limit=MOST_PAYMENTS)
    table = payment_table([one for one in paying.to_pay(held) if one.open])
    name = f"payments-{today().isoformat()}.{kind}"
    if kind == "csv":
        return sending.send_csv_text(as_csv(table), name)
    return sending.send_made(as_xlsx(Document(_("Payments to make"), (table,), today())), "xlsx", name)
