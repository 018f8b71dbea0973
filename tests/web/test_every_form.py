"""Every kind of form in a real browser: the line is away when it is sent, then the session is gone; with a script and
without, with a file and without. Nothing that was typed is lost, and in the end the act is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.factories import accounts, pledges
from tests.factories import assistance as make
from tests.files.samples import PDF
from tests.web.lines import SCRIPTS, away, end_sessions, sign_in_on, with_password

pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]
NOTE = {"name": "note.pdf", "mimeType": "application/pdf", "buffer": PDF}
WORDS = "Cases fall for lack of evidence."
DAY = {"dated-day": "2", "dated-month": "11", "dated-year": "2026"}


@dataclass(frozen=True)
class Kind:
    """One kind of form: `made` gives who fills it in and where, `typed` what by name; `done` is said at last."""

    made: Callable[[], tuple[Any, str]]
    typed: dict[str, str]
    done: str
    file: str = ""
    button: str = "button.button[type=submit]"
    shown: dict[str, str] = field(default_factory=dict)
    """How a page calls what was chosen, where that is not the value itself."""


def of(builder: Callable[[], Any], who: str, page: str = "", office: bool = False) -> Callable[[], tuple[Any, str]]:
    def made() -> tuple[Any, str]:
        case = builder()
        begins = f"/triage/requests/{case.public_id}" if office else case.url
        return getattr(case.people, who), begins + page

    return made


def somebody(role: str, of: str, page: str) -> Callable[[], tuple[Any, str]]:
    return lambda: (accounts.person(role, of=of), page)


def a_donor() -> tuple[Any, str]:
    return pledges.people().officer, "/pledges/new"


KINDS = {
    "step of a draft": Kind(
        of(make.draft, "drafter", "/steps/why"),
        {"problem": WORDS, "objectives": WORDS[::-1]},
        "Draft saved",
        button="[value=leave]",
    ),
    "document": Kind(of(make.draft, "drafter", "/documents"), {"label": WORDS}, "The document was added.", file="file"),
    "delegate": Kind(
        of(lambda: make.draft(kind="participation"), "drafter", "/delegates"),
        {"people-0-family_name": "Otieno", "people-0-function": WORDS, "people-0-departure_airport": "Nairobi"},
        "The delegation is saved.",
        button="[value=stay]",
    ),
    "reason of the authority": Kind(
        of(make.awaiting_authorisation, "authority", "/return"), {"reason": WORDS}, "Returned to the drafter."
    ),
    "note verbale": Kind(
        of(make.awaiting_authorisation, "authority", "/authorise"),
        {"issuer": WORDS, "note_reference": "KEN/9/2026", **DAY},
        "Submitted.",
        file="file",
    ),
    "answers": Kind(of(make.in_clarification, "drafter"), {"answer_1": WORDS}, "The answers were sent."),
    "message of the State": Kind(of(make.in_review, "drafter"), {"body": WORDS}, WORDS),
    "paper of the State": Kind(
        of(make.in_review, "drafter", "/messages/paper"), {"body": WORDS}, "was handed in", file="file"
    ),
    "decision": Kind(
        of(make.in_review, "officer", "/decision/accepted", office=True),
        {
            "amount": "1,250",
            "scope": WORDS,
            "human_rights": "Looked at the law on data.",
            "conditions": "None but these.",
            "reasons": WORDS[::-1],
        },
        "Decision prepared.",
    ),
    "reason of the office": Kind(
        of(make.submitted, "officer", "/return-note", office=True), {"reason": WORDS}, "returned"
    ),
    "note of the office": Kind(of(make.in_review, "officer", office=True), {"body": WORDS}, WORDS),
    "pledge": Kind(a_donor, {"title": WORDS, "amount": "1,250"}, "Instalments"),
    "account": Kind(somebody("focal_point", "KEN", "/account"), {"name": "Amina Otieno"}, "Your profile is saved."),
}


@dataclass
class Filling:
    """A form of this kind on a page, as its person fills it in."""

    page: Any
    kind: Kind

    @property
    def form(self) -> Any:
        return (
            self.page.locator("main form")
            .filter(has=self.page.locator(f"[name='{next(iter(self.kind.typed))}']"))
            .first
        )

    def fill(self) -> None:
        for name, text in self.kind.typed.items():
            self.form.locator(f"[name='{name}']").fill(text)
        self.choose_file()

    def choose_file(self) -> None:
        if self.kind.file:
            self.form.locator(f"[name='{self.kind.file}']").set_input_files(NOTE)

    def send(self) -> None:
        self.form.locator(self.kind.button).first.click(no_wait_after=True)

    def holds_everything(self) -> None:
        for name, text in self.kind.typed.items():
            assert self.form.locator(f"[name='{name}']").input_value() == text
        chosen = "input => input.files.length"
        assert not self.kind.file or self.form.locator(f"[name='{self.kind.file}']").evaluate(chosen) == 1


@SCRIPTS
@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_lost(page_of, name, script):
    kind = KINDS[name]
    someone, address = kind.made()
    email = with_password(someone)
    page = page_of(someone, java_script_enabled=script)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    filling = Filling(page, kind)
    filling.fill()
    the_line_is_away(page, filling, script)
    end_sessions()
    filling.send()
    page.get_by_text("Your session has ended").first.wait_for()
    said = page.locator("main").inner_text()
    assert [text for text in kind.typed.values() if text not in said] == []
    if kind.file:
        assert "1 file waits" in said
    sign_in_on(page, email)
    page.get_by_text(kind.done).first.wait_for()


def the_line_is_away(page, filling, script):
    """Sent without a line, the form stays as it is; without a script the browser's way back finds it."""
    back = away(page)
    with page.expect_event("requestfailed"):
        filling.send()
    if script:
        page.get_by_text("No answer came.").wait_for()
        filling.holds_everything()
        back()
        return
    page.wait_for_timeout(300)  # for the browser's own page, about which it tells nobody
    back()
    page.go_back()
    filling.choose_file()  # which no browser keeps by itself
    filling.holds_everything()
