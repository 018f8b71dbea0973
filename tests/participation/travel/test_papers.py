"""The authorisation of journeys and the letter of invitation: made as PDF on record, signed, filed with their day."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import travel
from tests.participation.offers.test_pages import press
from tests.participation.travel.test_pages import days
from tests.pledges.forms import words_of
from tests.rights.papers import paper
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.assistance.models import Recusal
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.documents import Table
from tracker.errors import Forbidden, Invalid, NotFound
from tracker.events import Event
from tracker.extensions import db
from tracker.languages.choosing import in_language
from tracker.participation.travel import papers, queries, services
from tracker.reference import queries as reference


def made(*names: str) -> list[str]:
    found = db.session.scalars(sa.select(Event.name).where(Event.name.in_(names)).order_by(Event.id)).all()
    db.session.rollback()
    return list(found)


def is_pdf(answer) -> bool:
    assert answer.status_code == 200, words_of(answer)
    return answer.content_type == "application/pdf" and answer.data.startswith(b"%PDF")


def words_in(document) -> str:
    """Everything that a document says, its tables as they are shown."""
    said = [document.title, document.subtitle, document.notice]
    for block in document.blocks:
        if isinstance(block, Table):
            said += [block.name, *(column.title for column in block.columns)]
            said += [cell for row in block.all_rows() for cell in block.shown(row)]
        else:
            said.append(str(block))
    return " ".join(said)


@pytest.fixture
def scene(app):
    return travel.confirmed("KEN", "BTN")


def test_the_authorisation_names_everybody_with_lines_sums_and_pledges(app, scene):
    officer = sign_in(app.test_client(), scene.travel)
    both = "&".join(f"s={seat}" for seat in scene.seats.values())
    address = f"/sessions/{scene.code}/travel/authorisation?{both}"
    body = hidden(officer.get(address).text) | {"s": [str(seat) for seat in scene.seats.values()]}
    assert is_pdf(officer.post(address, data=body))
    assert is_pdf(officer.post(address, data=body))  # pressed twice
    meeting = reference.get_session(scene.code)
    said = words_in(papers.authorisation(queries.of_session(meeting, scene.officer), meeting, notice="A test"))
    for words in (
        "Travel authorisation",
        "Awa KEN",
        "Awa BTN",
        "PL-",
        "Sum  20",
        "2 40",
        "Programme manager",
        "A test",
    ):
        assert words in said
    assert made("participation.authorisation_made") == ["participation.authorisation_made"] * 2
    none = officer.get(f"/sessions/{scene.code}/travel/authorisation")
    assert "No seat is ticked." in words_of(none)


def test_the_signed_authorisation_is_filed_for_all_that_were_ticked(app, scene):
    officer = sign_in(app.test_client(), scene.travel)
    both = "&".join(f"s={seat}" for seat in scene.seats.values())
    address = f"/sessions/{scene.code}/travel/authorised?{both}"
    late = press(officer, address, **days(signed_on=today() + timedelta(days=1)), file=paper())
    assert "today at the latest" in words_of(late)
    assert press(officer, address, **days(signed_on=today()), file=paper()).status_code == 302
    for seat in scene.seats.values():
        assert travel.record_of(seat).authorised_on == today()
    kenya = scene.seats["KEN"]
    for reader in (officer, sign_in(app.test_client(), scene.donors.finance)):
        assert reader.get(f"/seats/{kenya}/travel/authorisation").status_code == 200
    assert "Signed on" in words_of(officer.get(f"/seats/{kenya}/travel"))
    assert made("participation.authorisation_filed") == ["participation.authorisation_filed"] * 2


def test_a_paper_for_several_opens_for_those_who_may_read_each_of_its_requests(app, scene):
    """Also once the other journey points to a newer paper: the file names both still."""
    officer, kenya, bhutan = sign_in(app.test_client(), scene.travel), scene.seats["KEN"], scene.seats["BTN"]
    filed = {"actor": scene.officer, "signed_on": today(), "file": paper()}
    services.file_authorisation(scene.code, [kenya, bhutan], **filed)
    services.file_authorisation(scene.code, [bhutan], **filed | {"file": paper()})
    finance = scene.donors.finance
    with transaction() as session:
        session.add(Recusal(request_id=scene.cases["BTN"].now.id, person_id=finance.person_id, reason="A relative."))
    recused = sign_in(app.test_client(), finance)
    refused = recused.get(f"/seats/{kenya}/travel/authorisation")
    assert refused.status_code == 403
    assert "one of which you may not read" in words_of(refused)
    page = recused.get(f"/seats/{kenya}/travel")
    assert "one of which you may not read" in words_of(page)
    assert f"/seats/{kenya}/travel/authorisation" not in page.text
    assert officer.get(f"/seats/{kenya}/travel/authorisation").status_code == 200


def test_filing_is_all_or_nothing_and_only_for_journeys_ahead(scene):
    file = {"signed_on": today(), "file": None}
    with pytest.raises(Invalid) as refused:
        services.file_authorisation(scene.code, list(scene.seats.values()), actor=scene.officer, **file)
    assert list(refused.value.fields) == ["file"]
    with pytest.raises(Invalid, match="No seat is ticked"):
        services.file_authorisation(scene.code, [], actor=scene.officer, **file)
    with pytest.raises(NotFound):
        services.record_authorisation_made("AHC-P1", list(scene.seats.values()), actor=scene.officer)
    with pytest.raises(Forbidden, match="travel officer"):
        services.record_authorisation_made(scene.code, list(scene.seats.values()), actor=scene.manager)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Letter of invitation", "Paid by", "UNODC")), ("fr", ("Lettre d’invitation", "Payé par", "ONUDC"))],
)
def test_the_letter_says_who_pays_what_in_the_language_that_was_chosen(app, scene, language, words):
    officer, seat = sign_in(app.test_client(), scene.travel), scene.seats["KEN"]
    address = f"/seats/{seat}/travel/invitation"
    assert is_pdf(officer.post(address, data=hidden(officer.get(address).text) | {"language": language}))
    with app.test_request_context(), in_language(language):
        said = words_in(papers.invitation(*queries.get(seat, scene.officer), notice=""))
    for one in (*words, "Awa KEN"):
        assert one in said
    assert made("participation.invitation_made") == ["participation.invitation_made"]
    refused = officer.post(address, data=hidden(officer.get(address).text) | {"language": "ru"})
    assert refused.status_code == 422
