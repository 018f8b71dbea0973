"""The pages of pledges and money, as the people who use them see them."""

import io

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.files.samples import LARGE, PDF
from tests.pledges.forms import fields_of, words_of
from tracker.extensions import db
from tracker.pledges import services, verification
from tracker.pledges.models import Act, Allocation, Pledge


def one(model):
    return db.session.scalars(sa.select(model).execution_options(populate_existing=True)).one()


AGREEMENT = {
    "agreement_reference": "AGR-7",
    "agreement_date-day": "2",
    "agreement_date-month": "1",
    "agreement_date-year": "2026",
    "ends_on-day": "31",
    "ends_on-month": "12",
    "ends_on-year": "2028",
}


def paper():
    """The agreement as it is chosen in a browser."""
    return io.BytesIO(PDF), "agreement.pdf"


class TestOffer:
    STEPS = (
        {"title": "Least developed countries", "amount": "1,000.50", "currency": "USD", "go": "next"},
        {"kinds": "participation", "lists": "ldc", "go": "next"},
        {
            "instalments-0-amount": "600.50",
            "instalments-0-due_on-day": "1",
            "instalments-0-due_on-month": "3",
            "instalments-0-due_on-year": "2027",
            "instalments-1-amount": "400",
            "instalments-1-due_on-day": "1",
            "instalments-1-due_on-month": "9",
            "instalments-1-due_on-year": "2027",
            "go": "next",
        },
        {"conditions": "A report each year.", "go": "next"},
        {"go": "next"},
    )

    def walk(self, client, *steps):
        shown = client.get("/pledges/new")
        for step in steps:
            shown = client.post("/pledges/new", data={**fields_of(shown.text), **step})
        return shown

    def test_in_steps_carries_everything_to_the_end(self, app, people, sign_in):
        client = sign_in(app.test_client(), people.officer)
        review = words_of(self.walk(client, *self.STEPS[:-1]))
        assert "USD 1,000.50" in review
        assert "Least developed countries" in review
        assert "A report each year." in review
        answer = self.walk(client, *self.STEPS)
        pledge = one(Pledge)
        assert answer.location == f"/pledges/{pledge.public_id}"
        assert (pledge.amount_minor, pledge.status, pledge.reference[:3]) == (1000_50, "offered", "PL-")
        assert [part.amount_minor for part in make.instalments(pledge.public_id)] == [600_50, 400_00]

    def test_says_that_instalments_must_add_up_and_keeps_what_was_typed(self, app, people, sign_in):
        client = sign_in(app.test_client(), people.officer)
        wrong = {**self.STEPS[2], "instalments-1-amount": "4,00,000.999"}
        answer = self.walk(client, *self.STEPS[:2], wrong)
        assert "<title>Error: New pledge" in answer.text
        assert answer.status_code == 422
        assert "4,00,000.999" in answer.text
        answer = self.walk(client, *self.STEPS[:2], {**self.STEPS[2], "instalments-1-amount": "399"})
        assert answer.status_code == 422
        assert words_of(answer).count("they come to USD 999.50, the pledge to USD 1,000.50.") == 2
        assert 'value="399"' in answer.text

    def test_proposes_one_instalment_of_the_whole(self, app, people, sign_in):
        client = sign_in(app.test_client(), people.officer)
        answer = self.walk(client, *self.STEPS[:2])
        assert fields_of(answer.text)["instalments-0-amount"] == "1,000.50"
        assert "The instalments must add up to USD 1,000.50." in words_of(answer)

    @pytest.mark.parametrize(
        ("limit", "sentence"),
        [
            ({"share": "25"}, "Choose the kind of request that the limit is for."),
            ({"share_kind": "participation"}, "Enter a whole number from 1 to 99."),
            ({"share_kind": "technical", "share": "25"}, "This kind is not among those that you chose above."),
        ],
    )
    def test_never_loses_half_a_limit(self, app, people, sign_in, limit, sentence):
        client = sign_in(app.test_client(), people.officer)
        answer = self.walk(client, self.STEPS[0], {**self.STEPS[1], **limit})
        assert answer.status_code == 422
        assert sentence in words_of(answer)

    def test_shows_how_the_amount_is_split(self, app, people, sign_in):
        client = sign_in(app.test_client(), people.officer)
        review = words_of(self.walk(client, *self.STEPS[:-1]))
        assert "For requests USD 885.40" in review
        assert "Support cost, 13 % USD 115.10" in review

    def test_goes_back_without_losing_anything(self, app, people, sign_in):
        client = sign_in(app.test_client(), people.officer)
        answer = self.walk(client, *self.STEPS[:2], {**self.STEPS[2], "go": "back"}, {"go": "back"})
        assert 'value="1,000.50"' in answer.text
        assert 'name="instalments-0-amount" value="600.50"' in answer.text

    def test_pressed_twice_offers_once(self, app, people, sign_in):
        client = sign_in(app.test_client(), people.officer)
        review = self.walk(client, *self.STEPS[:-1])
        data = {**fields_of(review.text), "kinds": "participation", "lists": "ldc", "go": "next"}
        first, second = (client.post("/pledges/new", data=data) for _ in range(2))
        assert first.location == second.location
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Pledge)) == 1

    def test_is_for_donor_officers(self, page, people):
        assert page(people.signatory, "/pledges/new").status_code == 403
        assert page(people.finance, "/pledges/new").status_code == 403


