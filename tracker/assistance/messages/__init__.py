"""What the two sides of a request tell each other, at every stage from its submission on."""
