"""The review as plain data, a module a section."""
