"""The trainer part: does the jobs of the trainer console in a process of its own (ADR 0026)."""
