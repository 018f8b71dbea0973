"""The admin panel for requests: the queue, a request's page for the office, clarifications, paper, figures."""

from flask import Flask

from tracker.languages.marking import lazy as _l


def init_app(app: Flask) -> None:
    """Register the pages and their places in the menu."""
    from tracker.assistance.page import changes_since
    from tracker.triage import blueprint
    from tracker.triage.case import page_forms
    from tracker.triage.case.handling.forms import NoteForm
    from tracker.triage.case.implementation.forms import ActivityForm
    from tracker.triage.case.messages.forms import OfficeMessageForm
    from tracker.triage.queue import presenting as queue_presenting
    from tracker.web import error_pages, finding_views, navigation

    finding_views.import_views(__name__)
    app.register_blueprint(blueprint.bp)
    error_pages.explain(blueprint.bp.name, changes_since.of_the_page)
    _offer_words(app)
    page_forms.register(note_form=NoteForm, activity_form=ActivityForm, message_form=OfficeMessageForm)
    navigation.add(
        app,
        navigation.Page(
            "triage.queue",
            _l("Queue"),
            group="work",
            order=10,
            icon="list",
            counter="queue",
            covers=("/triage/requests", "/triage/paper", "/requests"),
        ),
        navigation.Page(
            "triage.clarifications",
            _l("Clarifications"),
            group="work",
            order=20,
            icon="talk",
            counter="clarifications",
            covers=("/triage/questions",),
        ),
        navigation.Page("triage.figures", _l("Figures"), group="work", order=60, icon="chart"),
    )
    navigation.count_with(app, queue_presenting.menu_counts)


def _offer_words(app: Flask) -> None:
    """The words for statuses, kinds, fields and counts, as filters of templates."""
    from tracker.triage import presenting
    from tracker.triage.papers import presenting as papers
    from tracker.triage.queue import presenting as queue_presenting

    app.jinja_env.globals["keeps_papers"] = papers.keeps_papers
    app.jinja_env.filters.update(
        staff_status=presenting.status_label,
        request_kind=presenting.kind_label,
        marking_label=presenting.marking_label,
        field_label=presenting.field_label,
        group_name=presenting.group_name,
        bounded=queue_presenting.bounded,
    )
