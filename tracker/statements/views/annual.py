"""Annual reports: the list of them, one as a page and as files, having it counted, explaining deviations."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.accounts.models import Organisation
from tracker.documents import as_pdf
from tracker.errors import NotFound
from tracker.files.sending import send_made
from tracker.languages.choosing import in_language
from tracker.pledges.queries.donors import donor_name
from tracker.reporting.files import notice, sent, wanted
from tracker.rights.rules import can
from tracker.statements.annual import queries, services
from tracker.statements.annual.describing import Told, document, plots
from tracker.statements.annual.facts import read
from tracker.statements.annual.figures import annual
from tracker.statements.annual.forms import CountForm, ExplainForm
from tracker.statements.annual.models import AnnualReport
from tracker.statements.annual.policies import READERS, RULES, AnnualAction
from tracker.statements.blueprint import bp
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed


@bp.get("/annual-reports")
@access("donor", *READERS)
def annual_reports() -> Any:
    """The donors whose reports one may read, each with its years."""
    rows = [(one, _name(one), years) for one, years in queries.donors(current_actor())]
    return render_template("statements/annual_reports.html", rows=rows)


@bp.get("/annual-reports/<uuid:public_id>/<int:year>")
@access("donor", *READERS)
def annual_report(public_id: uuid.UUID, year: int) -> Any:
    """A donor's year as it was counted last: planned against done, with what the office explains."""
    actor, form = current_actor(), wanted()
    donor = queries.get_donor(public_id, actor)
    queries.period_of(donor.id, year)
    report = queries.report_of(donor.id, year)
    counted = report is not None and report.facts is not None
    if form:
        return _file(form, donor, report if counted else None)
    told = _told(donor, report) if report is not None and counted else None
    return render_template(
        "statements/annual.html",
        donor=donor,
        name=_name(donor),
        year=year,
        report=report,
        told=told,
        document=document(told, notice=notice(), as_file=False) if told else None,
        plots=plots(told) if told else {},
        job=queries.under_way(report),
        may={one for one in AnnualAction if can(RULES, one, actor, None) is None},
    )


@bp.route("/annual-reports/<uuid:public_id>/<int:year>/count", methods=["GET", "POST"])
@access("donor", *READERS)
def count_annual_report(public_id: uuid.UUID, year: int) -> Any:
    """Have a year counted as it stands now."""
    donor, form = queries.get_donor(public_id, current_actor()), CountForm()
    queries.period_of(donor.id, year)
    return confirmed(
        form,
        lambda **by: services.ask_for_annual_report(public_id, year, **by),
        allow=lambda: allow(RULES, AnnualAction.COUNT, None),
        page=lambda: render_template(
            "statements/count_annual.html",
            form=form,
            name=_name(donor),
            year=year,
            back=url_for(".annual_report", public_id=public_id, year=year),
            will=[
                (_("Every step of the ledger of that year is counted anew, as it stands now."), True),
                (_("You can leave the page, come back, and stop the work."), True),
                (_("The report takes the place of the one that was counted before."), False),
            ],
        ),
        done=_("The report is being counted."),
        lead=lambda job: url_for("jobs.show", public_id=job),
    )


@bp.route("/annual-reports/<uuid:public_id>/<int:year>/explain", methods=["GET", "POST"])
@access("programme_manager")
def explain_annual_report(public_id: uuid.UUID, year: int) -> Any:
    """The office says what differs from the plan, and why."""
    donor = queries.get_donor(public_id, current_actor())
    report = queries.report_of(donor.id, year)
    if report is None:
        raise NotFound
    form = ExplainForm(explanation=report.explanation, version=report.version)
    back = url_for(".annual_report", public_id=public_id, year=year)
    return confirmed(
        form,
        lambda **by: services.explain_deviations(
            public_id, year, version=form.version_number, text=form.explanation.data or "", **by
        ),
        allow=lambda: allow(RULES, AnnualAction.EXPLAIN, None),
        page=lambda: render_template(
            "statements/explain_annual.html", form=form, name=_name(donor), year=year, back=back
        ),
        done=_("Saved. It stands in the report."),
        lead=lambda _outcome: back,
    )


def _file(form: str, donor: Organisation, report: AnnualReport | None) -> Any:
    """The report as a file; a PDF is a paper for the donor, and in its official language."""
    if report is None:
        raise NotFound
    name = f"annual-report-{donor.code}-{report.year}"
    if form != "pdf":
        return sent(form, document(_told(donor, report), notice=notice(), as_file=True), name)
    language = donor.official_language
    with in_language(language):
        paper = as_pdf(document(_told(donor, report), notice=notice(), as_file=True), language)
    return send_made(paper, "pdf", f"{name}.pdf")


def _told(donor: Organisation, report: AnnualReport) -> Told:
    if report.facts is None or report.made_at is None:
        raise NotFound
    facts, actor = read(report.facts), current_actor()
    known = queries.known_to(actor, donor.id, {one.request for one in facts.uses})
    return Told(
        donor=_name(donor),
        year=report.year,
        made_at=report.made_at,
        figures=annual(facts, known),
        results=queries.results_of(known, queries.period_of(donor.id, report.year)),
        genders=queries.genders_by_pledge(donor.id, actor),
        explanation=report.explanation,
    )


def _name(donor: Organisation) -> str:
    return donor_name(donor.name, donor.state_iso3)
