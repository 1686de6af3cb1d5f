"""Read API of bulletins and briefs."""
