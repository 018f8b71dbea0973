"""What stands around every page: menus, languages, the demonstration's words, errors, addresses of files."""

from dataclasses import replace

import pytest
from flask import render_template
from lxml import html


def tree(answer):
    return html.fromstring(answer.text)


class TestLayout:
    def test_offers_six_languages_by_their_own_names_and_keeps_the_address(self, look):
        links = tree(look.get("/look/queue?view=open&lang=en")).xpath("//ul[@aria-label='Language']")[0]
        assert [a.get("lang") for a in links.iter("a")] == ["ar", "zh", "en", "fr", "ru", "es"]
        assert links.xpath(".//a[@lang='fr']/@href") == ["/look/queue?view=open&lang=fr"]
        assert links.xpath(".//a[@aria-current]/@lang") == ["en"]

    def test_says_on_every_page_that_it_is_a_demonstration(self, look):
        page = tree(look.get("/look/form"))
        assert (
            page.xpath("//header/*[@class='demo']")[0].text_content()
            == "Demonstration: not a service of the United Nations"
        )
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]

    def test_signs_out_by_a_button_that_posts(self, look):
        form = tree(look.get("/look/form")).xpath("//form[.//button[.='Sign out']]")[0]
        assert form.get("method") == "post"
        assert form.xpath(".//input[@name='csrf_token']")

    def test_shows_counts_and_unread_notifications(self, look):
        page = tree(look.get("/look/queue"))
        assert page.xpath("normalize-space(//nav[@aria-label='Staff']//a[contains(., 'Queue')])") == "Queue 61"
        assert page.xpath("string(//*[@data-unread])") == "3"

    def test_names_the_operator(self, look):
        assert "Operated by The Office." in look.get("/look/form").text


class TestErrorPages:
    @pytest.mark.parametrize("status", [403, 404, 409, 413, 422, 429, 500, 503])
    def test_keeps_what_was_typed_and_shows_a_way_on(self, look, status):
        answer = look.post(f"/look/error/{status}", data={"problem": "Typed <b>text</b>", "password": "secret-word"})
        page = tree(answer)
        assert answer.status_code == status
        assert "Typed <b>text</b>" in page.xpath("//dd/text()")
        assert "secret-word" not in answer.text
        assert page.xpath("//main//a[@href]")
        assert f"Error {status}, number " in page.text_content()

    def test_a_conflict_shows_both_texts(self, look):
        page = tree(look.post("/look/error/409", data={"title": "My title"}))
        both = page.xpath("//section[.//h2[.='Both texts']]//p[@class='kept']/text()")
        assert both == ["My title", "Their title"]

    def test_a_page_of_ours_that_broke_asks_nobody_anything(self, look):
        page = tree(look.get("/look/error/503"))
        assert not page.xpath("//nav[@aria-label='Main'] | //*[@data-bell]")

    def test_says_which_methods_an_address_takes(self, look):
        refused = look.delete("/sign-out")
        assert refused.status_code == 405
        assert "POST" in refused.headers["Allow"]
        assert refused.content_type.startswith("text/html")

    def test_sending_again_sends_the_same(self, look):
        form = tree(look.post("/look/error/503", data={"problem": "\nText", "key": "k1"})).forms[-1]
        assert form.xpath(".//input[@name='key']/@value") == ["k1"]
        assert form.fields["problem"].strip() == "Text"


class TestAssets:
    def test_address_names_the_content_and_is_kept_for_ever(self, look, look_app):
        with look_app.test_request_context():
            address = look_app.jinja_env.globals["asset_url"]("css/site.css")
        answer = look.get(address, headers={"Accept-Encoding": "br"})
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Encoding"] == "br"
        assert "Set-Cookie" not in answer.headers

    def test_file_of_another_release_is_not_kept(self, look):
        assert look.get("/static/v-000000000000/css/site.css").headers["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize("name", ["../config.py", "%2e%2e/config.py", "css", "none.css"])
    def test_nothing_else_is_served(self, look, name):
        assert look.get(f"/static/v-000000000000/{name}").status_code == 404


class TestHeaders:
    def test_pages_run_nothing_but_our_own(self, look):
        headers = look.get("/look/form").headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"

    def test_no_cache_keeps_a_private_page(self, look):
        assert look.get("/look/form").headers["Cache-Control"] == "no-store"

    def test_transport_is_held_to_tls_where_there_is_tls(self, look):
        answer = look.get("/look/form", base_url="https://localhost")
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


class TestWeight:
    """Budgets of interface.md in bytes on the wire."""

    def test_style_sheet_and_modules(self, look_app):
        files = look_app.extensions["assets"].files
        assert len(files["css/site.css"].body) < 34_000
        modules = {name.rpartition("/")[2]: len(a.body) for name, a in files.items() if name.endswith(".js")}
        assert sum(modules.values()) < 30 * 1024
        with_forms = modules["site.js"] + modules["forms.js"] + modules["copies.js"]
        assert max(with_forms, modules["site.js"] + modules["lists.js"] + modules["queue.js"]) <= 12 * 1024
        # Fetched once a file is chosen; the page of a delegate has nothing else.
        assert modules["pieces.js"] <= 5 * 1024

    @pytest.mark.parametrize("name", ["form", "request", "queue"])
    def test_page_and_first_visit(self, look, look_app, name):
        answer = look.get(f"/look/{name}", headers={"Accept-Encoding": "gzip"})
        files = look_app.extensions["assets"].files.values()
        assert answer.content_encoding == "gzip"
        assert len(answer.data) <= 25_000
        assert len(answer.data) + sum(len(asset.encoded["gzip"]) for asset in files) <= 60_000


def test_a_real_service_says_nothing_of_a_demonstration(look_app, base_settings):
    with look_app.test_request_context("/"):
        text = render_template("layout.html", settings=replace(base_settings, environment="production"))
    assert "Demonstration" not in text
    assert "noindex" not in text
