"""How many decisions the inbox's ranking saves: a simulated trainer over a stream of 2,000 messages."""
