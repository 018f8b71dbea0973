"""Folding: what is meant is found, however it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.search.folding import LONGEST_TOKEN, MOST_QUERY_TOKENS, flatten, fold, query_tokens


def found(query: str, text: str) -> bool:
    """The rule of both databases: every token of the query begins a token of the text."""
    tokens = fold(text).split()
    asked = query_tokens(query)
    return bool(asked) and all(any(token.startswith(part) for token in tokens) for part in asked)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("CÔTE D'IVOIRE", "Demande de la Côte d’Ivoire"),
        ("cote d'ivoire", "Côte d'Ivoire"),
        ("assistance legislation", "Assistance en matière de législation"),
        ("strasse", "Straße"),
        ("oeuvre", "Œuvre"),
        ("legis", "LÉGISLATION"),
        ("еще", "Ещё один запрос"),
        ("запрос", "ЗАПРОС"),
        ("й", "Йемен"),
        ("nino", "El Niño"),
        ("الامن", "الأَمْن السيبراني"),
        ("امن", "الأمن"),
        ("مكافحه", "مكافحة الجريمة"),
        ("مـكـافـحـة", "مكافحة"),
        ("جريمه", "والجريمة"),
        ("٢٠٢٦", "TA-2026-KEN-007"),
        ("2026", "سنة ٢٠٢٦"),
        ("TA-2026-KEN-007", "TA-2026-KEN-007"),
        ("ken 007", "TA-2026-KEN-007"),
        ("网络犯罪", "打击网络犯罪的技术援助"),
        ("犯罪", "打击网络犯罪"),
        ("罪", "打击网络犯罪"),
        ("网", "网络"),
        ("ｆｕｌｌ", "Full width"),
        ("ﬁnance", "finance"),
        ("istanbul", "İstanbul"),
    ],
)
def test_finds(query, text):
    assert found(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [("罪犯", "网络犯罪"), ("kenya", "Keny"), ("2027", "TA-2026-KEN-007"), ("—", "anything"), ("", "anything")],
)
def test_does_not_find(query, text):
    assert not found(query, text)


def test_names_are_flattened_whole():
    assert flatten("  Guinée-Bissau ") == "guinee bissau"
    assert flatten("中国") == "中国"


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_outside_chinese(text):
    folded = flatten(text)
    assert flatten(folded) == folded


@given(st.text(max_size=200))
def test_every_text_is_found_by_itself(text):
    if query_tokens(text):
        assert found(text, text)


@given(st.text(max_size=400))
def test_tokens_are_plain_and_bounded(text):
    for token in fold(text).split():
        assert not set(token) & set("\"'\\:*&|!()<> "), "nothing that either engine could take for an operator"
        assert len(token) <= LONGEST_TOKEN
    assert len(query_tokens(text)) <= MOST_QUERY_TOKENS


@given(st.text(min_size=1, max_size=80))
def test_case_never_matters(text):
    if text.upper().lower() == text.lower():
        assert fold(text) == fold(text.upper())
