"""The trainers' inbox: which messages are worth looking at, grouped and ranked."""
