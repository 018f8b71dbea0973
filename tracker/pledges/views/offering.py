"""A donor offers a pledge, step by step; every page carries the other answers along."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from tracker.assistance.lifecycle import Kind
from tracker.calendar.now import today
from tracker.errors import Doubtful, Invalid
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_money
from tracker.money import split_support
from tracker.pledges import queries, services
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import pledges_bp
from tracker.pledges.forms import STEPS, OfferForm, choices
from tracker.pledges.policies import RULES
from tracker.pledges.presenting import level_name, terms_of
from tracker.pledges.queries.names import known_as
from tracker.reference.names import state_name
from tracker.rights.rules import authorize
from tracker.web.access import access, current_actor

_STEPS = list(STEPS)
_MOST_ROWS = 24
_MOST_OFFERED = 200


@pledges_bp.route("/new", methods=["GET", "POST"])
@access("donor_officer")
def new() -> Any:
    """The steps: amount, use, instalments, conditions, review."""
    authorize(RULES, Action.OFFER, current_actor(), None)
    form = OfferForm(needs=need_choices(), requests=_asked_for(), **_filled_in())
    if request.method == "GET":
        return _page(form)
    go = request.form.get("go", "next")
    if go == "more":
        if len(form.instalments.entries) < _MOST_ROWS:
            form.instalments.append_entry()
        return _page(form)
    if go == "back":
        form.step.data = _STEPS[max(0, _STEPS.index(form.step.data) - 1)]
        return _page(form)
    if form.step.data != "review":
        if not form.step_is_right():
            return _page(form), 422
        form.step.data = _STEPS[_STEPS.index(form.step.data) + 1]
        if form.step.data == "instalments":
            form.propose_instalment()
        return _page(form)
    return _offer(form)


def _offer(form: OfferForm) -> Any:
    terms = form.terms()
    if terms is None:
        return _page(form), 422
    try:
        public_id = services.offer(terms, key=form.key.data, actor=current_actor(), sure=form.is_sure)
    except Doubtful as doubtful:  # said on the review, which has no field of its own: there it is pressed once more
        form.doubt({"review": doubtful.fields["instalments"]})
        return _page(form), 422
    except Invalid as invalid:
        form.show(invalid.fields)
        return _page(form), 422
    flash(_("Offered. A signatory of your organisation signs it next."), "ok")
    return redirect(url_for("pledges.show", public_id=public_id))


def _page(form: OfferForm) -> str:
    form.put_back()
    terms = form.terms() if form.step.data == "review" else None
    facts = _in_review(terms) if terms is not None else {"whole": _whole(form)}
    return render_template(
        "pledges/offer.html",
        form=form,
        step=form.step.data,
        steps=[(label, "") for label, _names in STEPS.values()],
        index=_STEPS.index(form.step.data),
        **facts,
    )


def _in_review(terms: services.Terms) -> dict[str, Any]:
    rate = queries.support_rate_bp(today()) / Decimal(100)
    return {
        "terms": terms,
        "earmarks": terms_of(terms.earmarks),
        "level": level_name(terms.earmarks),
        "support_rate": rate,
        "split": split_support(terms.amount_minor, rate),
    }


def _whole(form: OfferForm) -> str:
    """The amount of the pledge as it was understood, or as it was typed while it is not right."""
    currency = form.currency.data or ""
    try:
        return format_money(form.amount.minor(currency) or 0, currency)
    except (StopValidation, LookupError, ValueError):
        return f"{form.amount.data} {currency}"


def need_choices() -> list[SelectChoice]:
    """Needs that donors may see, as choices by public number: those that fit best, and those that were named."""
    language, named = current_language(), {*_asked_for(), *request.form.getlist("requests")}
    needs = enumerate(queries.open_needs(current_actor()))
    return [
        SelectChoice(
            value=str(need.number),
            label=known_as(state_name(need.facts.iso3, language), need.kind, need.title, need.number),
        )
        for place, need in needs
        if place < _MOST_OFFERED or str(need.number) in named
    ]


def _asked_for() -> list[str]:
    """The need from whose page the donor came."""
    wanted = request.args.get("need", "")
    return [wanted] if wanted else []


def _filled_in() -> dict[str, Any]:
    """What the page says already from which the donor came: title, amount and currency as they stood there, the
    session whose seats the money is for, when it would be paid in, until when it may be allocated, the share of women
    among its seats."""
    filled: dict[str, Any] = {
        name: text for name in ("title", "amount", "currency") if (text := request.args.get(name))
    }
    code = request.args.get("session", "")
    if code in {choice.value for choice in choices.sessions()}:
        filled |= {"sessions": [code], "kinds": [Kind.PARTICIPATION.value]}
    if until := _day("until"):
        filled["until"] = until
    if due := _day("due"):
        filled["instalments"] = [{"due_on": due}]
    if (share := request.args.get("women", "")).isdecimal() and 1 <= int(share[:3]) <= 99:
        filled["women"] = int(share[:3])
    return filled


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
