"""The report as it is being written: built again whenever one of its files is saved, and shown in a browser.

Nothing but this machine is asked, and nothing but this machine is answered.
"""
