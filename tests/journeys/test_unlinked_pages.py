"""Pages that the walk from link to link does not come to, because their moment is over or has not come."""

import shutil
from collections import defaultdict

import pytest
import sqlalchemy as sa

from tests.imports.test_pages import REAL
from tests.journeys.page_checks import WIDE, Looker
from tests.rights import subjects, table, world
from tests.rights.people import ANONYMOUS, PERSONAS
from tracker.accounts.models import AccountRequest, Invitation, PasswordReset
from tracker.accounts.queries import link_for_account_request, link_for_invitation, link_for_reset
from tracker.accounts.queries.actors import actor_for
from tracker.accounts.services import passwords
from tracker.extensions import db
from tracker.jobs import queries as job_queries
from tracker.jobs import services as jobs
from tracker.notifications import mailer, services, spool
from tracker.web.application import settings

pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]
IN_THE_WORLD = {
    "accounts.asked",
    "accounts.link_sent",
    "accounts.membership",
    "accounts.organisation_merge",
    "acts.confirm",
    "acts.refuse",
    "acts.show",
    "acts.take_back",
    "acts.top_up",
    "assistance.ask_more_time",
    "assistance.messages",
    "assistance.replace_document",
    "assistance.strike_document",
    "finance.approve",
    "finance.drop",
    "finance.release",
    "jobs.show",
    *("participation.claim", "participation.begin_claim", "participation.ask_to_complete_claim"),
    "participation.close_session",
    "participation.confirm_offer",
    "participation.decline_offer",
    "participation.end_seat",
    "participation.end_session_seats",
    "participation.give_up_seat",
    "participation.miss_journey",
    "participation.offer",
    "participation.say_who_bears",
    "participation.end_without_seat",
    "participation.enter_settlement",
    "participation.enter_settlements",
    *("rounds.proposal", "rounds.take_over"),
    *("participation.file_authorisation", "participation.journey"),
    *("participation.make_authorisation", "participation.make_invitation"),
    *("participation.attendance", "participation.explain_agency_line", "participation.give_up_refund"),
    *("participation.book_cash", "participation.make_pay_list", "participation.record_handed_over"),
    "participation.undo_handed_over",
    *(f"participation.record_{what}" for what in ("papers", "payee", "quotation", "ticket", "travelled")),
    *(f"participation.record_{what}" for what in ("deviation", "quotations", "tickets", "as_planned")),
    *("participation.name_helper_for", "participation.renew_link", "participation.read_out_code"),
    *("participation.drop_deviation", "participation.make_invitations"),
    "participation.disclose",
    *("participation.papers", "participation.accept_passport", "participation.open_papers"),
    "participation.open_evidence",
    *("participation.enter_conditions", "participation.change_conditions", "participation.write_conditions"),
    *(f"participation.enter_{what}" for what in ("passport", "visa", "access_needs", "payment")),
    *("participation.journey_messages", "participation.message_needs_no_answer"),
    *("participation.remind_delegate", "participation.remind_traveller", "participation.remind_all"),
    "participation.send_offers",
    "participation.set_up_support",
    "participation.settle_seat",
    "participation.settle_seats",
    "participation.settlement",
    "participation.substitute",
    "participation.take_back_offers",
    "participation.write_off",
    "participation.travel_desk",
    *("desks.approve_ticked", "desks.pay_ticked"),
    *("pledges.change", "pledges.agree_to_change", "pledges.letter_of_change"),
    *("pledges.refuse_change", "pledges.take_back_change"),
    "pledges.apply_surplus",
    "pledges.close",
    "pledges.return_surplus",
    *(
        "reconciling.change_source",
        "reconciling.explain_entry",
        "reconciling.explain_posting",
        "reconciling.match_entry",
        "reconciling.reopen_entry",
    ),
    *("rounds.approve", "rounds.drop", "rounds.give", "rounds.prepare", "rounds.promote"),
    *("rounds.reserve", "rounds.send_back", "rounds.show"),
    "statements.explain_annual_report",
    "triage.confirm_removal",
    "triage.drop_decision",
    "triage.drop_removal",
    "triage.drop_erasure",
    "triage.erase",
    "triage.give_time",
    "triage.messages",
    "triage.propose_removal",
    "triage.refuse_message",
    "triage.sign_decision",
}
"""Pages that somebody may open in the world of the matrix (tests/rights)."""
BEHIND_A_LETTER = {
    *("participation.hand_in_passport", "participation.hand_in_visa"),
    *("participation.say_access_needs", "participation.choose_payment"),
    *("participation.name_helper", "participation.end_own_helper", "participation.end_helper"),
    "participation.read_out_to_helper",
}
"""Pages to which the page behind a personal link leads, and the desk's where somebody helps:
tests/participation, tests/journeys/test_delegate.py."""
BY_LETTER = {
    *("participation.delegate_page", "participation.delegate_messages"),
    *(f"participation.own_claim{what}" for what in ("", "_days", "_boarding", "_receipt")),
    "participation.send_own_claim",
    "participation.own_conditions",
    "accounts.accept",
    "accounts.answer",
    "accounts.reset",
    "notifications.letter",
}
"""Pages whose address is in a letter, or is one."""
UNLINKED = IN_THE_WORLD | BY_LETTER | BEHIND_A_LETTER | {"imports.show", "triage.record_contact"}
"""The last is there only while no letter reached a State: tests/notifications/test_reaching_a_state.py."""
NO_PAGES = {
    *(
        "accounts.note_verbale",
        "accounts.role_note",
        "assistance.file",
        "pledges.agreement",
        "pledges.paper_of_change",
        "jobs.report",
    ),
    *("desks.donor_paper", "desks.payment_list"),
    "participation.page_to_keep",
    "participation.own_claim_paper",
    *(
        "imports.columns",
        "pledges.ledger_csv",
        "participation.agency_refunds_csv",
        "participation.seats_csv",
        *("participation.signed_authorisation", "participation.signed_pay_list"),
        "deadlines.feed",
        "deadlines.sessions",
        "asset",
        "static",
    ),
    *("health.healthz", "notifications.count"),
    *("assistance.resume", "desks.start", "notifications.open_entry", "triage.choose_decision"),
}
"""Addresses that give a file, a figure or another address."""
EMPTY = {
    "administrator": (
        "/settings/organisations?q=nothing+like+it",
        "/settings/account-requests?status=refused",
        "/triage/deliveries",
    ),
    "triage_officer": ("/triage/queue?q=nothing+like+it", "/pledges?status=taken-over"),
    "foreign_donor": ("/donor/needs?region=EEG", "/notifications"),
}
"""Lists without a row."""
REFUSED = {
    ANONYMOUS: {"/invitation/over": 404, "/reset/over": 404, "/ask-for-an-account/answer/over": 404},
    "drafter": {"/triage/queue": 403, "/nowhere": 404},
    "authority": {"/requests/{in_review}/authorise": 403},
}
"""Links that are no more, and what is not for everybody."""


