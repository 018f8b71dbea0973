"""One request as the office works on it: its page, and a folder for each stage."""
