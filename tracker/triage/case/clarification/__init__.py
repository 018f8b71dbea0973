"""Questions to States, and the questions that the office keeps for reuse."""
