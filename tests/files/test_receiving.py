"""Uploads are written down, hashed and checked before an act begins, and what no act takes is gone with its request."""

import io

import pytest
from flask import request
from flask_wtf.file import FileField

from tests.files.samples import PDF
from tests.files.test_files import contents
from tracker.database.transactions import transaction
from tracker.errors import Invalid
from tracker.files import services
from tracker.files.fields import UploadField
from tracker.files.receiving import receive
from tracker.reference.forms import RatesFileForm
from tracker.rights.actor import Actor
from tracker.web.form_classes import declared, every_form
from tracker.web.forms import KeyedForm

READ_AT_ONCE = (RatesFileForm,)
"""Forms whose file is read and never stored."""


class Paper(KeyedForm):
    """A form with a file, for these tests."""

    file = UploadField("File", kinds=("pdf",))


def sent(app, content, name="a.pdf"):
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_request_context("/", method="POST", data={"file": (io.BytesIO(content), name)})


def test_a_form_hands_its_file_over_as_it_lies_on_the_disk(app):
    with sent(app, PDF):
        form = Paper()
        assert form.validate_on_submit()
        received = form.file.data
        assert (received.filename, received.kind, received.size) == ("a.pdf", "pdf", len(PDF))
        with transaction():
            file = services.put(received, actor=Actor.system)
            assert (file.sha256, file.stored_as) == (received.sha256, received.stored_as)
    assert [path.name for path in contents()] == [received.stored_as]


def test_what_no_act_takes_is_gone_with_its_request(app):
    with sent(app, PDF):
        assert Paper().validate_on_submit()
        assert len(contents()) == 1
    assert contents() == []


@pytest.mark.parametrize(("content", "name"), [(b"no pdf", "a.pdf"), (PDF, "a.exe"), (b"", "a.pdf")])
def test_a_refusal_stands_at_the_field_and_keeps_nothing(app, content, name):
    with sent(app, content, name):
        form = Paper()
        assert not form.validate_on_submit()
        assert len(form.file.errors) == 1
        assert contents() == []


def test_none_comes_into_an_act_of_a_web_request(app):
    with sent(app, PDF), transaction(), pytest.raises(RuntimeError, match="UploadField"):
        receive(request.files["file"])


def test_an_act_that_is_tried_again_finds_its_file_where_the_first_try_left_it(app):
    received = receive(io.BytesIO(PDF), name="a.pdf")
    with pytest.raises(ZeroDivisionError), transaction():
        services.put(received, actor=Actor.system)
        raise ZeroDivisionError
    with transaction():
        services.put(received, actor=Actor.system)
    assert [path.read_bytes() for path in contents()] == [PDF]


def test_one_of_another_kind_than_the_act_takes_is_refused(app):
    with transaction(), pytest.raises(Invalid):
        services.put(receive(io.BytesIO(PDF), name="a.pdf"), actor=Actor.system, kinds=("png",))


def test_every_form_with_a_file_receives_it_so(app):
    fields = [
        (form, name, field.field_class)
        for form in every_form()
        if form.__module__.startswith("tracker.") and form not in READ_AT_ONCE
        for name, field in declared(form).items()
        if issubclass(field.field_class, FileField)
    ]
    assert len(fields) >= 10
    assert [each for each in fields if not issubclass(each[2], UploadField)] == []
