"""The preview of a report while its spec is written: built again whenever a file of it is saved, shown in a browser.

It connects to no other machine, and answers none.
"""
