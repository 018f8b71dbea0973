"""What the script does with a file: it goes on where the line was cut, twice, and a large photograph is made small."""

import pytest
import sqlalchemy as sa

from tests.factories import assistance as make
from tests.files.samples import PDF
from tests.files.test_pieces import LONG
from tracker.extensions import db
from tracker.files.models import File
from tracker.files.store import path_of

pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]
LONGER = PDF[:-6] + LONG * 14 + PDF[-6:]
PHOTOGRAPH = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 4000, height: 3000 })
  const noise = new ImageData(4000, 3000)
  new Uint32Array(noise.data.buffer).forEach((_, at, all) => { all[at] = 0xff000000 | Math.random() * 0x1000000 })
  canvas.getContext('2d').putImageData(noise, 0, 0)
  const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', .95))
  const carried = new DataTransfer()
  carried.items.add(new File([blob], 'IMG 0001.JPEG', { type: 'image/jpeg' }))
  const input = document.querySelector('[data-pieces]')
  input.files = carried.files
  input.dispatchEvent(new Event('change', { bubbles: true }))
  return blob.size
}"""


@pytest.fixture
def opened(page_of):
    case = make.awaiting_authorisation()
    page = page_of(case.people.authority, viewport={"width": 320, "height": 740})
    page.goto(f"{case.url}/authorise", wait_until="networkidle")
    page.fill("[name=issuer]", "The mission")
    page.fill("[name=note_reference]", "KEN/1")
    for part, said in {"day": "2", "month": "11", "year": "2025"}.items():
        page.fill(f"[name=dated-{part}]", said)
    return page


def stored(page):
    page.click("main button.button[type=submit]")
    page.wait_for_url(lambda address: not address.endswith("/authorise"))
    return db.session.scalars(sa.select(File)).one()


def test_goes_on_where_the_line_was_cut_and_the_form_waits_for_it(opened):
    cut, sent = {2, 3, 5}, []

    def line(route):
        sent.append(route.request)
        route.abort() if len(sent) in cut else route.continue_()

    opened.route("**/pieces", line)
    opened.set_input_files("[name=file]", {"name": "note.pdf", "mimeType": "application/pdf", "buffer": LONGER})
    opened.get_by_text("The line is away").wait_for()
    file = stored(opened)
    assert path_of(file.stored_as).read_bytes() == LONGER
    assert len(sent) > 7, "the whole was sent at once"


def test_a_large_photograph_is_made_small(opened):
    size = opened.evaluate(PHOTOGRAPH)
    assert size > 10_000_000
    opened.get_by_text("The file has arrived").wait_for()
    assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    file = stored(opened)
    assert (file.name, file.kind) == ("IMG 0001.jpg", "jpeg")
    assert file.size < size / 3


BARE = """() => {
  delete AbortSignal.timeout
  Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError') } })
}"""
IN_A_HURRY = "() => { setInterval(() => dispatchEvent(new Event('online')), 20) }"
NOTE = {"name": "note.pdf", "mimeType": "application/pdf", "buffer": LONGER}


def test_an_older_browser_without_storage_sends_in_pieces_too(opened):
    opened.evaluate(BARE)
    opened.set_input_files("[name=file]", NOTE)
    opened.get_by_text("The file has arrived").wait_for()
    assert stored(opened).size == len(LONGER)


def test_what_the_server_never_takes_goes_with_the_form(opened):
    opened.evaluate(IN_A_HURRY)
    tried = []
    opened.route("**/pieces", lambda route: tried.append(1) or route.fulfill(status=500, body=""))
    opened.set_input_files("[name=file]", NOTE)
    assert stored(opened).size == len(LONGER)
    assert len(tried) == 5


def test_a_file_that_can_be_read_no_more_holds_no_form(opened, tmp_path):
    opened.evaluate(IN_A_HURRY)
    path = tmp_path / "note.pdf"
    path.write_bytes(LONGER)

    def changed(route):
        path.write_bytes(LONGER + b" ")
        route.abort()

    opened.route("**/pieces", changed)
    with opened.expect_event("requestfailed"):
        opened.set_input_files("[name=file]", path)
    opened.wait_for_selector("[data-pieces]:not([data-busy])")
    assert opened.locator("progress").count() == 0


def test_a_choice_that_is_taken_back_while_it_is_sent_holds_no_form(opened):
    opened.route("**/pieces", lambda route: route.abort())
    opened.set_input_files("[name=file]", NOTE)
    opened.get_by_text("The line is away").wait_for()
    opened.set_input_files("[name=file]", [])
    assert opened.locator("[data-busy]").count() == 0


def test_what_is_refused_is_said_at_once(opened):
    opened.set_input_files("[name=file]", {"name": "note.docx", "mimeType": "application/pdf", "buffer": LONGER})
    opened.get_by_text("Files of this kind are not taken").wait_for()
    opened.set_input_files("[name=file]", {"name": "note.pdf", "mimeType": "application/pdf", "buffer": LONGER})
    assert stored(opened).size == len(LONGER)
