"""One module per host; each gives ROUTES."""
