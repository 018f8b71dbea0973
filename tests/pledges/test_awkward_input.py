"""Whatever is typed into a page about money: it is done or refused with a sentence, nothing is lost, the books stay."""

import html
import io
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from tests.factories import pledges as make
from tests.files.samples import PDF
from tests.pledges.forms import fields_of
from tracker.extensions import db
from tracker.languages.seen_text import one_line, shows_nothing
from tracker.pledges import services, verification
from tracker.pledges.models import Act
from tracker.pledges.services import Payment

ODD_AMOUNTS = (
    *("", "0", "-1", "0.00", "0.001", "0.01", "1.5", "1,5", "1,000.50", "1 000,50", "1\u00a0000", "1.", ".5", "--5"),
    *("1e9", "NaN", "Infinity", "٣", "１２", "9" * 30, "92233720368547758.07", "$5", "5 USD", "=1+1", "<b>1</b>"),
)
ODD_PARTS = ("", "0", "1", "29", "31", "2", "12", "13", "-1", "x", "٢", "1900", "2026", "2999", "9" * 11)
AMOUNTS = some.one_of(some.sampled_from(("1", "2", *ODD_AMOUNTS)), some.text(max_size=12))
DAYS = some.one_of(some.just(("2", "1", "2026")), some.tuples(*(some.sampled_from(ODD_PARTS) for _ in range(3))))
TEXTS = some.one_of(some.sampled_from(("BANK-1", " ", "x" * 121, "\u202e", "'); DROP")), some.text(max_size=20))
TRIES = settings(
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def day(name: str, parts) -> dict[str, str]:
    return {f"{name}-{part}": value for part, value in zip(("day", "month", "year"), parts, strict=True)}


@pytest.fixture(params=["USD", "JPY"])
def at_work(app, people, sign_in, request):
    """Pages about a pledge in this currency with money received, held and paid, and who opens them."""
    if request.param == "JPY":
        make.rate("JPY", Decimal("150"))
    whole = 1_000_00 if request.param != "JPY" else 150_000
    pledge = make.funded(people, make.terms(whole, request.param), received=whole // 2)
    need = make.request_of(approved=900_00)
    allocation = make.allocated(people, pledge, need, 100_00)
    paid = Payment(30_00, make.today(), "FIN-0", "supplier", "card")
    services.disburse(allocation, actor=people.finance.actor, payment=paid)
    finance, manager = (sign_in(app.test_client(), someone) for someone in (people.finance, people.manager))
    return {
        "receipt": (finance, f"/pledges/{pledge}/receipt"),
        "refund": (finance, f"/pledges/{pledge}/refund"),
        "pay": (finance, f"/finance/allocations/{allocation}/pay"),
        "recover": (finance, f"/finance/allocations/{allocation}/recover"),
        "raise": (manager, f"/pledges/{pledge}/raise"),
        "reduce": (manager, f"/pledges/{pledge}/reduce"),
        "plan": (manager, f"/finance/requests/{need.public_id}/plan"),
    }


@pytest.mark.parametrize("name", ["receipt", "refund", "pay", "recover", "raise", "reduce", "plan"])
def test_an_awkward_amount(at_work, name):
    client, address = at_work[name]
    shown, done = fields_of(client.get(address).text), []

    day_of_today = (str(make.today().day), str(make.today().month), str(make.today().year))

    @TRIES
    @example(amount="1", charge="", on=day_of_today, text="BANK-1")
    @example(amount="1", charge="", on=("1", "1", "1900"), text="BANK-1")
    @example(amount="1", charge="1", on=("1", "1", "2200"), text="BANK-1")
    @example(amount="0.01", charge="99999999999999", on=("1", "1", "2026"), text="BANK-1")
    @given(amount=AMOUNTS, charge=AMOUNTS, on=DAYS, text=TEXTS)
    def attempt(amount, charge, on, text):
        typed = {"amount": amount, "charge": charge, "external_reference": text, "reason": text}
        dates = {**day("value_date", on), **day("due_on", on)}
        fixed = {"payee_kind": "supplier", "method": "card"}
        answer = client.post(address, data={**shown, **fixed, **typed, **dates, "key": make.uuid.uuid4()})
        assert answer.status_code in (302, 422), (answer.status_code, typed, on)
        done.extend([typed] * (answer.status_code == 302))
        if answer.status_code == 422 and not shows_nothing(amount):
            kept = html.unescape(answer.text).replace("\r\n", "\n")
            assert one_line(amount) in kept, repr(amount)

    attempt()
    assert done
    assert verification.verify().first_wrong is None


def test_an_awkward_agreement(app, people, sign_in):
    client = sign_in(app.test_client(), people.manager)
    pledges = [make.signed(people)]

    @TRIES
    @given(reference=TEXTS, signed=DAYS, ends=DAYS)
    def attempt(reference, signed, ends):
        address = f"/pledges/{pledges[-1]}/accept"
        typed = {"agreement_reference": reference, **day("agreement_date", signed), **day("ends_on", ends)}
        paper = (io.BytesIO(PDF), "agreement.pdf")
        answer = client.post(address, data={**fields_of(client.get(address).text), **typed, "file": paper})
        assert answer.status_code in (302, 422), typed
        if answer.status_code == 302:
            pledges.append(make.signed(people))

    attempt()
    accepted = db.session.scalar(sa.select(sa.func.count()).select_from(Act).where(Act.name == "accept"))
    assert accepted == len(pledges) - 1
