"""One lawful press of every button of pledges and their money."""

from datetime import timedelta

from tests.rights import prerequisites
from tests.rights.press import Press, day, paper
from tracker.calendar.now import today

SOON = today() + timedelta(days=40)
REASON = {"reason": "There is a reason for it."}
PAYMENT = {"amount": "1000", "external_reference": "UMOJA 1", "payee_kind": "supplier", "method": "bank_transfer"}
HIDDEN_OFFER = {"title": "For courses", "amount": "5000", "currency": "USD", "instalments-0-amount": "5000"}
LETTER = {"signed_by": "A. Minister", "reference": "LET-2", **day("dated", today()), "file": paper}
MONEY = {
    "acts.confirm": Press("finance_officer"),
    "acts.refuse": Press("finance_officer", REASON),
    "acts.take_back": Press("programme_manager"),
    "acts.top_up": Press("programme_manager", prerequisites.a_top_up),
    "finance.approve": Press("finance_officer"),
    "finance.confirm_postings": Press("finance_officer", prerequisites.the_entry, first=prerequisites.an_entry),
    "finance.drop": Press("programme_manager", REASON),
    "finance.pay": Press("finance_officer", PAYMENT),
    "finance.plan": Press("programme_manager", {"amount": "100"}),
    "finance.recover": Press("finance_officer", {**PAYMENT, "amount": "10"}),
    "finance.release": Press("finance_officer", REASON),
    "pledges.accept": Press(
        "programme_manager",
        {"agreement_reference": "A/1", **day("agreement_date", today()), **day("ends_on", SOON), "file": paper},
    ),
    "pledges.agree_to_change": Press("donor_signatory"),
    "pledges.apply_surplus": Press("finance_officer", REASON),
    "pledges.close": Press("programme_manager", first=prerequisites.a_pledge_used_up),
    "pledges.file_on_paper": Press("programme_manager", prerequisites.a_pledge_on_paper),
    "pledges.change_earmark": Press("donor_officer", {"kinds": ["technical"], **REASON}),
    "pledges.extend": Press("donor_officer", {**day("ends_on", today() + timedelta(days=1500)), **REASON}),
    "pledges.lapse": Press("programme_manager", REASON),
    "pledges.letter_of_change": Press("programme_manager", LETTER),
    "pledges.new": Press(
        "donor_officer",
        {**HIDDEN_OFFER, **day("instalments-0-due_on", SOON), "step": "review", "go": "offer"},
    ),
    "pledges.raise_amount": Press("programme_manager", {"amount": "500", **REASON, **day("due_on", SOON)}),
    "pledges.record_receipt": Press("finance_officer", {"amount": "500", "external_reference": "UMOJA 2"}),
    "pledges.reduce_amount": Press("programme_manager", {"amount": "500", **REASON}),
    "statements.count_annual_report": Press("donor_officer", subject="norad"),
    "statements.explain_annual_report": Press(
        "programme_manager", {"explanation": "A visa came too late."}, subject="norad"
    ),
    "statements.issue": Press("finance_officer", day("last_on", today() - timedelta(days=1))),
    "pledges.refund": Press("finance_officer", {"amount": "500", "external_reference": "UMOJA 3", **REASON}),
    "pledges.refuse": Press("programme_manager", REASON),
    "pledges.refuse_change": Press("donor_signatory", REASON),
    "pledges.return_surplus": Press("finance_officer", REASON),
    "pledges.reverse": Press("finance_officer", REASON),
    "pledges.sign": Press("donor_signatory"),
    "pledges.take_back_change": Press("programme_manager"),
    "pledges.withdraw": Press("donor_signatory", REASON),
}
