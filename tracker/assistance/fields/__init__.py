"""The fields of a request: what each is called, how it is typed, checked, shown and found."""
