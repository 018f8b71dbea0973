"""What the database itself refuses: each CHECK and each unique key has rows that show it, on both engines."""
