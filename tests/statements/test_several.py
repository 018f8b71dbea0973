"""Statements of a donor, a request, a session and the fund: parts add up to them, and each reads what is theirs."""

import csv
import io
import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import pledges as make
from tests.factories.participation import meeting
from tests.pledges.forms import words_of
from tests.statements.conftest import days_ago
from tests.statements.test_adding_up import CUTS, HISTORIES, RATES, lived, periods, plain
from tests.statements.test_pledge import paid
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.pledges import services
from tracker.pledges.queries import uses_of_pledge
from tracker.reference.models import Session
from tracker.statements import queries
from tracker.statements.figures import GROUPS, added, together
from tracker.statements.queries import Steps, figures_of
from tracker.statements.telling import told_of_pledges, told_of_uses
from tracker.statements.wholes import added_rows


@pytest.fixture
def donors(app):
    for currency in ("JPY", "KWD"):
        make.rate(currency, RATES[currency])
    return make.people(), make.people("SIDA")


def test_the_parts_are_the_whole(donors):
    office = donors[0].finance.actor
    seen: Counter[str] = Counter()

    @settings(max_examples=2, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(st.lists(st.tuples(st.sampled_from(list(RATES)), HISTORIES), min_size=2, max_size=2), CUTS)
    def holds(lives, cuts):
        for number, (currency, history) in enumerate(lives):
            lived(donors[number % 2], currency, history)
        every = queries.begun_pledges(office)
        for period in periods(cuts):
            fund = told_of_pledges(every, period)
            single = [figures_of(pledge, Steps(period, day >= period.first)) for pledge, day in every]
            assert plain(fund.closing) == plain(added(one.closing for one in single))
            assert plain(fund.opening) == plain(added(one.opening for one in single))
            changes = added(one.changes for one in fund.moved)
            assert plain(changes) == plain(added(m.changes for one in single for m in one.movements))
            assert [(one.group, one.earlier, one.steps) for one in fund.moved] == in_order(single)
            own = [told_of_pledges(queries.begun_pledges(who.officer.actor), period) for who in donors]
            rows = [part.row for one in own for part in one.parts]
            assert added_rows([part.row for part in fund.parts]) == added_rows(rows)
            for row in rows:
                assert row.opening + row.received + row.returned == row.closing
            uses = [use for pledge, _day in every for use in uses_of_pledge(pledge, office)]
            used = told_of_uses(office, uses, period, as_file=False)
            total = added_rows([row for _named, row in used.of_requests()])
            assert total == added_rows([part.use for part in used.parts])
            assert (total.closing, total.since) == (fund.closing["held"], fund.closing["paid"])
            assert total.opening + total.allocated + total.released + total.paid + total.recovered == total.closing
            seen.update(one.group for one in fund.moved)
        assert together(fund.closing) == sum(together(one.closing) for one in single)
        db.session.rollback()

    holds()
    assert {"received", "allocated", "paid"} <= set(seen)


def in_order(single):
    """The lines of several statements as one, each with how many steps it has."""
    counted: Counter[tuple[str, bool]] = Counter()
    for one in single:
        for movement in one.movements:
            counted[movement.group, movement.earlier] += len(movement.lines)
    order = [(m.group, m.earlier) for one in single for m in one.movements]
    keys = sorted(set(order), key=lambda key: (key[1], list(GROUPS).index(key[0])))
    return [(*key, counted[key]) for key in keys]


@pytest.fixture
def scene(donors):
    """Two donors pay for one session; one of them also for a request of its own."""
    norad, sida = donors
    session = meeting()
    with days_ago(20):
        asked = make.request_of("KEN", approved=90_00, session_id=session)
        secret = make.request_of("GHA", approved=90_00, marking="strictly_confidential")
        pledges = [make.funded(who, make.terms(100_00)) for who in donors]
        for who, pledge, amount in zip(donors, pledges, (30_00, 20_00), strict=True):
            allocation = make.allocated(who, pledge, asked, amount)
            services.disburse(allocation, actor=who.finance.actor, payment=paid(amount // 2, f"FIN-{amount}"))
        make.allocated(norad, pledges[0], secret, 7_00)
    db.session.rollback()
    return norad, sida, pledges, asked, secret


def figure(answer, table, line, column):
    rows = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    return next(Decimal(row[4]) for row in rows if row[:3] == [table, line, column])


def test_who_reads_which(page, scene):
    norad, sida, pledges, asked, secret = scene
    for who in (norad.officer, norad.manager, norad.finance):
        address = f"/statements/donors/{norad.officer.organisation_public_id}"
        said = words_of(page(who, address))
        assert "Received, less what was returned USD\u00a0100.00" in said or "USD 100.00" in said
        assert page(who, f"{address}?as=pdf").get_data().startswith(b"%PDF")
    shown = page(norad.officer, address)
    assert str(pledges[0]) in shown.text
    assert str(pledges[1]) not in shown.text
    assert page(sida.officer, address).status_code == 404
    assert page(norad.officer, "/statements/fund").status_code == 403
    fund = page(norad.finance, "/statements/fund?as=csv&first=" + str(today() - timedelta(days=20)))
    assert figure(fund, "Pledge by pledge", "Total", "Closing") == Decimal("200.00")
    assert figure(fund, "From opening to closing", f"Closing, {day(1)}", "Paid") == Decimal("25.00")
    of_request = page(norad.manager, f"/statements/requests/{asked.public_id}?as=csv")
    assert figure(of_request, "Pledge by pledge", "Total", "Paid since the beginning") == Decimal("25.00")
    assert page(norad.officer, f"/statements/requests/{asked.public_id}").status_code == 403
    session = page(norad.manager, f"/statements/sessions/{code(asked)}?as=csv")
    assert figure(session, "By request", "Total", "Paid since the beginning") == Decimal("25.00")
    own = page(sida.officer, f"/statements/sessions/{code(asked)}?as=csv")
    assert figure(own, "By request", "Total", "Paid since the beginning") == Decimal("10.00")
    assert "FIN-3000" not in own.get_data(as_text=True), "another donor's step"
    assert secret.reference not in page(norad.manager, f"/statements/requests/{secret.public_id}?as=csv").text


def day(ago):
    return format_day(today() - timedelta(days=ago))


def code(asked):
    found = sa.select(Session.code).join(AssistanceRequest).where(AssistanceRequest.id == asked.id)
    return db.session.scalar(found)


def test_figures_lead_to_steps_and_steps_to_their_papers(page, scene):
    norad, _sida, pledges, asked, _secret = scene
    own = page(norad.finance, f"/statements/donors/{norad.officer.organisation_public_id}").text
    assert 'href="#h-pledges"' in own
    assert 'id="h-pledges"' in own
    found = re.search(rf'href="(/pledges/{pledges[0]}/statement[^"#]*)#h-movements"', own)
    steps = page(norad.finance, found[1].replace("&amp;", "&")).text
    for anchor in set(re.findall(r'href="#(l-[a-z-]+)"', steps)):
        assert f'id="{anchor}"' in steps
    of_request = page(norad.finance, f"/statements/requests/{asked.public_id}").text
    papers = re.findall(r'href="(/finance/allocations/[^"]+)"', of_request)
    assert len(papers) == 4, "two approved and two paid"
    assert page(norad.finance, papers[0]).status_code == 200
