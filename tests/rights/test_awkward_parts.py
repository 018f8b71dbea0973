"""Every part of every address, every field, cookie and header with what nobody types: never answered by a fault."""

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from tests.conftest import ENGINE
from tests.factories import accounts as make
from tests.rights import probing, subjects, table
from tests.rights.people import ANONYMOUS, PERSONAS
from tests.services.client import whole

AWKWARD = (
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%FF",
    "%0D%0Aa",
    "%E2%80%AE",
    "%C2%85",
    "..%2F..",
    "'%22",
    "%F0%9F%98%80",
    "9" * 400,
)
MARK = "AWKWARD"
NUL_AND_HALF = b"a=\x00&%ED%A0%80=%ED%A0%80&q=%00x%ED%B0%80&whole=1&key=%00"


def patterns(app, world):
    """Every (endpoint, method, address with its parts from the world, part, address with the mark for that part)."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in ("static", "asset"):
            continue
        known = next(iter(subjects.subjects_of(rule, world).values()))
        for part in rule.arguments:
            try:
                _host, address = rule.build({**known, part: 7_777_777}, append_unknown=False) or (None, "")
            except (BuildError, ValueError, AttributeError):
                _host, address = rule.build({**known, part: "77777777-7777-7777-7777-777777777777"}) or (None, "")
            marked = address.replace("77777777-7777-7777-7777-777777777777", MARK).replace("7777777", MARK)
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield rule.endpoint, method, marked


def texts_for(marked, app, method):
    """What to put in: everything where any text is an address; two where only a number or an id is, once for both
    engines: no database is asked then."""
    adapter = app.url_map.bind("localhost")
    try:
        adapter.match(marked, method=method)
    except HTTPException:
        return ("%00", "9" * 400) if ENGINE == "sqlite" else ()
    return AWKWARD


def who_enters(endpoint, method):
    """Somebody whom the table lets pass, else a stranger."""
    for (row, by, _subject), statuses in table.read().items():
        if (row, by) == (endpoint, method):
            for persona in PERSONAS[1:]:
                if statuses[persona] not in (401, 403):
                    return persona
    return ANONYMOUS


def test_no_address_breaks_on_any_of_its_parts(matrix_app, built_world):
    tried, broken = 0, []
    with matrix_app.app_context(), probing.nothing_kept():
        for endpoint, method, marked in patterns(matrix_app, built_world):
            assert MARK in marked, (endpoint, marked)
            persona = who_enters(endpoint, method)
            for text in texts_for(marked, matrix_app, method):
                where, form = marked.replace(MARK, text), whole({}) if method == "POST" else None
                answer = probing.ask(matrix_app, built_world, persona, method, where, form)
                tried += 1
                if answer.status >= 500 or ("%00" in text and answer.status not in (302, 401, 404)):
                    broken.append(f"{endpoint} {persona} {method} {where[:80]}: {answer.error or answer.status}")
    assert tried > (300 if ENGINE == "sqlite" else 100)
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("where", ["/%00", "/static/%00", "/static/v-1/%00", "/sessions/%00", "/demo/mailbox/%00"])
def test_addresses_that_nobody_sees_are_no_addresses(client, where):
    assert client.get(where).status_code == 404


def test_no_form_breaks_on_nul_and_halves_of_characters(matrix_app, built_world):
    broken = []
    with matrix_app.app_context(), probing.nothing_kept():
        for endpoint in subjects.endpoints(matrix_app):
            addresses = subjects.addresses(matrix_app, built_world, endpoint)
            where = next((address for (method, _label), address in addresses.items() if method == "POST"), None)
            if where is None:
                continue
            persona = who_enters(endpoint, "POST")
            headers = {} if persona == ANONYMOUS else {"Cookie": built_world.cookies[persona]}
            client = matrix_app.test_client(use_cookies=False)
            kind = "application/x-www-form-urlencoded"
            answer = client.open(where, method="POST", data=NUL_AND_HALF, headers=headers, content_type=kind)
            if answer.status_code >= 500:
                broken.append(f"{persona} {where}: {answer.status_code}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    "header", ["Cookie", "Accept-Language", "User-Agent", "Referer", "Accept", "If-None-Match", "Range"]
)
@pytest.mark.parametrize(
    "text", ["session=\xff\xed\xa0\x80", "\xed\xa0\x80", "%00", '"' * 3_000, ";=,;q=nan", "bytes=9-1"]
)
def test_no_header_breaks_a_page(client, header, text):
    for where in ("/sign-in", "/sessions/", "/static/css/site.css"):
        with client.get(where, headers={header: text}) as answer:
            assert answer.status_code < 500


def test_a_browser_that_names_itself_with_nul_signs_in(client, app):
    someone = make.person("focal_point", password=make.PASSWORD)
    app.config["WTF_CSRF_ENABLED"] = False
    typed = {"email": someone.email, "password": make.PASSWORD}
    answer = client.post("/sign-in", data=typed, environ_base={"HTTP_USER_AGENT": "a\x00b", "REMOTE_ADDR": "x" * 500})
    assert answer.status_code == 302
