"""Each component keeps the promises that nobody sees on a screenshot: labels, ids, directions, no inline code."""

import pytest
from lxml import html

from tracker.languages import choosing

PAGES = ("form", "request", "queue", "confirm")
LANGUAGES = ("en", "ar")


def page(look, name: str, language: str = "en", data=None):
    address = f"/look/{name}?lang={language}"
    answer = look.post(address, data=data) if data is not None else look.get(address)
    assert answer.status_code == 200, answer.text[-2000:]
    return html.fromstring(answer.text)


@pytest.fixture(params=[(name, language) for name in PAGES for language in LANGUAGES], ids="-".join)
def composed(request, look):
    return page(look, *request.param)


@pytest.fixture
def refused(look):
    """The sample form after it was sent empty."""
    return page(look, "form", data={"title": "", "area": "law", "currency": "USD"})


class TestEveryComponent:
    def test_has_ids_that_occur_once(self, composed):
        ids = composed.xpath("//@id")
        assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})

    def test_refers_only_to_ids_that_exist(self, composed):
        names = composed.xpath("//@aria-labelledby | //@aria-describedby | //label/@for")
        assert {i for value in names for i in value.split()} <= set(composed.xpath("//@id"))

    def test_gives_every_input_a_name_to_call_it_by(self, composed):
        for control in composed.xpath("//input[not(@type='hidden')] | //select | //textarea[not(@hidden)]"):
            labels = composed.xpath("//label[@for=$id]", id=control.get("id", ""))
            assert labels or control.get("aria-label"), html.tostring(control)

    def test_carries_no_inline_style_or_script(self, composed):
        assert not composed.xpath("//@style | //style | //script[not(@src)]")
        assert not composed.xpath("//@*[starts-with(name(), 'on')]")

    def test_names_every_scrolling_region(self, composed):
        for region in composed.xpath("//*[contains(@class, 'scroller')]"):
            assert region.get("aria-label")
            assert (region.get("role"), region.get("tabindex")) == ("region", "0")

    def test_uses_icons_that_are_in_the_sprite(self, composed, look_app):
        sprite = look_app.extensions["assets"].files["icons.svg"].body.decode()
        names = {address.partition("#")[2] for address in composed.xpath("//use/@href")}
        assert names
        assert [name for name in names if f'id="{name}"' not in sprite] == []


def test_a_page_says_its_language_and_direction(look):
    assert page(look, "form").attrib == {"lang": "en", "dir": "ltr"}
    assert page(look, "form", "ar").attrib == {"lang": "ar", "dir": "rtl"}


def test_a_page_says_when_its_words_are_not_of_the_language_chosen(look):
    said = {
        language: page(look, "form", language).xpath("//p[@class='demo demo--quiet']")
        for language in choosing.LANGUAGES
    }
    assert [language for language, notes in said.items() if not notes] == ["en", "fr"]
    assert "بالإنكليزية" in said["ar"][0].text_content()


class TestForms:
    def test_error_summary_and_fields_say_the_same(self, refused):
        links = refused.xpath("//*[contains(@class, 'error-summary')]//a")
        at_fields = [words.text_content() for words in refused.xpath("//p[@class='error']/span")]
        assert len(links) == len(at_fields) == 6
        for link, words in zip(links, at_fields, strict=True):
            assert link.text_content().endswith(words.removeprefix("Error: "))

    def test_summary_leads_to_the_inputs(self, refused):
        ids = set(refused.xpath("//input/@id | //textarea/@id | //select/@id"))
        assert {a.get("href")[1:] for a in refused.xpath("//*[contains(@class, 'error-summary')]//a")} <= ids

    def test_entries_of_a_list_are_told_apart(self, refused):
        assert refused.xpath("//legend[starts-with(., 'Delegate ')]/text()") == ["Delegate 1", "Delegate 2"]
        assert "Delegate 2: Family name: Enter it." in refused.xpath("//a/text()")

    def test_wrong_field_is_marked_and_described(self, refused):
        title = refused.get_element_by_id("title")
        assert title.get("aria-invalid") == "true"
        assert title.get("aria-describedby") == "title-hint title-error"

    def test_optional_fields_say_so(self, look):
        assert page(look, "form").xpath("normalize-space(//label[@for='email'])") == "E-mail address (optional)"

    def test_day_keeps_what_was_typed_though_it_is_none(self, look):
        tree = page(look, "form", data={"arrival-day": "31", "arrival-month": "2", "arrival-year": "2026"})
        assert [tree.get_element_by_id(f"arrival-{part}").get("value") for part in ("day", "month", "year")] == [
            "31",
            "2",
            "2026",
        ]

    def test_key_stays_the_same_when_the_form_comes_back(self, look):
        key = page(look, "form").xpath("//form[@data-guard]/input[@name='key']/@value")
        again = page(look, "form", data={"key": key[0]})
        assert again.xpath("//form[@data-guard]/input[@name='key']/@value") == key

    def test_typed_markup_stays_text(self, look):
        tree = page(look, "form", data={"title": "<b>x</b>\"'", "problem": "</textarea><script>"})
        assert tree.get_element_by_id("title").get("value") == "<b>x</b>\"'"
        assert tree.get_element_by_id("problem").text.strip() == "</textarea><script>"


class TestPlots:
    def test_bars_have_their_width_as_an_attribute(self, look):
        widths = page(look, "request").xpath("//ul[@class='bars'][1]//rect/@width")
        assert widths[:2] == ["100.0%", "30.8%"]

    def test_every_plot_but_a_labelled_bar_has_its_table(self, look):
        tables = page(look, "request").xpath("//details[@class='data']//table")
        assert [table.xpath("string(.//tbody/tr[1]/td[last()])") for table in tables] == ["704", "12"]

    def test_coverage_is_said_in_words(self, look):
        label = page(look, "request").xpath("//*[@class='coverage']/svg/@aria-label")[0]
        assert label.replace("\u00a0", " ") == "USD 84,000 requested, USD 52,000 allocated, USD 18,500 disbursed"


def test_foreign_text_keeps_its_language_and_is_marked(look):
    wanted = page(look, "request").xpath("//span[@lang='ar' and @class='kept']")[0]
    assert wanted.get("dir") == "rtl"
    assert "written in Arabic" in wanted.getparent().text_content()


def test_mail_reads_well_and_says_that_it_is_a_demonstration(look):
    text = look.get("/look/mail").text
    assert "Demonstration: not a service of the United Nations" in text
    assert text.count("https://tracker.example/r/1") == 2
