"""How the office reads one request: what the State agreed to, what a decision brings, what changed."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.assistance.lifecycle import Kind, Outcome
from tracker.languages.formatting import format_day, format_money
from tracker.languages.marking import N_
from tracker.triage.presenting import group_name

_CONSENTED = {
    "title": N_("the title"),
    "summary": N_("the summary"),
    "amounts": N_("the amounts"),
    "documents": N_("the documents"),
}


def consent_words(consents: list[Any]) -> list[str]:
    """What the State lets others see, one line for each audience that sees anything."""
    given = {(row.audience, row.field) for row in consents if row.revoked_at is None}
    lines = []
    for audience, line in (("donors", N_("Donors see: %(what)s")), ("public", N_("The public sees: %(what)s"))):
        what = [_(words) for field, words in _CONSENTED.items() if (audience, field) in given]
        if what:
            lines.append(_(line, what="; ".join(what)))
    return lines


def country_lists_of(whose: Any) -> str:
    """What the lists say of the State: LDC, LLDC, SIDS, ODA-eligible, and its group."""
    facts = []
    if whose.ldc and whose.ldc_graduation_date:
        facts.append(_("LDC (graduation %(day)s)", day=format_day(whose.ldc_graduation_date)))
    elif whose.ldc:
        facts.append(_("LDC"))
    facts += [word for word, yes in ((_("LLDC"), whose.lldc), (_("SIDS"), whose.sids)) if yes]
    facts.append(_("ODA-eligible") if whose.oda_eligible else _("not ODA-eligible"))
    facts.append(group_name(whose.regional_group))
    return "; ".join(facts)


def assistance_so_far(given: list[Any]) -> str:
    """What the State was granted before."""
    if not given or not given[0].requests:
        return _("Nothing before in this tracker.")
    row = given[0]
    return ngettext(
        "%(amount)s for %(num)d request since %(year)s",
        "%(amount)s for %(num)d requests since %(year)s",
        row.requests,
        amount=format_money(int(row.amount_minor), "USD"),
        year=row.since.year if row.since else "",
    )


OUTCOME_TITLES = {
    Outcome.ACCEPTED: N_("Accept"),
    Outcome.DECLINED: N_("Decline"),
    Outcome.REFERRED: N_("Refer"),
    Outcome.MERGED: N_("Merge"),
}


def _acceptance(decision: Any, kind: str) -> list[tuple[str, bool]]:
    donors = (_("Donors see the need as far as the State consented to it."), True)
    if kind == Kind.PARTICIPATION:
        return [
            (_("The status becomes “Accepted”, without an amount: money comes from the round."), True),
            donors,
            (_("The State reads “Eligible, awaiting the round”: the round decides per delegate."), True),
        ]
    amount = format_money(decision.amount_minor, "USD")
    return [(_("The status becomes “Accepted”; up to %(amount)s can be allocated.", amount=amount), True), donors]


def consequences(decision: Any, kind: str) -> list[tuple[str, bool]]:
    """What signing does, line by line: (sentence, whether it is good news for the State)."""
    outcome = Outcome(decision.outcome)
    lines = [(_("The clock of the decision stops."), True)]
    if outcome is Outcome.ACCEPTED:
        lines += _acceptance(decision, kind)
    elif outcome is Outcome.DECLINED:
        lines += [
            (_("The status becomes “Declined”; the State reads the reasons, nobody else does."), False),
            (_("The State can ask once for a second look while the clock for it runs."), True),
        ]
    elif outcome is Outcome.REFERRED:
        lines.append(
            (_("The status becomes “Referred” to %(whom)s; it is closed here.", whom=decision.referred_to), False)
        )
    else:
        lines.append((_("The status becomes “Merged”; work goes on in the request that it joins."), False))
    return lines
