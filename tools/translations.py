"""Collect every message into the catalogues and compile them: `make translations`."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tracker.config import ROOT
from tracker.i18n import LANGUAGES
from tracker.setup import translations

KEYWORDS = ("_l", "N_", "lazy", "lazy_gettext", "ngettext:1,2", "pgettext:1c,2")
MAPPING = "[python: tracker/**.py]\n[jinja2: templates/**.*]\n"


def main() -> int:
    """Extract, merge into each language but English (whose texts are the messages), compile, say how complete."""
    with tempfile.TemporaryDirectory() as folder:
        template, mapping = Path(folder) / "messages.pot", Path(folder) / "mapping.ini"
        mapping.write_text(MAPPING)
        babel("extract", "-F", str(mapping), "-o", str(template), "--no-location", "--sort-output", *keywords(), ".")
        for language in LANGUAGES:
            if language != "en" and (translations.FOLDER / language).exists():
                target = ["-i", str(template), "-d", str(translations.FOLDER), "-l", language]
                babel("update", *target, "--no-fuzzy-matching", "--ignore-obsolete", "--omit-header")
    return 0 if translations.compile_stale() >= 0 else 1


def keywords() -> list[str]:
    """The names by which messages are marked beside gettext's own."""
    return [word for keyword in KEYWORDS for word in ("-k", keyword)]


def babel(*arguments: str) -> None:
    """Run one of Babel's commands quietly; raise CalledProcessError when it fails."""
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "-q", *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
