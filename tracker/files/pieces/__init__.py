"""Files that come in pieces, before their form is sent, and go on where the line was cut."""
