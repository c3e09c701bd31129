"""Where the workers of a run of many users run: in this process, or on a Dask cluster."""
