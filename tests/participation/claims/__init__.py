"""Claims of delegates after the journey."""
