"""Statements of a bank in camt.053: what is booked, detail by detail; nothing hostile is read, no account kept."""

import pytest

from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.imports.reading import Source
from tracker.reconciling.camt import check, items

ENTRY = """<Ntry><NtryRef>{number}</NtryRef><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>{status}</Sts>
<BookgDt><Dt>2026-03-03</Dt></BookgDt><ValDt><Dt>2026-03-02</Dt></ValDt><AcctSvcrRef>{number}</AcctSvcrRef>
<NtryDtls>{details}</NtryDtls></Ntry>"""
DETAIL = """<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>{amount}
<RltdPties><Cdtr><Nm>Quokka Name</Nm></Cdtr><CdtrAcct><Id><IBAN>AT00 1234</IBAN></Id></CdtrAcct></RltdPties></TxDtls>"""


def entry(number: str, way: str = "DBIT", status: str = "BOOK", amount: str = "5.00", details: str = "") -> str:
    return ENTRY.format(number=number, way=way, status=status, amount=amount, details=details)


def read(*entries: str, head: str = "", version: str = "08", name: str = "S1"):
    text = (
        f'<?xml version="1.0"?>{head}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        f"<BkToCstmrStmt><Stmt><Id>{name}</Id>{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    )
    return items(Source("s.xml", "xml", text.encode()))


@pytest.mark.parametrize("version", ["02", "08"])
def test_what_is_booked_is_read_under_our_reference(version):
    one = entry("B1", details=DETAIL.format(reference="FIN-1", amount=""))
    other = entry("B2", "CRDT", "<Cd>BOOK</Cd>", details=DETAIL.format(reference="NOTPROVIDED", amount=""))
    rows = [
        check(row, cells, today())[0] for row, cells in read(one, other, entry("B3", status="PDNG"), version=version)
    ]
    assert [(r.reference, r.amount_minor, r.is_out, r.entry, r.day.isoformat()) for r in rows] == [
        ("FIN-1", 5_00, True, "B1", "2026-03-02"),
        ("B2", 5_00, False, "B2", "2026-03-02"),
    ]
    assert "Quokka" not in str(rows)
    assert "1234" not in str(rows)


def test_an_entry_of_several_payments_is_read_by_its_details():
    parts = "".join(DETAIL.format(reference=f"FIN-{n}", amount=f'<Amt Ccy="EUR">{n}.00</Amt>') for n in (2, 3))
    rows = [check(row, cells, today())[0] for row, cells in read(entry("B1", details=parts))]
    assert [(r.reference, r.amount_minor, r.entry) for r in rows] == [("FIN-2", 2_00, "B1/0"), ("FIN-3", 3_00, "B1/1")]
    (row, cells), *rest = read(entry("B1", details=DETAIL.format(reference="A", amount="") * 2))
    assert (check(row, cells, today())[0].amount_minor, rest) == (5_00, []), "without amounts of their own it is one"


def test_numbers_that_begin_anew_in_each_statement_are_told_apart():
    counted = entry("1").replace("<AcctSvcrRef>1</AcctSvcrRef>", "")
    named = [cells["entry"] for name in ("MARCH", "APRIL") for _row, cells in read(counted, name=name)]
    assert named == ["MARCH 1", "APRIL 1"]
    (_row, cells) = read(entry("1"), name="MARCH")[0]
    assert cells["entry"] == "1", "the bank's own number of an entry is one over all its statements"


def test_a_broken_entry_is_a_fault_of_its_row():
    for broken in (entry("B1", way=""), entry("B1", amount="x"), entry("B1").replace("2026-03-02", "2099-01-01")):
        ((row, cells),) = read(broken)
        stated, findings = check(row, cells, today())
        assert stated is None
        assert findings


def test_hostile_and_foreign_files_are_refused():
    with pytest.raises(Invalid, match="document type or entities"):
        read(entry("B1"), head='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')
    with pytest.raises(Invalid, match="no statement of a bank"):
        items(Source("s.xml", "xml", b"<iati-activities/>"))
