"""The run folder and the camera that fills it."""
