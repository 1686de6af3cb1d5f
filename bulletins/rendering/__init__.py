"""Turns a bulletin or a brief into a PDF: document → HTML → sandboxed renderer → bytes."""
