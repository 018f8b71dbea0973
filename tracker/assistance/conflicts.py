"""Why something cannot be done any more or not by this person: said by the page before it, and by the verb."""

from tracker.languages.marking import lazy

NO_DECISION_WAITS = lazy("No decision waits for a signature.")
NO_AMENDMENT_WAITS = lazy("No amendment waits for a signature.")
AMENDMENT_WAITS = lazy("An amendment is prepared already: sign it or drop it first.")
RECORDED_ALREADY = lazy("What this activity brought is recorded already.")
RECUSED = lazy("You declared a conflict of interest with this request.")
ANSWERED_ALREADY = lazy("This message was answered already.")
MORE_TIME_ASKED = lazy("More time was asked for already: UNODC has not answered yet.")
AMENDMENT_WANTED = lazy("An amendment was asked for already: UNODC has not answered yet.")
