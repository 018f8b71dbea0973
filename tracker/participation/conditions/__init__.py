"""What a delegate agrees to: dated texts in versions, and who accepted which. See docs/decisions/0061-conditions.md."""

from flask import Flask


def join(app: Flask) -> None:
    """Called once by the application."""
    from tracker.languages.marking import lazy
    from tracker.participation.conditions import cards, doors, shipped
    from tracker.participation.delegate_page.cards import register
    from tracker.pledges.payment_doors import before_payment
    from tracker.reference import loader
    from tracker.web import navigation

    loader.also("conditions", shipped.load)
    before_payment(doors.conditions_are_accepted)
    register(cards.CARD)
    page = navigation.Page(
        "participation.conditions", lazy("Conditions of travel"), group="registry", order=75, icon="seal"
    )
    navigation.add(app, page)
