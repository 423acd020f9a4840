"""Benchmarks: each compares its subjects in one run on one machine. `make bench` runs all."""
