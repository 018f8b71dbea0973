"""Who acts, and whether a rule lets them."""