def test_from_the_signature_to_the_payment(app, people, page):
    """The whole way of the money, by the pages alone."""
    pledge = make.offered(people, make.terms(100_00))
    assert page(people.signatory, f"/pledges/{pledge}/sign", {}).status_code == 302
    assert page(people.manager, f"/pledges/{pledge}/accept", {**AGREEMENT, "file": paper()}).status_code == 302
    bank = {"amount": "100", "external_reference": "BANK-1"}
    assert page(people.finance, f"/pledges/{pledge}/receipt", bank).status_code == 302
    request = make.request_of(approved=80_00)
    plan = {"pledge": str(pledge), "amount": "50"}
    assert page(people.manager, f"/finance/requests/{request.public_id}/plan", plan).status_code == 302
    allocation = one(Allocation).public_id
    assert page(people.finance, f"/finance/allocations/{allocation}/approve", {}).status_code == 302
    payment = {"amount": "20.00", "external_reference": "FIN-1", "payee_kind": "supplier", "method": "card"}
    nobody = page(people.finance, f"/finance/allocations/{allocation}/pay", {**payment, "payee_kind": ""})
    assert 'href="#payee_kind">Payee: Choose who is paid.' in nobody.text
    assert page(people.finance, f"/finance/allocations/{allocation}/pay", payment).status_code == 302
    shown = words_of(page(people.officer, f"/pledges/{pledge}"))
    assert "Kenya, Technical assistance" in shown
    assert request.reference not in shown
    assert "Digital evidence for prosecutors" not in shown
    assert request.reference in words_of(page(people.finance, f"/pledges/{pledge}"))
    assert verification.verify().first_wrong is None


class TestAcceptance:
    def test_needs_the_file_of_the_agreement_and_keeps_what_was_typed(self, people, page):
        pledge = make.signed(people)
        answer = page(people.manager, f"/pledges/{pledge}/accept", AGREEMENT)
        assert answer.status_code == 422
        assert 'href="#file">The agreement: Choose the file of the agreement.' in answer.text
        assert 'value="AGR-7"' in answer.text
        assert 'value="2028"' in answer.text
        assert one(Pledge).status == "signed"

    @pytest.mark.parametrize("wrong", [{"agreement_reference": " "}, {"ends_on-year": "2025"}])
    def test_says_that_the_file_is_to_be_chosen_again(self, people, page, wrong):
        pledge = make.signed(people)
        answer = page(people.manager, f"/pledges/{pledge}/accept", {**AGREEMENT, **wrong, "file": paper()})
        assert answer.status_code == 422
        again = "Choose the file “agreement.pdf” again: it was not kept."
        assert f'href="#file">The agreement: {again}' in answer.text
        assert f'id="file-hint">{again} The signed paper' in answer.text

    def test_says_at_the_file_that_it_is_too_large(self, people, page, small_files):
        pledge = make.signed(people)
        scan = io.BytesIO(LARGE), "agreement.pdf"
        answer = page(people.manager, f"/pledges/{pledge}/accept", {**AGREEMENT, "file": scan})
        assert answer.status_code == 422
        assert 'href="#file">The agreement: The file is larger than' in answer.text
        assert "it was not kept" not in answer.text
        assert 'value="AGR-7"' in answer.text


def test_the_agreement_is_kept_and_given_to_its_donor_only(people, page):
    pledge = make.signed(people)
    assert page(people.manager, f"/pledges/{pledge}/accept", {**AGREEMENT, "file": paper()}).status_code == 302
    path = f"/pledges/{pledge}/agreement"
    assert page(people.officer, path).data.startswith(b"%PDF")
    assert page(person("donor_officer", of="SWEDEN"), path).status_code == 404


@pytest.mark.parametrize(
    "awkward", ["\x00", "\ud800".encode("utf-8", "replace").decode(), "١٢", "1e9", "9" * 400, "<b>"]
)
def test_awkward_answers_never_break_a_page(people, page, awkward):
    pledge, request = make.funded(people), make.request_of()
    allocation = make.planned(people, pledge, request, 10_00)
    typed = dict.fromkeys(("amount", "charge", "external_reference", "reason", "instalment", "pledge", "note"), awkward)
    days = {f"{name}-{part}": awkward for name in ("value_date", "due_on") for part in ("day", "month", "year")}
    for who, path in (
        ("finance", f"/pledges/{pledge}/receipt"),
        ("finance", f"/pledges/{pledge}/refund"),
        ("manager", f"/pledges/{pledge}/raise"),
        ("manager", f"/pledges/{pledge}/reduce"),
        ("manager", f"/finance/requests/{request.public_id}/plan"),
        ("finance", f"/finance/allocations/{allocation}/drop"),
    ):
        answer = page(getattr(people, who), path, {**typed, **days})
        assert answer.status_code in (302, 422), path
    offer = dict.fromkeys(("title", "amount", "currency", "step", "share", "requests", "kinds", "conditions"), awkward)
    for step in ("amount", "use", "instalments", "conditions", "review", awkward):
        answer = page(people.officer, "/pledges/new", {**offer, "step": step, "instalments-0-amount": awkward})
        assert answer.status_code in (200, 302, 422), step


