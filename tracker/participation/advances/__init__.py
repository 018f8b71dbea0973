"""The allowance in two parts: what the rule of costs pays in advance, what follows once the person has come."""
