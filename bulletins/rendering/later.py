"""Parts that documents came to have after the first were frozen.

A field marked so leaves no trace in the record where it is empty: what was frozen before there was
such a part keeps its hash.
"""

LATER = {"later": True}
