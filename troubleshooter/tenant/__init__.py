"""Where a run happens: the tenant file, its hosts and secrets, and the door to the sandbox."""
