"""What a session's support is: what is paid, how many seats, by which rules they are given, and when each step is."""
