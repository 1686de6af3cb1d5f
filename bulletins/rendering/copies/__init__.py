"""Numbered copies of a finished document: stamped for one reader, and told apart again."""
