"""Names of States: UNTERM's in six languages, never CLDR's; found in files however they are written."""

import csv
import re
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from tracker.languages.choosing import LANGUAGES
from tracker.reference import names
from tracker.reference.names import DATA, find_state, of_state, state_name, to_state, with_article
from tracker.settings.configuration import ROOT

REAL = names.read_csv("states.csv")


def test_every_name_shown_is_the_one_in_the_file():
    for row in REAL:
        for language in LANGUAGES:
            assert state_name(row["iso3"], language).replace("’", "'") == row[f"name_{language}"].replace("’", "'")


def test_no_cldr_name_is_shown_where_it_differs():
    for row in REAL:
        for language in LANGUAGES:
            cldr = Locale(language).territories.get(row["iso2"])
            if cldr and cldr.replace("’", "'") != row[f"name_{language}"].replace("’", "'"):
                assert state_name(row["iso3"], language) != cldr


def test_no_code_or_template_asks_cldr_for_a_territory():
    pattern = re.compile(r"\bterritories\b|get_territory_name|territory_name|get_display_name")
    for folder in ("tracker", "templates", "workers"):
        for path in Path(ROOT, folder).rglob("*"):
            if path.suffix in (".py", ".html", ".txt", ".xml") and path != Path(ROOT, "tests"):
                assert not pattern.search(path.read_text(encoding="utf-8")), f"{path}: names come from states.csv"


@pytest.mark.parametrize(
    ("iso3", "article", "of", "to"),
    [
        ("CIV", "la Côte d’Ivoire", "de la Côte d’Ivoire", "à la Côte d’Ivoire"),
        ("KEN", "le Kenya", "du Kenya", "au Kenya"),
        ("AGO", "l’Angola", "de l’Angola", "à l’Angola"),
        ("BHS", "les Bahamas", "des Bahamas", "aux Bahamas"),
        ("CUB", "Cuba", "de Cuba", "à Cuba"),
        ("OMN", "Oman", "d’Oman", "à Oman"),
        ("HTI", "Haïti", "d’Haïti", "à Haïti"),
        (
            "IRN",
            "la République islamique d’Iran",
            "de la République islamique d’Iran",
            "à la République islamique d’Iran",
        ),
        (
            "BOL",
            "l’État plurinational de Bolivie",
            "de l’État plurinational de Bolivie",
            "à l’État plurinational de Bolivie",
        ),
        (
            "FSM",
            "les États fédérés de Micronésie",
            "des États fédérés de Micronésie",
            "aux États fédérés de Micronésie",
        ),
    ],
)
def test_french_sentences_have_their_articles(iso3, article, of, to):
    assert (with_article(iso3, "fr"), of_state(iso3, "fr"), to_state(iso3, "fr")) == (article, of, to)


def test_spanish_and_english_sentences_too():
    assert [of_state(code, "es") for code in ("PER", "IND", "NLD", "CUB")] == [
        "del Perú", "de la India", "de los Países Bajos", "de Cuba",
    ]  # fmt: skip
    assert to_state("ECU", "es") == "al Ecuador"
    assert [with_article(code, "en") for code in ("BHS", "GAB", "VEN", "CHN")] == [
        "the Bahamas", "Gabon", "the Bolivarian Republic of Venezuela", "China",
    ]  # fmt: skip
    assert of_state("KEN", "ru") == state_name("KEN", "ru"), "languages with cases get the plain name"


def test_every_state_stands_in_a_sentence_in_every_language():
    for iso3 in names.all_names():
        for language in LANGUAGES:
            for form in (with_article, of_state, to_state):
                assert not re.search(r"\(|  |’ |' ", form(iso3, language).replace("(布)", "")) or language in "ar ru zh"


