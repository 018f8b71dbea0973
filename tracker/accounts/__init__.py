"""People, organisations and the memberships that join them; signing in, sessions, invitations, first accounts."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind sign-in, pages and commands; one-click sign-in only in a demonstration."""
    from tracker.accounts import blueprint, commands, login, presenting, services, waiting_work
    from tracker.accounts.exports import EXPORTED
    from tracker.accounts.sentences import SENTENCES
    from tracker.accounts.stand_ins import HELD
    from tracker.accounts.views import signing_in
    from tracker.database.housekeeping import chore
    from tracker.documents import lists
    from tracker.events import sentences
    from tracker.web import finding_views

    login.init_app(app)
    presenting.init_app(app)
    sentences.register(SENTENCES)
    waiting_work.register(held=HELD)
    finding_views.import_views(__name__)
    lists.register(*EXPORTED)
    app.jinja_env.globals["sign_in_form"] = signing_in.sign_in_form
    app.register_blueprint(blueprint.bp)
    app.cli.add_command(commands.accounts)
    _add_to_menus(app)
    chore(services.forget_old_attempts)
    chore(services.forget_old_codes)
    chore(services.forget_old_sessions)
    chore(services.forget_unanswered)
    if app.extensions["tracker_settings"].is_demo:
        from tracker.accounts import demonstration

        demonstration.init_app(app)


def _add_to_menus(app: Flask) -> None:
    from tracker.accounts import queries
    from tracker.languages.marking import lazy
    from tracker.web import navigation
    from tracker.web.navigation import Page

    inside = ("/organisations", "/offices", "/memberships")
    navigation.add(
        app,
        Page("accounts.own_organisation", lazy("People"), order=70, covers=inside),
        Page("accounts.organisations", lazy("Organisations"), group="registry", order=10, icon="globe", covers=inside),
        Page("accounts.people", lazy("People"), group="registry", order=20, icon="users"),
        Page("accounts.roles", lazy("Roles"), group="registry", order=25, icon="seal", counter="role_proposals"),
        Page(
            "accounts.account_requests",
            lazy("First accounts"),
            group="registry",
            order=30,
            icon="person",
            counter="account_requests",
        ),
        Page("accounts.profile", lazy("Profile and sessions"), group="account", order=10),
        Page(
            "accounts.ask",
            lazy("Ask for an account"),
            group="footer",
            order=60,
            hidden_from=frozenset({"signed_in"}),
        ),
    )
    navigation.count_with(app, lambda actor: {"account_requests": queries.waiting_account_requests(actor)})
    navigation.count_with(
        app,
        lambda actor: {"role_proposals": queries.proposals_to_answer()} if actor.has("administrator") else {},
    )
