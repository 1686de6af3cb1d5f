"""Files that people hand in: what is accepted, how it is read, where it is kept."""
