"""What the steps of the scenarios do."""
