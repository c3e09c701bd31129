"""Walks through the pages of a tenant without changing anything, and writes down what nobody has seen yet.

The facts list what is not established about the real pages. A survey answers what can be answered by looking, in
words and numbers that the product defines, and saves the pages without their people: the file can be sent to anybody.
"""
