"""Defines where a run happens: the tenant file, its hosts and secrets, and the only access to the sandbox."""
