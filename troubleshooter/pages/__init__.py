"""Page objects: one screen a file, locators as properties, verbs as methods. They neither judge nor photograph."""
