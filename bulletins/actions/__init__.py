"""Deeds on bulletins, renderings, releases, receipts and briefs."""
