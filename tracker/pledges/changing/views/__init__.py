"""The pages on which a change of a promise is proposed, and on which both sides answer it."""
