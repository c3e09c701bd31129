"""Contains one module per host; each defines ROUTES."""
