"""The pages of this capability."""

BLUEPRINTS: tuple = ()