@pytest.fixture
def mailbox(app):
    """The folder of letters, which all tests of a process share: what comes in is taken out again."""
    folder = mailer.outbox(settings())
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def places(app, made) -> dict[str, list[str]]:
    """The addresses in the world, by who may open them."""
    found = defaultdict(list, {persona: list(paths) for persona, paths in EMPTY.items()})
    left = set(IN_THE_WORLD)
    for (endpoint, method, label), statuses in table.read().items():
        reader = next((persona for persona in PERSONAS if statuses[persona] == 200), None)
        if endpoint in left and method == "GET" and reader:
            left.remove(endpoint)
            found[reader].append(subjects.addresses(app, made, endpoint)["GET", label])
    assert not left
    return found


def letters(made, mailbox) -> list[str]:
    """The addresses that letters carry, and one letter."""
    passwords.record_reset(made.people["drafter"].person_id)
    services.dispatch()
    while services.deliver():
        pass
    newest = spool.letters(mailbox)[0]
    links = [
        next(filter(None, map(link_for, db.session.scalars(sa.select(model.id).order_by(model.id.desc())).all())))
        for link_for, model in (
            (link_for_invitation, Invitation),
            (link_for_account_request, AccountRequest),
            (link_for_reset, PasswordReset),
        )
    ]
    db.session.rollback()
    return [*(link.replace(settings().base_url, "") for link in links), f"/demo/mailbox/{newest.name}"]


def work() -> None:
    for job_id in job_queries.waiting_ids():
        jobs.run(job_id, actor_for)
    db.session.rollback()


def import_a_file(looker: Looker) -> None:
    """What would be done, the page that waits, what was done."""
    looker.page.goto("/imports/")
    looker.page.set_input_files("[name=file]", REAL / "un1540_assistance_requests.csv")
    for moment in ("preview", "run"):
        with looker.page.expect_navigation(url="**/jobs/**"):
            looker.page.locator("main form [type=submit]").last.click()
        looker.look(f"importing {moment} under way")
        work()
        looker.open(looker.page.url.replace("/jobs/", "/imports/"), "en")
        looker.look(f"importing {moment}")


def test_pages_that_no_link_leads_to(app, page_of, mailbox):
    made = world.build()
    found = places(app, made)
    found[ANONYMOUS] += letters(made, mailbox)
    problems = []
    for persona in found | REFUSED:
        paths = found[persona]
        looker = Looker(page_of(made.people.get(persona), viewport=WIDE), persona)
        for path in paths:
            looker.open(path, "en")
            looker.look(path)
            if path in EMPTY.get(persona, ()) and not looker.page.locator("main .empty").is_visible():
                looker.say("does not say that it is empty")
        if persona == "triage_officer":
            import_a_file(looker)
        for path, status in REFUSED.get(persona, {}).items():
            looker.open(path.format(**made.ids), "en", status=status)
            looker.look(path)
        problems += looker.problems
    assert not problems, "\n".join(problems)
