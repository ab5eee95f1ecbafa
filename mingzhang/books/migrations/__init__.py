"""The tables of the books, and the triggers that keep what is appended."""
