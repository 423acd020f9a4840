"""One module a command: `register` adds its arguments, `run` does it."""
