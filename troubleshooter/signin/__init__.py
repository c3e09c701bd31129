"""Signing in: what the page shows (`screens`), what to do about it (`driver`), and with which secret (`secrets`)."""
