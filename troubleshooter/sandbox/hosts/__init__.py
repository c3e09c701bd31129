"""One module a host; each gives ROUTES."""
