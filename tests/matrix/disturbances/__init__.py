"""Disturbs whole runs: each host in each way, the browser, the disk and the clock; checks how each run ends."""
