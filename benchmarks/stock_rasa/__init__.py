"""Our assistant beside the one that `rasa init` sets up, on the same sentences, in one run on one machine."""
