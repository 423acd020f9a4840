"""Paid support: from the request in the chat to work that is done and paid for. Rules only, no I/O."""
