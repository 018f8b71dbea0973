"""Notifications: who is told of an event, in which language, by which channel; none is lost, none is sent twice."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind pages, commands, the bell's figure, and the reactions that fix whom an act tells and mute demonstrations."""
    from tracker import events
    from tracker.database.housekeeping import chore
    from tracker.documents import lists
    from tracker.events import sentences
    from tracker.languages.marking import N_, lazy
    from tracker.notifications import commands, inbox, models, services, views  # noqa: F401 - the tables
    from tracker.notifications.catalogue import CATALOGUE
    from tracker.notifications.exports import EXPORTED
    from tracker.notifications.queries import links_that_came_back
    from tracker.notifications.services import forgetting
    from tracker.participation.reminding.queries import learn_came_back
    from tracker.web import navigation

    views.register(app)
    learn_came_back(links_that_came_back)
    lists.register(*EXPORTED)
    for forget in forgetting.CHORES:
        chore(forget)
    app.cli.add_command(commands.outbox_cli)
    for name in CATALOGUE:
        events.react(name, services.fix_addressees)
        events.react(name, services.mute_or_leave)
    sentences.register({"nomination.reminder": sentences.Sentence(N_("Reminder to nominate"))})
    navigation.count_with(app, lambda _actor: {"unread": inbox.unread()})
    navigation.add(
        app,
        navigation.Page("notifications.preferences", lazy("Preferences for notifications"), group="account", order=40),
        navigation.Page("notifications.deliveries", lazy("Deliveries"), group="registry", order=80, icon="mail"),
    )
