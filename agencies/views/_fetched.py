"""What the pages of people fetch beside the row."""

PERSON = ("agency", "posting")
POSTING = ("agency", "person")
