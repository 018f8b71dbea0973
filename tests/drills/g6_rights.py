"""G6: nobody sees what is not theirs. Every address as every persona, against the table and what must hold anyway."""

from tests.drills.frame import Drill, DrillSite, Outcome
from tests.rights import matrix, probing, subjects, world
from tests.services.client import Client

SMALL = 0.5
"""Below this scale one address in fifty is tried here: the suite walks all of them (tests/rights)."""


def run(site: DrillSite) -> list[Outcome]:
    """Walk the matrix on one site."""
    site.app.test_client_class = Client
    made = world.build()
    probing.sign_everybody_in(site.app, made)
    found = matrix.walk(site.app, made, subjects.endpoints(site.app)[:: 1 if site.scale >= SMALL else 50])
    cells = sum(map(len, found.answers.values()))
    wrong, open_doors = matrix.against_the_table(found), matrix.whatever_the_table_says(found)
    shown = f": {(open_doors + wrong)[0]}" if wrong or open_doors else ""
    return [
        Outcome(
            "G6",
            f"{cells} cells of address x persona x subject: {len(wrong)} not as the table says, "
            f"{len(open_doors)} seen by strangers or told apart{shown}",
            "0 and 0",
            cells > 0 and not wrong and not open_doors,
        )
    ]


DRILLS = [Drill(("G6",), run)]
