"""Who works on a request at the office, and what happens until a decision is prepared."""
