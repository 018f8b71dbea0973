"""One thing recorded for many journeys of a session: quotations, tickets, days spent, letters of invitation."""
