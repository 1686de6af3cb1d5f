"""Telling people: what the outbox holds is sent, and the clock of what is owed speaks."""
