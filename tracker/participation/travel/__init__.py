"""Travel: from the confirmed seat to the journey that was made; what is missing, tickets, payee numbers, days spent."""
