"""`make mutants`: the code is broken a little, again and again, and each time a test has to notice."""
