"""Writing a draft: steps, saving, papers, co-drafters, letting it go."""
