"""The office's side of what is said on a request."""
