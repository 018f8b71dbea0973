"""The pages of decisions and amendments."""
