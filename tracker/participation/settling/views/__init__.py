"""Pages of settling: one seat, the seats of a session, and the closing of a session."""
