"""Many documents in one file: the work on it, the file itself, and proving what came of it."""
