"""What an amount covers of a session, in the donor's words."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_amount, format_money, format_number
from tracker.reference import queries as reference
from tracker.reference.lifecycle import GROUP_NAMES
from tracker.reference.models import Session
from tracker.rounds.sponsoring.counting import Bill, Exchange, Gift, Prices, bill_of, gift_of, numbers, seats_for
from tracker.rounds.sponsoring.queries import Asked

TITLE = 200
"""A pledge's title is no longer."""
MOST_SEATS = 1000


@dataclass(frozen=True, slots=True)
class Counted:
    """An amount counted in seats; `bills` says what so many seats take, `covered` is for how many it is enough at the
    average price, `at_cheap` and `at_dear` at those of the cheaper and the dearer ones."""

    exchange: Exchange
    rate: Any
    gift: Gift | None
    covered: int | None
    at_cheap: int | None
    at_dear: int | None
    bills: tuple[Bill, ...]


def counted(asked: Asked, minor: int | None, currency: str) -> Counted:
    """An amount (None: none was said) in a currency that has a rate today."""
    rate, prices = reference.rate_for(currency), asked.prices
    exchange = Exchange(currency, rate.units_per_usd, reference.support_rate())
    gift = gift_of(minor, exchange) if minor else None

    def pays(price: int | None) -> int | None:
        return seats_for(gift, price) if gift and price else None

    covered = pays(prices.average if prices else None)
    return Counted(
        exchange=exchange,
        rate=rate,
        gift=gift,
        covered=covered,
        at_cheap=pays(prices.cheap if prices else None),
        at_dear=pays(prices.dear if prices else None),
        bills=_bills(prices, exchange, covered or 0, asked.lacking or 0),
    )


def _bills(prices: Prices | None, exchange: Exchange, *named: int) -> tuple[Bill, ...]:
    if prices is None:
        return ()
    bills = (bill_of(number, prices.average, exchange) for number in numbers(*named, most=MOST_SEATS))
    return tuple(bill for bill in bills if bill.minor is not None)


def says(asked: Asked, found: Counted) -> str:
    """The answer in a sentence; empty where no amount was said or no price is known."""
    if found.gift is None or found.covered is None:
        return ""
    amount = format_money(found.gift.minor, found.exchange.currency)
    lacking, number = asked.lacking, found.covered
    if not number:
        return _("Your %(amount)s is less than a seat costs on average today.", amount=amount)
    if not lacking:
        return ngettext(
            "Your %(amount)s covers %(num)d seat today.",
            "Your %(amount)s covers %(num)d seats today.",
            number,
            amount=amount,
        )
    if number < lacking:
        return ngettext(
            "Your %(amount)s covers %(num)d seat today, of %(lacking)s that lack money.",
            "Your %(amount)s covers %(num)d seats today, of %(lacking)s that lack money.",
            number,
            amount=amount,
            lacking=format_number(lacking),
        )
    return ngettext(
        "Your %(amount)s covers the seat that lacks money today.",
        "Your %(amount)s covers all %(num)d seats that lack money today.",
        lacking,
        amount=amount,
    )


def says_of_others(asked: Asked) -> str:
    """How many wait and for how many there is no money; empty where that cannot be told."""
    if asked.waiting is None or asked.lacking is None:
        return ""
    waits = ngettext("%(num)d person waits for a seat.", "%(num)d people wait for a seat.", asked.waiting)
    if not asked.lacking:
        return f"{waits} {_('The money that is there pays every seat that can be given now.')}"
    lacks = ngettext("About %(num)d seat lacks money.", "About %(num)d seats lack money.", asked.lacking)
    return f"{waits} {lacks}"


def basis(asked: Asked) -> str:
    """What the prices rest on."""
    if asked.prices is None:
        return ""
    number = asked.prices.seats
    if asked.typical:
        return ngettext(
            "Fewer than three States wait with an estimate that is complete. These are journeys from %(num)d State that"
            " may ask, by the rules of the session, without a visa.",
            "Fewer than three States wait with an estimate that is complete. These are journeys from %(num)d States"
            " that may ask, by the rules of the session, without a visa.",
            number,
        )
    if asked.incomplete is None:
        return _(
            "By today's estimates of people who were found eligible and have no seat, as far as they are complete."
        )
    return ngettext(
        "By today's estimate of %(num)d person who was found eligible and has no seat.",
        "By today's estimates of %(num)d people who were found eligible and have no seat.",
        number,
    )


def groups(asked: Asked) -> list[tuple[str, int, str]]:
    """(regional group, people who wait, the same in words) of every group, those of none too; the last row sums up the
    groups that are not told apart, so that the rows add up to all who wait. Empty where nobody is told."""
    rows = [
        (_(name), number or 0, _("not told apart") if number is None else format_number(number))
        for code, name in GROUP_NAMES.items()
        for number in ([asked.groups[code or ""]] if asked.groups else ())
    ]
    left = (asked.waiting or 0) - sum(number for _label, number, _words in rows)
    if None in asked.groups.values():
        rows.append((_("Those that are not told apart, together"), left, format_number(left)))
    return rows


def due_on(asked: Asked, day: date) -> date:
    """When a pledge would be paid in: a week before the round, so that it counts there; a month from now where that is
    too near or the round is over."""
    before = asked.support.day_of("round")
    return before - timedelta(days=7) if before and before - timedelta(days=14) >= day else day + timedelta(days=30)


def until(session: Session) -> date | None:
    """Until when it may be allocated: the end of the year of the session, so that seats which come free can be paid."""
    return date(session.ends_on.year, 12, 31) if session.ends_on else None


def as_typed(minor: int, currency: str) -> str:
    """An amount as a field takes it."""
    return format_amount(minor, currency, cents=True)


def pledge_title(session: Session, found: Counted) -> str:
    """What the pledge would be called."""
    name = session.title(current_language())
    if not found.covered:
        return _("Seats, %(session)s", session=name)[:TITLE]
    return ngettext("%(num)d seat, %(session)s", "%(num)d seats, %(session)s", found.covered, session=name)[:TITLE]
