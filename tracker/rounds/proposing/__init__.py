"""A round proposed by the machine: the published rules as objectives, optimised in turn. Pure: no Flask, no database.

Only a worker or a command calls it, for it loads the solver: docs/rounds.md has the mathematics.
"""
