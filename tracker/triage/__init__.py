"""The admin panel for requests: the queue, a request's page for the office, clarifications, paper, figures."""

from flask import Flask

from tracker.i18n import lazy as _l


def init_app(app: Flask) -> None:
    """Register the pages and their places in the menu."""
    from tracker import error_pages, navigation
    from tracker.assistance.views import meanwhile
    from tracker.triage import presenting, views

    app.register_blueprint(views.bp)
    error_pages.explain(views.bp.name, meanwhile.of_the_page)
    presenting.init_app(app)
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
    navigation.count_with(app, presenting.menu_counts)
