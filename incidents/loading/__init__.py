"""Files of incidents that others made: read row by row, recognised, put into the register's words.

`tables` reads rows, `formats` says what a row means, `drafts` is what comes of one. Nothing here
writes to the database; `incidents.actions.imports` does.
"""
