"""The door: password, second factor, fresh proof, sessions, and what is kept for who comes back."""
