"""How often one person or network address may ask for what costs much, and for what nobody has to sign in for: one
table, answered by 429 with what was typed."""

import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, make_response, request
from flask_babel import ngettext
from flask_limiter import ApplicationLimit, Limiter, RateLimitExceeded

from tracker.web import error_pages
from tracker.web.access import current_actor


@dataclass(frozen=True)
class Limit:
    """A budget that the addresses of one group share; `rates` is written as Flask-Limiter reads it."""

    group: str
    rates: str


# A mission of sixty people behind one network address signs in and works within one minute: PAGES and FORMS are
# counted for all of them together, the other groups for each.
PAGES = Limit("pages", "600 per minute")
FORMS = Limit("forms", "180 per minute; 1200 per hour")
SEARCHES = Limit("searches", "120 per minute")
EXPORTS = Limit("exports", "30 per minute; 300 per hour")
DOWNLOADS = Limit("downloads", "120 per minute")
UPLOADS = Limit("uploads", "60 per minute")
PIECES = Limit("pieces", "900 per minute")
IMPORTS = Limit("imports", "20 per minute; 120 per hour")

Row = tuple[str, str]
"""A method and an endpoint; HEAD counts as GET."""


def _rows(limit: Limit, method: str, *endpoints: str) -> dict[Row, Limit]:
    return {(method, endpoint): limit for endpoint in endpoints}


TABLE: Mapping[Row, Limit] = {
    **_rows(PAGES, "GET", "desks.home", "desks.how_it_works", "sessions.index", "sessions.show"),
    **_rows(PAGES, "GET", "deadlines.sessions", "deadlines.feed"),
    **_rows(PAGES, "GET", "accounts.sign_in", "accounts.forgotten", "accounts.link_sent", "accounts.reset"),
    **_rows(PAGES, "GET", "accounts.ask", "accounts.asked", "accounts.answer", "accounts.accept"),
    **_rows(PAGES, "GET", "notifications.mailbox", "notifications.letter"),
    **_rows(FORMS, "POST", "accounts.sign_in", "accounts.forgotten", "accounts.reset", "accounts.accept"),
    **_rows(FORMS, "POST", "accounts.ask", "accounts.sign_in_code", "demonstration.sign_in"),
    **_rows(PAGES, "GET", "participation.delegate_page", "participation.delegate_messages"),
    **_rows(PAGES, "POST", "participation.show_door"),
    **_rows(FORMS, "POST", "participation.delegate_messages"),
    **_rows(PAGES, "GET", "participation.hand_in_passport"),
    **_rows(PAGES, "GET", "participation.hand_in_visa", "participation.say_access_needs"),
    **_rows(PAGES, "GET", "participation.name_helper", "participation.end_own_helper"),
    **_rows(FORMS, "POST", "participation.name_helper", "participation.end_own_helper"),
    **_rows(PAGES, "GET", "participation.choose_payment"),
    **_rows(FORMS, "POST", "participation.hand_in_passport", "participation.hand_in_visa"),
    **_rows(FORMS, "POST", "participation.say_access_needs", "participation.choose_payment"),
    **_rows(PAGES, "GET", "participation.own_conditions"),
    **_rows(FORMS, "POST", "participation.ask_page_code", "participation.open_page", "participation.close_page"),
    **_rows(FORMS, "POST", "participation.own_conditions"),
    **_rows(PAGES, "GET", "participation.own_claim", "participation.own_claim_days"),
    **_rows(PAGES, "GET", "participation.own_claim_boarding", "participation.own_claim_receipt"),
    **_rows(PAGES, "GET", "participation.send_own_claim"),
    **_rows(FORMS, "POST", "participation.own_claim_days", "participation.remove_own_claim_paper"),
    **_rows(FORMS, "POST", "participation.send_own_claim", "participation.take_back_own_claim"),
    **_rows(FORMS, "POST", "participation.correct_own_claim"),
    **_rows(SEARCHES, "GET", "triage.queue", "triage.figures", "triage.export", "assistance.index"),
    **_rows(SEARCHES, "GET", "accounts.organisations", "accounts.people", "desks.donor", "desks.donor_needs"),
    **_rows(SEARCHES, "GET", "participation.travel_desk", "reporting.of_session", "reporting.over_all"),
    **_rows(SEARCHES, "GET", "reporting.published", "reporting.published_session", "reporting.donor_report"),
    **_rows(EXPORTS, "POST", "lists.export", "triage.export", "participation.make_pay_list"),
    **_rows(EXPORTS, "POST", "participation.make_authorisation", "participation.make_invitation"),
    **_rows(EXPORTS, "POST", "participation.make_invitations"),
    **_rows(EXPORTS, "POST", "participation.disclose", "participation.take_disclosure"),
    **_rows(EXPORTS, "GET", "desks.payment_list", "statements.of_pledge", "statements.issued"),
    **_rows(EXPORTS, "GET", "statements.annual_report", "statements.of_donor", "statements.of_request"),
    **_rows(EXPORTS, "GET", "statements.of_session", "statements.of_fund"),
    **_rows(EXPORTS, "GET", "pledges.ledger_csv", "participation.seats_csv", "participation.agency_refunds_csv"),
    **_rows(EXPORTS, "GET", "participation.page_to_keep"),
    **_rows(DOWNLOADS, "GET", "assistance.file", "assistance.annex", "pledges.agreement", "desks.donor_paper"),
    **_rows(DOWNLOADS, "GET", "participation.signed_authorisation", "participation.signed_pay_list"),
    **_rows(DOWNLOADS, "GET", "accounts.note_verbale", "accounts.role_note", "imports.columns", "jobs.report"),
    **_rows(DOWNLOADS, "GET", "participation.own_claim_paper", "pledges.paper_of_change"),
    **_rows(DOWNLOADS, "POST", "participation.open_claim_paper"),
    **_rows(UPLOADS, "POST", "participation.own_claim_boarding", "participation.own_claim_receipt"),
    **_rows(UPLOADS, "POST", "assistance.documents", "assistance.answer", "assistance.authorise"),
    **_rows(UPLOADS, "POST", "assistance.hand_in_paper", "assistance.not_as_described", "assistance.want_amendment"),
    **_rows(UPLOADS, "POST", "assistance.replace_document", "accounts.give_roles", "participation.substitute"),
    **_rows(UPLOADS, "POST", "triage.send_paper"),
    **_rows(UPLOADS, "POST", "pledges.agree_to_change", "pledges.letter_of_change", "pledges.file_on_paper"),
    **_rows(UPLOADS, "POST", "participation.file_authorisation", "participation.record_handed_over"),
    **_rows(UPLOADS, "POST", "pledges.accept", "triage.file_paper", "triage.record_implementation"),
    **_rows(PIECES, "POST", "files.take_piece", "participation.take_delegate_piece"),
    **_rows(IMPORTS, "POST", "imports.index", "imports.carry_out", "imports.undo", "settings.import_rates"),
}

