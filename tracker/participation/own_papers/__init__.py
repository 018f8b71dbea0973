"""What delegates hand in on the page behind their personal link."""
