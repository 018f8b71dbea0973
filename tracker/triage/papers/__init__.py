"""Papers that stand outside requests: agreements of pledges, notes verbales on which accounts and roles rest, and the
files of imports."""
