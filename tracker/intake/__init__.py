"""Files from outside: refused whole when broken or hostile, read row by row, answered row by row."""
