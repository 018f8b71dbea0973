"""Promotion: a seat that is free is given to somebody on the reserve list, by two persons."""
