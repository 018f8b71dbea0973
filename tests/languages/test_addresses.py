"""One mailbox has one form, however it is written; and another form for the mail server."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.languages.addresses import (
    Unmailable,
    mailed,
    normal_email,
    part_of_email,
    reaches_everybody,
    read,
)

SHOWN, MAILED = "müller@münchen.example.de", "müller@xn--mnchen-3ya.example.de"


@pytest.mark.parametrize(
    "written",
    [
        SHOWN,
        MAILED,
        "MÜLLER@MÜNCHEN.EXAMPLE.DE",
        "mu\u0308ller@mu\u0308nchen.example.de",
        "ｍüｌｌｅｒ＠münchen。ｅｘａｍｐｌｅ．de",
        "müller﹫XN--MNCHEN-3YA｡example.de",
        "\u00a0 müller@münchen.example.de\u3000\r\n",
        "\u200emüller@münchen.example.de\u202c",
        "müller@mün\u00adchen.example.de",
    ],
)
def test_every_way_of_writing_it_is_one_mailbox(written):
    assert (read(written).shown, read(written).mailed) == (SHOWN, MAILED)
    assert normal_email(written) == SHOWN


@pytest.mark.parametrize(
    ("written", "server_reads"),
    [
        ("張@例子。公司", "張@xn--fsqu00a.xn--55qx5d"),
        ("Info@Straße.DE", "info@xn--strae-oqa.de"),
        ("петр@почта.рф", "петр@xn--80a1acny.xn--p1ai"),
        ("Jane.Doe@Example.ORG", "jane.doe@example.org"),
    ],
)
def test_the_mail_server_reads_the_domain_in_ascii(written, server_reads):
    assert read(written).mailed == server_reads
    assert mailed(read(written).shown) == server_reads


@pytest.mark.parametrize(
    "written",
    [
        "",
        "jane",
        "jane@example",
        "jane@two@example.org",
        "jane doe@example.org",
        "jane@☃.example.org",
        "jane@xn--zz-zz-9.de",
        "jane@ᎠᎡ.org",
        "a" * 65 + "@example.org",
        "ü" * 33 + "@example.org",
        f"jane@{'a' * 64}.org",
        f"jane@{'.'.join(['abcdefgh'] * 30)}.org",
        "jane@example.org\nBcc: x@example.org",
        "jane\0@example.org",
        "\ud800@example.org",
    ],
)
def test_what_no_mail_can_go_to_is_none(written):
    with pytest.raises(Unmailable):
        read(written)
    assert isinstance(normal_email(written), str)


def test_of_an_address_that_is_none_only_the_letters_are_made_small():
    assert normal_email(" Jane@Localhost ") == "jane@localhost"
    assert mailed("jane@localhost") == "jane@localhost"
    with pytest.raises(Unmailable):
        mailed("jane@münchen")


@pytest.mark.parametrize(
    ("piece", "as_kept"),
    [("XN--MNCHEN-3YA.de", "münchen.de"), ("@MÜN", "@mün"), ("Mu\u0308ller", "müller"), ("Jane_", "jane_")],
)
def test_a_piece_of_an_address_is_looked_for_as_it_is_kept(piece, as_kept):
    assert part_of_email(piece) == as_kept


def test_letters_before_the_at_do_not_reach_everybody():
    assert reaches_everybody("info@münchen.de")
    assert not reaches_everybody("büro@münchen.de")
    assert not reaches_everybody("")


LETTERS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(LETTERS, LETTERS)
def test_the_form_of_a_form_is_the_same(local, name):
    for written in (f"{local}@{name}.example.org", f"{local}@{name}.рф"):
        kept = normal_email(written)
        assert normal_email(kept) == kept
        try:
            found = read(written)
        except Unmailable:
            continue
        assert read(found.shown) == read(found.mailed) == found
        assert found.mailed.rpartition("@")[2].isascii()
