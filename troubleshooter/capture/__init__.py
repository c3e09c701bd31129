"""Writes a page so that it can be sent to a stranger: its structure is kept, everybody and everything in it replaced.

Pure: the plain data of `pages/page_snapshot.py` in, HTML out. What is not known to be structure is replaced (an
allow-list), the same by the same, so that whoever reads the page still sees that one name stands at two places.
"""
