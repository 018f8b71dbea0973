"""Errors are listed in the order in which the page asks."""

from tracker.accounts.forms.people import InviteForm


def test_an_invitation_asks_for_the_person_before_the_place(app):
    with app.test_request_context():
        names = [field.name for field in InviteForm()]
    assert names.index("name") < names.index("email") < names.index("language") < names.index("title")
    assert names.index("title") < names.index("roles")
