"""Changes of a promise: proposed by the donor's officer or a manager, done with the yes of both sides."""
