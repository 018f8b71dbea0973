"""What follows acceptance: activities planned and delivered."""
