"""What a request asks of the database besides its page: who reads is named, and unnamed again.

A transaction of its own or a savepoint, the role of test runs, the reader; the same at its end.
"""

LOCK = 6
