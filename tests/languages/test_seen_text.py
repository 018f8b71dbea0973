"""An answer that shows nothing is none, and a name stands on one line, wherever it comes from."""

import pytest
import sqlalchemy as sa
from flask_wtf import FlaskForm
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, StringField, TextAreaField
from wtforms.validators import InputRequired

from tests.factories import accounts as make
from tests.factories import assistance as requests
from tracker.accounts import services as accounts
from tracker.accounts.models import Invitation, Person
from tracker.assistance.authorisation import services as authorising
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.imports.cells import storable
from tracker.languages.seen_text import one_line, shown, shows_nothing
from tracker.notifications.mime import build
from tracker.pledges.services.promises import required_reason
from tracker.web import form_classes
from tracker.web.forms import KeyedForm
from tracker.web.typed_forms import AsSeen, EntryForm

NOTHING = ["", " \t\n", "\u200b", "\u200b \u200d\u2060", "\u0301\u0301", "\u202e\u202c", "\u3164", "\u2800\u2800",
           "\x00\x1f", "\ufeff", "\u00ad", "\u2028\u00a0", "\U000e0041", "\u115f\u1160", "\uffa0"]  # fmt: skip
TURNED = "Anna\nOtieno\u202egnirts\u2066"


class TestWhatShows:
    @pytest.mark.parametrize("text", NOTHING)
    def test_nothing(self, text):
        assert shows_nothing(text)
        assert shown(text) == ""

    @pytest.mark.parametrize("text", ["a", " é ", "e\u0301", "是", "ن\u200cم", "7", "—", "…", "👍", "क्‍ष", "\u200bx"])
    def test_something(self, text):
        assert not shows_nothing(text)
        assert shown(text) == text.strip()

    @given(st.text(max_size=40))
    def test_a_line_holds_no_break_and_turns_nothing_around(self, text):
        line = one_line(text)
        assert line.splitlines() in ([], [line])
        assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\n\r\t\x0b\x85\u2028")
        assert one_line(line) == line

    def test_what_scripts_need_to_join_or_part_letters_stays(self):
        assert one_line("می\u200cخواهم") == "می\u200cخواهم"


class Entry(EntryForm):
    """One entry of a list."""

    name = StringField("Name", [InputRequired("Enter the name.")])


class Sample(KeyedForm):
    """A form with text of every shape."""

    name = StringField("Name", [InputRequired("Enter the name.")])
    words = TextAreaField("Words", [InputRequired("Enter the words.")])
    entries = FieldList(FormField(Entry), min_entries=1)


class TestForms:
    @pytest.mark.parametrize("text", NOTHING)
    def test_an_answer_that_shows_nothing_is_missing(self, app, text):
        app.config["WTF_CSRF_ENABLED"] = False
        sent = MultiDict({"name": text, "words": text, "entries-0-name": text})
        with app.test_request_context("/", method="POST", data=sent):
            form = Sample(sent)
            assert not form.validate()
            assert form.errors == {
                "name": ["Enter the name."], "words": ["Enter the words."],
                "entries": [{"name": ["Enter the name."]}],
            }  # fmt: skip

    def test_a_line_stays_on_one_line_and_paragraphs_as_they_are(self, app):
        app.config["WTF_CSRF_ENABLED"] = False
        sent = MultiDict({"name": TURNED, "words": "one\ntwo", "entries-0-name": TURNED})
        with app.test_request_context("/", method="POST", data=sent):
            form = Sample(sent)
            assert form.validate()
            assert form.name.data == form.entries[0].form.name.data == "Anna Otienognirts"
            assert form.words.data == "one\ntwo"

    def test_every_form_of_ours_reads_so(self, app):
        ours = [form for form in form_classes.every_form() if form.__module__.startswith("tracker.")]
        assert len(ours) > 60
        assert [form for form in ours if not issubclass(getattr(form, "Meta", object), AsSeen)] == []
        assert not issubclass(FlaskForm.Meta, AsSeen)


class TestThroughOutside:
    def test_a_name_that_shows_nothing_is_refused(self, app, client, sign_in):
        app.config["WTF_CSRF_ENABLED"] = False
        anna = make.person("focal_point", name="Anna")
        typed = {"name": "\u200b\u3164", "language": "en", "timezone": "Europe/Vienna", "version": "1"}
        answer = sign_in(client, anna).post("/account", data=typed)
        assert answer.status_code == 422
        assert "Enter the name." in answer.text
        assert db.session.get(Person, anna.person_id).name == "Anna"

    def test_a_name_is_kept_on_one_line(self, app, client, sign_in):
        app.config["WTF_CSRF_ENABLED"] = False
        anna = make.person("focal_point")
        typed = {"name": TURNED, "language": "en", "timezone": "Europe/Vienna", "version": "1"}
        assert sign_in(client, anna).post("/account", data=typed).status_code == 302
        assert db.session.get(Person, anna.person_id).name == "Anna Otienognirts"

    def test_a_reason_that_shows_nothing_is_none(self, app):
        case = requests.awaiting_authorisation()
        with pytest.raises(Invalid):
            authorising.return_to_draft(
                case.public_id, actor=case.people.authority.actor, reason="\u200b\u2800", version=case.version
            )
        with pytest.raises(Invalid):
            required_reason("\u3164")

    def test_a_command_takes_no_name_that_shows_nothing_and_one_on_one_line(self, app):
        make.organisation("UNODC")
        run = app.test_cli_runner().invoke
        create = ["accounts", "create", "--email", "new@unodc.example", "--name"]
        assert "Enter the name" in run(args=[*create, "\u200b"]).output
        assert run(args=[*create, TURNED]).exit_code == 0
        assert db.session.scalars(sa.select(Invitation.name)).one() == "Anna Otienognirts"

    def test_a_service_keeps_a_name_on_one_line(self, app):
        chief = make.person("administrator")
        public_id = accounts.add_organisation(actor=chief.actor, kind="donor", code="DNR", name=TURNED)
        found = db.session.scalars(sa.select(make.Organisation).where(make.Organisation.public_id == public_id)).one()
        assert found.name == "Anna Otienognirts"

    @pytest.mark.parametrize("cell", ["\u200b", "\u3164\u2800", "\u202e\u202c"])
    def test_a_cell_that_shows_nothing_is_empty(self, cell):
        assert storable(cell) == ""
        assert storable(" ") == " "

    def test_the_subject_of_a_mail(self):
        mail = build(
            sender="a@x.example", reply_to="a@x.example", to="b@x.example", message_id="<1@x.example>", language="en",
            subject=f"Hello\r\nBcc: c@x.example{TURNED}", text="t", html="h",
        )  # fmt: skip
        head = mail.content.partition(b"\r\n\r\n")[0]
        assert b"\r\nBcc" not in head
        assert b"Subject: Hello Bcc: c@x.exampleAnna Otienognirts\r\n" in head