class TestWhoMaySee:
    def test_another_donor_gets_the_same_answer_as_for_nothing(self, page, people):
        pledge = make.funded(people)
        stranger = person("donor_officer", of="SWEDEN")
        absent = "00000000-0000-4000-8000-000000000000"
        theirs, nothing = page(stranger, f"/pledges/{pledge}"), page(stranger, f"/pledges/{absent}")
        assert theirs.status_code == nothing.status_code == 404
        assert "NORAD" not in page(stranger, "/pledges").text

    @pytest.mark.parametrize("role", ["administrator", "focal_point"])
    def test_neither_administrators_nor_states(self, page, people, role):
        pledge = make.funded(people)
        assert page(person(role), f"/pledges/{pledge}").status_code == 403

    def test_a_rule_says_why(self, page, people):
        pledge = make.funded(people)
        answer = page(people.signatory, f"/pledges/{pledge}/sign")
        assert answer.status_code == 403
        assert "Not possible while the pledge stands where it is now." in answer.text


class TestConfirmPages:
    def test_say_what_will_happen_and_who_will_be_told(self, page, people):
        pledge = make.offered(people)
        shown = words_of(page(people.signatory, f"/pledges/{pledge}/sign"))
        assert "What will happen" in shown
        assert "Who will be told" in shown

    def test_keep_what_was_typed_when_money_is_missing(self, page, people):
        pledge = make.accepted(people)
        allocation = make.planned(people, pledge, make.request_of(), 50_00)
        answer = page(people.finance, f"/finance/allocations/{allocation}/approve", {})
        assert answer.status_code == 422
        assert "There is not enough" in answer.text

    def test_say_at_the_field_how_much_is_there(self, page, people):
        allocation = make.allocated(people, make.funded(people), make.request_of(), 50_00)
        payment = {"amount": "50.01", "external_reference": "FIN-1", "payee_kind": "supplier", "method": "card"}
        refused = page(people.finance, f"/finance/allocations/{allocation}/pay", payment)
        assert refused.status_code == 422
        assert "Amount: Enter an amount above zero, at most USD 50." in words_of(refused)
        back = page(people.finance, f"/finance/allocations/{allocation}/recover", {**payment, "amount": "1"})
        assert "Amount: Enter an amount above zero, at most USD 0." in words_of(back)

    @pytest.mark.parametrize("end", ["withdraw", "lapse", "reduce", "raise", "refund", "close", "receipt"])
    def test_open_for_whoever_may(self, page, people, end):
        pledge = make.funded(people, received=10_00)
        who = {"withdraw": people.signatory, "refund": people.finance, "receipt": people.finance}
        assert page(who.get(end, people.manager), f"/pledges/{pledge}/{end}").status_code == 200

    def test_reverse_a_step(self, page, people):
        make.funded(people)
        act = db.session.scalars(sa.select(Act).where(Act.name == "receipt")).one().public_id
        answer = page(people.finance, f"/pledges/acts/{act}/reverse", {"reason": "Wrong pledge"})
        assert answer.status_code == 302
        assert verification.verify().first_wrong is None


def test_a_spreadsheet_gets_numbers_and_no_formulas(page, people):
    pledge = make.accepted(people)
    money_in = make.MoneyIn(amount_minor=10_00, value_date=make.today(), external_reference="=1+1")
    services.record_receipt(pledge, actor=people.finance.actor, money_in=money_in)
    answer = page(people.officer, f"/pledges/{pledge}/ledger.csv")
    sheet = answer.text
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "'=1+1" in sheet
    assert ",8.85," in sheet


def test_the_donor_reads_at_what_rate_its_money_came_in(page, people):
    pledge = make.funded(people, make.terms(100_00, "EUR"))
    assert "0.8 EUR for one dollar, rate of 1 Jan 2020 (test)" in words_of(page(people.officer, f"/pledges/{pledge}"))
    assert ",0.8,2020-01-01,test" in page(people.officer, f"/pledges/{pledge}/ledger.csv").text


def test_a_pledge_says_of_which_day_the_rate_is_that_values_it(page, people):
    pledge = make.accepted(people, make.terms(100_00, "EUR"))
    shown = words_of(page(people.officer, f"/pledges/{pledge}"))
    assert "What has not come in is valued at the rate of 1 January 2020." in shown
