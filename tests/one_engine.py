"""Which tests that use a database run on SQLite only, and what shows the same on PostgreSQL (docs/decisions/0041)."""

from pathlib import Path

TESTS = Path(__file__).parent
PAGES = "read what pages say: tests/rights opens every address as all who may and presses every button on both engines"
REFUSED = "refuse a form before any act begins: the database is only read, for pages that tests/rights opens on both"
LETTERS = "read the words of letters: who gets which is asked of the database by the tests of audience and dispatching"
FILES = "read and write files: their rows are written by every form of tests/rights that brings a file"
COUNTED = "count statements: the program sends the same to both engines"
TOOLS = "try a tool of ours, whose runs use the database as other tests do"

ON_SQLITE_ONLY = {
    "accounts/test_account_requests.py": PAGES,
    "accounts/test_disabling.py": PAGES,
    "accounts/test_forms_order.py": PAGES,
    "accounts/test_passwords.py": PAGES,
    "accounts/test_people.py": PAGES,
    "accounts/test_signing_in.py": PAGES,
    "assistance/clarification/test_answering.py": PAGES,
    "assistance/clarification/test_asking.py": PAGES,
    "assistance/decision/test_amended.py": PAGES,
    "assistance/drafting/test_both_texts.py": PAGES,
    "assistance/drafting/test_copying.py": PAGES,
    "assistance/drafting/test_stale.py": PAGES,
    "assistance/fields/test_table.py": PAGES,
    "assistance/messages/test_pages.py": PAGES,
    "assistance/messages/test_telling.py": LETTERS,
    "assistance/page": PAGES,
    "assistance/test_budgets.py": COUNTED,
    "assistance/test_waiting.py": PAGES,
    "desks/test_donor_papers.py": PAGES,
    "desks/test_home.py": PAGES,
    "documents": FILES,
    "drills/test_judging.py": TOOLS,
    "drills/test_report.py": TOOLS,
    "files/test_damaged.py": FILES,
    "files/test_receiving.py": FILES,
    "imports/test_console.py": PAGES,
    "imports/test_pages.py": PAGES,
    "languages": PAGES,
    "look": PAGES,
    "mutants": TOOLS,
    "notifications/test_failure_sentences.py": LETTERS,
    "notifications/test_pages.py": PAGES,
    "notifications/test_preview.py": PAGES,
    "notifications/test_words.py": LETTERS,
    "participation/settling/test_pages.py": PAGES,
    "participation/support/test_pages.py": PAGES,
    "participation/test_history.py": PAGES,
    "participation/travel/test_pages.py": PAGES,
    "participation/test_other_kind.py": PAGES,
    "pledges/test_budgets.py": COUNTED,
    "pledges/test_corrections.py": PAGES,
    "pledges/test_doubts.py": PAGES,
    "pledges/test_ledger_page.py": PAGES,
    "pledges/test_pages.py": PAGES,
    "pledges/test_strictly_confidential.py": PAGES,
    "pledges/test_told_apart.py": PAGES,
    "pledges/test_what_is_offered.py": PAGES,
    "reference/test_doubts.py": PAGES,
    "reference/test_pages.py": PAGES,
    "rights/test_budgets.py": COUNTED,
    "rights/test_form_addresses.py": PAGES,
    "rights/test_guards.py": TOOLS,
    "rights/test_refused_forms.py": REFUSED,
    "rights/test_tokens.py": REFUSED,
    "rights/test_undeclared.py": REFUSED,
    "runtime/test_slow_senders.py": REFUSED,
    "triage/case/test_acts.py": PAGES,
    "triage/case/test_contact.py": PAGES,
    "triage/case/test_implementing.py": PAGES,
    "triage/case/test_letters.py": PAGES,
    "triage/case/test_messages.py": PAGES,
    "triage/case/test_paper_form.py": PAGES,
    "triage/case/test_request_page.py": PAGES,
    "triage/case/test_what_a_decision_says.py": PAGES,
    "triage/case/test_what_it_says.py": PAGES,
    "triage/queue/test_delegations.py": PAGES,
    "triage/test_menu.py": PAGES,
    "triage/test_parts_of_the_page.py": PAGES,
    "triage/test_to_whom.py": PAGES,
    "web": REFUSED,
}
"""By folder or file of tests. What does not stand here runs on both engines: so does a new file."""


def on_sqlite_only(file: Path) -> bool:
    """Whether the tests of this file run on SQLite only."""
    if not file.is_relative_to(TESTS):
        return False
    inside = file.relative_to(TESTS)
    return any(str(place) in ON_SQLITE_ONLY for place in (inside, *inside.parents))
