"""How many examples a costly test asks Hypothesis for."""

from hypothesis import settings

_USUAL = 100


def examples(usual: int) -> int:
    """`usual`, and as many times more as the profile in force asks for (`--hypothesis-profile=thorough`)."""
    return max(1, usual * settings.default.max_examples // _USUAL)
