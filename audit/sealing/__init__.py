"""The seals over the record: made by the worker, checked by anyone. See docs/record.md."""