class TestFindState:
    def test_knows_codes_names_in_six_languages_and_formal_names(self):
        for row in REAL:
            spellings = [row["iso3"], row["iso2"].lower(), row["un_formal_en"], row["un_short_en"].upper()]
            spellings += [row[f"name_{language}"] for language in LANGUAGES]
            spellings += [f"Government of {row['un_formal_en']}", f"The Government of the {row['un_formal_en']}"]
            for spelling in spellings:
                assert find_state(spelling) == row["iso3"], spelling

    def test_knows_them_in_the_sentences_of_notes_verbales(self):
        for row in REAL:
            for opening in ("Gouvernement", "Mission permanente"):
                assert find_state(f"{opening} {of_state(row['iso3'], 'fr')}") == row["iso3"]
            assert find_state(f"Gobierno {of_state(row['iso3'], 'es')}") == row["iso3"]
            assert find_state(f"Permanent Mission {of_state(row['iso3'], 'en')}") == row["iso3"]

    def test_resolves_the_states_that_replied_to_the_secretary_general(self):
        path = Path(__file__).parents[1] / "data" / "states_replying_A_74_130.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == 61
        assert {row["name_zh"]: find_state(row["name_zh"]) for row in rows} == {
            row["name_zh"]: row["iso3"] for row in rows
        }

    @pytest.mark.parametrize(
        ("text", "iso3"),
        [
            ("Vietnam", "VNM"),
            ("Ivory Coast", "CIV"),
            ("Turkey", "TUR"),
            ("Bolivia", "BOL"),
            ("Iran, Islamic Republic of", "IRN"),
            ("COTE D IVOIRE", "CIV"),
            ("中国政府", "CHN"),
            ("حكومة الأردن", "JOR"),
            ("Правительство Кения", "KEN"),
            ("Niger", "NER"),
            ("Nigeria", "NGA"),
            ("Guinea", "GIN"),
            ("Dominica", "DMA"),
            ("República Dominicana", "DOM"),
            ("Gambia (the)", "GMB"),
            ("U.K.", "GBR"),
            ("República del Perú", "PER"),
            ("République du Mali", "MLI"),
            ("Республика Казахстан", "KAZ"),
            ("دولة قطر", "QAT"),
            ("السعودية", "SAU"),
            ("阿联酋", "ARE"),
            ("Congo, Dem. Rep.", "COD"),
            ("Egypt, Arab Rep.", "EGY"),
            ("Korea (the Republic of)", "KOR"),
            ("Congo (République démocratique du)", "COD"),
            ("Centrafrique", "CAF"),
        ],
    )
    def test_knows_how_files_write_them(self, text, iso3):
        assert find_state(text) == iso3

    @pytest.mark.parametrize(
        "text", ["", None, "Korea", "Africa", "Kenya and Uganda", "République de Chine", "Government", "x" * 500, "???"]
    )
    def test_does_not_guess(self, text):
        assert find_state(text) is None

    def test_finds_invented_states_only_where_allowed(self):
        assert find_state("Talmira") is None
        assert find_state("Talmira", invented=True) == "XQA"

    @given(st.text(max_size=300))
    def test_takes_any_text(self, text):
        assert find_state(text) is None or find_state(text) in names.all_names()


class TestLists:
    def test_accents_do_not_change_the_order(self):
        french = [name for _, name in names.sorted_states(list(names.all_names()), "fr")]
        assert french.index("Égypte") == french.index("El Salvador") - 1
        assert french[-1] == "Zimbabwe"

    def test_chinese_names_are_in_the_order_of_pinyin(self):
        chinese = [name for _, name in names.sorted_states(["CHN", "ALB", "KEN", "FRA"], "zh")]
        assert chinese == ["阿尔巴尼亚", "法国", "肯尼亚", "中国"]


def test_invented_states_have_codes_that_no_state_can_get():
    for row in names.read_csv("invented_states.csv"):
        assert re.fullmatch(r"XQ[A-Z]", row["iso3"])
        assert re.fullmatch(r"X[A-Z]", row["iso2"])
        assert all(row[f"name_{language}"] for language in LANGUAGES)
        assert find_state(row["name_en"]) is None
    assert (DATA / "README.md").exists()
