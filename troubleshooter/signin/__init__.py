"""Signs in: recognizes the page (`screens`), decides what to do (`decide`), and does it (`driver`)."""
