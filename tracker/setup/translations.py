"""Compiling the message catalogues; only those whose text is newer than what was compiled from it."""

from pathlib import Path

from tracker.settings.configuration import ROOT

FOLDER = ROOT / "tracker" / "translations"


def stale(folder: Path = FOLDER) -> list[Path]:
    """The catalogues that must be compiled."""
    catalogues = sorted(folder.glob("*/LC_MESSAGES/*.po"))
    return [po for po in catalogues if not _compiled(po).exists() or _compiled(po).stat().st_mtime < po.stat().st_mtime]


def compile_stale(folder: Path = FOLDER) -> int:
    """Compile what is stale; give the number of catalogues. A reader never sees half a file."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    catalogues = stale(folder)
    for po in catalogues:
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        unfinished = po.with_suffix(".mo.new")
        with unfinished.open("wb") as target:
            write_mo(target, catalogue)
        unfinished.replace(_compiled(po))
    return len(catalogues)


def _compiled(po: Path) -> Path:
    return po.with_suffix(".mo")
