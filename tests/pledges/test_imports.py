"""Pledges from the FTS export."""

import csv
from pathlib import Path
from typing import ClassVar

import pytest
import sqlalchemy as sa

from tests.factories import reference as reference_data
from tracker.accounts.models import Organisation
from tracker.accounts.names import state_named_by
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.imports.hints import Hints
from tracker.imports.reading import open_source
from tracker.pledges import verification
from tracker.pledges.imports import check, donor_codes, read
from tracker.pledges.models import Pledge
from tracker.pledges.services.importing import examine, import_pledges
from tracker.rights.actor import Actor

REAL = Path(__file__).parents[1] / "data" / "real" / "fts_flows_2020.csv"


def take(path=REAL):
    source = open_source(path)
    return import_pledges(read(source), actor=Actor.system, file_name=source.name, sha256="0" * 64)


@pytest.fixture(autouse=True)
def with_reference(app):
    reference_data.loaded()


class TestTheRealExport:
    def test_is_taken_once_with_every_row_accounted_for(self):
        report = take()
        assert report["total"] == len(list(csv.DictReader(REAL.read_text(encoding="utf-8").splitlines()))) == 806
        # 62 amounts are zero, three rows name no donor
        assert report["counts"] == {"imported": 738, "duplicate": 3, "skipped": 65}
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Pledge)) == 738
        assert take()["counts"] == {"unchanged": 738, "duplicate": 3, "skipped": 65}

    def test_leaves_the_ledger_in_order(self):
        take()
        assert verification.verify().first_wrong is None

    def test_a_government_is_its_state_and_others_are_donors_of_their_own(self):
        take()
        codes = set(db.session.scalars(sa.select(Organisation.code).where(Organisation.kind == "state")))
        assert {"CHE", "DEU", "JPN", "KOR", "SAU", "TUR"} <= codes
        assert "ECHACPD" not in codes
        assert db.session.scalar(sa.select(Organisation.kind).where(Organisation.name == "Qatar Charity")) == "donor"

    def test_a_dry_run_changes_nothing(self):
        assert examine(read(open_source(REAL))).counts["imported"] == 738
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Pledge)) == 0


def test_an_export_that_excel_saved_in_french_is_the_same(tmp_path):
    rows = list(csv.DictReader(REAL.read_text(encoding="utf-8").splitlines()))[:40]
    path = tmp_path / "fts.csv"
    with path.open("w", encoding="windows-1252", newline="", errors="replace") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        for row in rows:
            days = {name: "/".join(reversed(row[name].split("-"))) for name in ("date", "decisionDate")}
            writer.writerow({**row, **days})
    plain = tmp_path / "plain.csv"
    with plain.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert take(plain)["counts"] == {"imported": 40}
    source = open_source(path, Hints(encoding="windows-1252"))
    again = import_pledges(read(source), actor=Actor.system, file_name=source.name, sha256="1" * 64)
    assert again["counts"] == {"unchanged": 40}


@pytest.mark.parametrize(
    ("donor", "iso3"),
    [
        ("Korea, Republic of, Government of", "KOR"),
        ("Saudi Arabia (Kingdom of), Government of", "SAU"),
        ("Turkey, Government of", "TUR"),
        ("Norway, Government of", "NOR"),
        ("Norway", "NOR"),
        ("GOVERNMENT OF NORWAY", "NOR"),
        ("Government of Côte d’Ivoire", "CIV"),
        ("Cote d'Ivoire", "CIV"),
        ("Qatar Charity", None),
        ("UNICEF National Committee/Korea (Republic of)", None),
    ],
)
def test_only_governments_are_states(donor, iso3):
    assert state_named_by(donor) == iso3


def test_codes_of_donors_are_unique_and_no_states():
    codes = donor_codes(
        ["Kind Ever Now", "Central Emergency Response Fund", "Cool Early Rescue Foundation", "日本"], {"CERF"}
    )
    assert len(set(codes.values())) == 4
    assert "KEN" not in codes.values()
    assert codes["Cool Early Rescue Foundation"] == "CERF3" or codes["Central Emergency Response Fund"] == "CERF2"


def test_codes_stay_short_however_many_donors_share_one():
    codes = donor_codes([f"组织{n}" for n in range(12_000)], set())
    assert len(set(codes.values())) == 12_000
    assert {len(code) <= 8 for code in codes.values()} == {True}


class TestRows:
    CELLS: ClassVar = {
        "id": "1",
        "date": "2021-01-01",
        "amountUSD": "1000.5",
        "srcOrganization": "Norway, Government of",
        "status": " PAID ",
    }

    def check(self, **cells):
        flow, findings = check(2, {**self.CELLS, **cells}, today())
        return flow, {finding.field for finding in findings}

    def test_other_years_lack_some_columns(self):
        flow, _fields = self.check()
        assert (flow.amount_minor, flow.currency, flow.donor_iso3, flow.status) == (100050, "USD", "NOR", "closed")

    def test_tell_all_their_faults(self):
        cells = {"id": "", "date": "x", "amountUSD": "-1", "srcOrganization": " ", "status": "pledged", "": "slipped"}
        assert self.check(**cells) == (None, {*self.CELLS, "row"})

    @pytest.mark.parametrize(
        ("cells", "field"),
        [
            ({"originalAmount": "5"}, "originalCurrency"),
            ({"originalAmount": "5", "originalCurrency": "ABC"}, "originalCurrency"),
            ({"originalAmount": "0", "originalCurrency": "EUR"}, "originalAmount"),
            ({"amountUSD": "1e999999999"}, "amountUSD"),
            ({"decisionDate": "0001-01-01"}, "decisionDate"),
            ({"id": "i" * 121}, "id"),
        ],
    )
    def test_name_the_field_that_is_wrong(self, cells, field):
        assert self.check(**cells) == (None, {field})
