"""Page objects: one file per screen, locators as properties, verbs as methods. They neither judge nor take pictures."""
