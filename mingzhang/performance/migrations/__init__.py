"""The tables of performance, and the triggers that keep what is recorded."""
