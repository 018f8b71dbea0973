"""French is complete: a message without its French, or with other placeholders, is a fault."""

from babel.messages.pofile import read_po

from tools import translations as tool
from tracker.setup import translations


def test_every_message_has_its_french(tmp_path):
    template = tmp_path / "messages.pot"
    tool.extract(template)
    with template.open("rb") as source:
        wanted = {(message.id, message.context) for message in read_po(source) if message.id}
    with (translations.FOLDER / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        french = read_po(source, locale="fr")
    said = {(m.id, m.context) for m in french if m.id and (all(m.string) if isinstance(m.string, tuple) else m.string)}
    assert not wanted - said, "run `make translations` and write the French of these"


def test_placeholders_are_those_of_the_message():
    with (translations.FOLDER / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        french = read_po(source, locale="fr")
    assert not [(message.id, str(error)) for message in french for error in message.check()]