EXEMPT: Mapping[Row, str] = {
    ("GET", "static"): "small files of our own, which the browser keeps",
    ("GET", "asset"): "small files of our own, answered from memory and kept for good by the browser",
    ("GET", "health.healthz"): "asked by whoever watches the service, also while it is flooded",
    ("POST", "accounts.sign_out"): "whoever leaves a borrowed machine must get out",
    ("POST", "settings.add_rate"): "shows the form for a file beside its own, and takes none",
    ("POST", "assistance.autosave_answers"): "keeps texts while they are typed; no file comes with them",
}
"""Public or costly addresses without a limit, each with the reason."""


def limit_of(method: str, endpoint: str | None) -> Limit | None:
    """The limit of an address, or None."""
    return TABLE.get(("GET" if method == "HEAD" else method, endpoint or ""))


def whose() -> str:
    """Whose budget this HTTP request is taken from: the person's, or the network address's while nobody is signed in.
    Of IPv6 the network counts, because one line has more addresses than anybody can count."""
    person_id = current_actor().person_id
    if person_id is not None:
        return f"person:{person_id}"
    return f"address:{_network(request.remote_addr or '')}"


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((int(found), 64), strict=False))


def _rates() -> str:
    limit = limit_of(request.method, request.endpoint)
    return limit.rates if limit and current_app.extensions["tracker_settings"].rate_limits else ""


def _group(_endpoint: str) -> str:
    limit = limit_of(request.method, request.endpoint)
    return limit.group if limit else ""


limiter = Limiter(
    key_func=whose,
    application_limits=[ApplicationLimit(_rates, scope=_group)],
    headers_enabled=False,
    in_memory_fallback_enabled=True,
    # Two requests that find the broker gone at the same moment: the second would be answered by 500.
    swallow_errors=True,
)


def wait_sentence(seconds: int) -> str:
    """When the next try may be made, in words."""
    if seconds < 90:
        return ngettext(
            "Too many tries. Try again in %(num)d second.", "Too many tries. Try again in %(num)d seconds.", seconds
        )
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many tries. Try again in %(num)d minute.", "Too many tries. Try again in %(num)d minutes.", minutes
    )


def _seconds_left(exceeded: RateLimitExceeded) -> int:
    """How long until the budget is full again; the whole span where the store has no answer any more."""
    span = exceeded.limit.limit.get_expiry()
    try:
        ends = limiter.current_limit.reset_at if limiter.current_limit else time.time() + span
    except Exception:  # whatever the store raises: the answer is the same, only the wait is longer than it need be
        return span
    return max(1, min(span, int(ends - time.time()) + 1))


def init_app(app: Flask) -> None:
    """Bind the limiter, and answer whoever asked too often."""
    limiter.init_app(app)

    @app.errorhandler(RateLimitExceeded)
    def asked_too_often(exceeded: RateLimitExceeded) -> Any:
        seconds = _seconds_left(exceeded)
        answer = make_response(error_pages.page(429, wait_sentence(seconds)))
        answer.headers["Retry-After"] = str(seconds)
        return answer
