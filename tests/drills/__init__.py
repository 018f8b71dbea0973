"""Faults on purpose, and what each promise of the design is worth under them. A module here offers `DRILLS`."""
