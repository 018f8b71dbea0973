"""What a person says about a table that cannot say it itself: its encoding, what comes first in its days, the
session that it is about, and the system that it is from."""

from dataclasses import dataclass

from tracker.languages.marking import N_

ENCODINGS = {
    "windows-1252": N_("Western European (Windows-1252)"),
    "windows-1251": N_("Cyrillic (Windows-1251)"),
    "windows-1256": N_("Arabic (Windows-1256)"),
    "gb18030": N_("Chinese (GB 18030)"),
}
"""What spreadsheets of the six languages save when nobody asks them for UTF-8."""
DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
ORDERS = {DAY_FIRST: N_("The day (31/12/2026)"), MONTH_FIRST: N_("The month (12/31/2026)")}


@dataclass(frozen=True, slots=True)
class Hints:
    """How to read what is not in UTF-8 or UTF-16, and days in figures; the code of the session whose people a table
    holds, and the id of the system that it is from. Empty where nobody said."""

    encoding: str = ""
    dates: str = ""
    session: str = ""
    source: str = ""
