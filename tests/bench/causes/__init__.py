"""How often the cause that was planted is the first that is told."""
