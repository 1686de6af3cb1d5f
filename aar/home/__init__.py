"""What each role finds on its home page: work, digest, desk, deeds. Gathers, decides nothing."""
