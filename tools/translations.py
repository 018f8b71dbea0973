"""Collect every message into the catalogues and compile them: `make translations`."""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from tracker.languages.choosing import LANGUAGES
from tracker.settings.configuration import ROOT
from tracker.setup import translations

KEYWORDS = ("_l", "N_", "lazy", "lazy_gettext", "ngettext:1,2", "pgettext:1c,2")
HEADER = """# The words of the interface.
msgid ""
msgstr ""
"Project-Id-Version: Assistance Tracker\\n"
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
MAPPING = "[python: tracker/**.py]\n[jinja2: templates/**.*]\n"


def main() -> int:
    """Extract, merge into each language but English (whose texts are the messages), compile, say how complete."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        extract(template)
        for language in LANGUAGES:
            if language != "en" and (translations.FOLDER / language).exists():
                target = ["-i", str(template), "-d", str(translations.FOLDER), "-l", language]
                babel("update", *target, "--no-fuzzy-matching", "--ignore-obsolete")
                tidy(translations.FOLDER / language / "LC_MESSAGES" / "messages.po", language)
    return 0 if translations.compile_stale() >= 0 else 1


def extract(template: Path) -> None:
    """Write every message of the code and the templates to `template`."""
    mapping = template.with_suffix(".ini")
    mapping.write_text(MAPPING)
    babel("extract", "-F", str(mapping), "-o", str(template), "--no-location", "--sort-output", *keywords(), ".")


def tidy(path: Path, language: str) -> None:
    """Write a catalogue with a header that changes only when something is to be said, and say how complete it is."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    text = io.BytesIO()
    write_po(text, catalogue, width=120, omit_header=True, sort_output=True)
    header = HEADER.format(language=language, plurals=catalogue.plural_forms)
    path.write_text(header + text.getvalue().decode().lstrip("\n"), encoding="utf-8")
    missing = sum(not (all(m.string) if isinstance(m.string, tuple) else m.string) for m in catalogue if m.id)
    print(f"{language}: {len(catalogue)} messages, {missing} without translation")


def keywords() -> list[str]:
    """The names by which messages are marked beside gettext's own."""
    return [word for keyword in KEYWORDS for word in ("-k", keyword)]


def babel(*arguments: str) -> None:
    """Run one of Babel's commands quietly; raise CalledProcessError when it fails."""
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "-q", *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
