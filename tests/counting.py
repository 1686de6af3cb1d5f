"""What a request asks of the database besides its page: who reads is named, and unnamed again.

A savepoint and the reader; the same at its end.
"""

LOCK = 4
