"""Starts a browser and keeps its sessions within the tenant."""
