"""What is recorded of a journey: papers and quotation, the ticket, how its person is paid, the days really spent."""

from tracker.participation.travel.services.cash import (
    book_cash,
    listed_for,
    record_handed_over,
    record_pay_list_made,
    undo_handed_over,
)
from tracker.participation.travel.services.papers import (
    file_authorisation,
    record_authorisation_made,
    record_invitation_made,
)
from tracker.participation.travel.services.payee import Payee, ask_payee, record_payee
from tracker.participation.travel.services.preparing import Papers, Quotation, record_papers, record_quotation
from tracker.participation.travel.services.ticket import Ticket, record_ticket
from tracker.participation.travel.services.travelled import Spent, record_travelled

__all__ = [
    "Papers",
    "Payee",
    "Quotation",
    "Spent",
    "Ticket",
    "ask_payee",
    "book_cash",
    "file_authorisation",
    "listed_for",
    "record_authorisation_made",
    "record_handed_over",
    "record_invitation_made",
    "record_papers",
    "record_pay_list_made",
    "record_payee",
    "record_quotation",
    "record_ticket",
    "record_travelled",
    "undo_handed_over",
]
