"""The trainer console in a browser, over the whole stack."""
