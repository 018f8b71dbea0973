"""Forms are sent without their token here; that it is needed is tested with the accounts."""

import pytest


@pytest.fixture(autouse=True)
def forms_without_token(app):
    app.config["WTF_CSRF_ENABLED"] = False
