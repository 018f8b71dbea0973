"""The pages on which people begin."""
