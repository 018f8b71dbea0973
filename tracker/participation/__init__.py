"""Support for taking part: who may ask, which delegates a State nominates for a session, what each needs."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind the pages, join the request's form, and stand in the way of incomplete nominations."""
    from tracker.participation import blueprint, completeness, joining, presenting, views
    from tracker.web import error_pages, finding_views

    finding_views.import_views(__name__)
    app.register_blueprint(blueprint.bp)
    app.add_template_filter(presenting.size_words, "delegation_size")
    error_pages.explain(blueprint.bp.name, views.changes_since)
    completeness.register()
    joining.register()
