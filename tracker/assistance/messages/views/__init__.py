"""The State's pages of messages."""
