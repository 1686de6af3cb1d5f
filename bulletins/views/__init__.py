"""Pages of bulletins, releases, receipts and briefs."""
