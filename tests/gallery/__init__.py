"""Every component in every case, as reports: to be looked at, and to notice when a picture changes."""
