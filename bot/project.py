"""Where the code lies, and where the files of the company's own assistant lie: config.yml, domain.yml and data/."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

CODE = Path(__file__).parents[1]
VARIABLE = "HELPDESK_PROJECT"


def project_folder(environment: Mapping[str, str] | None = None) -> Path:
    """The folder that HELPDESK_PROJECT names, a relative one below the code; without it, the code's own folder."""
    named = (os.environ if environment is None else environment).get(VARIABLE, "").strip()
    return (CODE / Path(named or ".").expanduser()).resolve()
