"""Jobs, versions and differences as JSON (docs/trainer-protocol.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.helpdesk.releases.comparing import Understood
from bot.helpdesk.releases.versions import ModelVersion
from bot.services.ports.releases import Difference
from bot.services.releases.jobs import job_view
from bot.services.releases.versions import Listening, Training

_NO_SCORES = {"outcome": None, "full": None, "scope_recall": None, "kept": {"right": 0, "all": 0}}
_DETAIL = ("gains", "losses", "topics", "conversations", "pictures")


def version_view(version: ModelVersion) -> dict[str, Any]:
    """Version"""
    return {
        "number": version.number,
        "state": version.state.value,
        "trained_at": version.trained_at.isoformat(),
        "seconds": version.seconds,
        "by": version.by_name,
        "note": version.note,
        "published_at": version.published_at and version.published_at.isoformat(),
        "published_by": version.published_by,
        "override": version.override,
        "sentences": version.sentences,
        "scores": {"cross_validation": None, **_NO_SCORES, **version.scores},
        "gates": [asdict(gate) for gate in version.gates],
        "can_publish": version.may_be_published and version.passes,
    }


def detail_view(
    version: ModelVersion, compared: Mapping[str, Any], changes: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """VersionDetail"""
    detail = {name: compared.get(name, []) for name in _DETAIL}
    return {**version_view(version), "against": version.against, **detail, "changes": list(changes)}


def training_view(training: Training, *, may_override: bool) -> dict[str, Any]:
    """What GET /training answers."""
    return {
        "job": training.job and job_view(training.job),
        "live": training.live and version_view(training.live),
        "candidate": training.candidate and version_view(training.candidate),
        "shadow": training.shadow and version_view(training.shadow),
        "unpublished": training.unpublished,
        "may_override": may_override,
    }


def listening_view(listening: Listening, titles: Mapping[str, str]) -> dict[str, Any]:
    """What GET /shadow answers."""
    serving = listening.serving
    return {
        "version": listening.version and version_view(listening.version),
        "since": serving and serving.shadow_since and serving.shadow_since.isoformat(),
        "seen": serving.shadow_seen if serving else 0,
        "different": serving.shadow_different if serving else 0,
        "differences": [_difference_view(one, titles) for one in listening.differences],
        "next": listening.next,
    }


def _difference_view(one: Difference, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "at": one.at.isoformat(),
        "live": _understood_view(one.live, titles),
        "candidate": _understood_view(one.candidate, titles),
    }


def _understood_view(understood: Understood, titles: Mapping[str, str]) -> dict[str, Any]:
    return {**asdict(understood), "title": titles.get(understood.intent, understood.intent)}
