"""What pages of agencies and people gather."""
