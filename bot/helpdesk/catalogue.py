"""The catalogue of services that are sold, and how the bot tells of them (Kewajiban 1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import CatalogueError

_MAX_DETAILED = 2


@dataclass(frozen=True)
class SamplePackage:
    """A made-up package; its price in whole rupiah is an example, never an offer."""

    name: str
    spec: str
    price_idr: int
    period: str


@dataclass(frozen=True)
class Service:
    """A service and the words that customers use for it."""

    key: str
    name: str
    words: tuple[str, ...]
    description: str
    features: tuple[str, ...]
    included_help: str
    notes: str
    sample_packages: tuple[SamplePackage, ...]


class ServiceCatalogue:
    """All services in the order in which they are shown."""

    def __init__(self, services: Sequence[Service], sample_prices_notice: str) -> None:
        self.services = tuple(services)
        self.sample_prices_notice = sample_prices_notice
        # Longer words first, so that "email hosting" is not taken for "hosting".
        by_word = sorted(((w, s) for s in services for w in s.words), key=lambda pair: -len(pair[0]))
        self._service_of = dict(by_word)
        self._words = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w) for w, _ in by_word) + r")(?:nya|nyo)?(?!\w)")

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> ServiceCatalogue:
        """Build from the content of data/catalogue.yml; raises CatalogueError when it is not of that shape."""
        try:
            services = [_service(row) for row in data["services"]]
            notice = str(data["sample_prices_notice"])
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogueError(f"catalogue.yml is not of the expected shape: {error!r}") from error
        if not services:
            raise CatalogueError("catalogue.yml lists no service")
        return cls(services, notice)

    def mentioned(self, text: str) -> list[Service]:
        """The services that `text` names, in the order of the text, each once."""
        found: dict[str, Service] = {}
        for match in self._words.finditer(text.casefold()):
            word = match[0]
            service = self._service_of.get(word) or self._service_of[word[: -len("nya")]]
            found.setdefault(service.key, service)
        return list(found.values())

    def overview(self) -> str:
        """One line a service."""
        return "\n".join(f"- {service.name}: {service.description}" for service in self.services)

    def details(self, services: Sequence[Service]) -> str:
        """Description, features and sample packages of at most two services, with the notice about prices."""
        return "\n\n".join([*(_details(s) for s in services[:_MAX_DETAILED]), self.sample_prices_notice])


def _service(row: Mapping[str, Any]) -> Service:
    return Service(
        key=str(row["key"]),
        name=str(row["name"]),
        words=tuple(str(word).casefold() for word in row["words"]),
        description=str(row["description"]),
        features=tuple(str(feature) for feature in row["features"]),
        included_help=str(row["included_help"]),
        notes=str(row["notes"]),
        sample_packages=tuple(
            SamplePackage(str(p["name"]), str(p["spec"]), int(p["price_idr"]), str(p["period"]))
            for p in row["sample_packages"]
        ),
    )


def _details(service: Service) -> str:
    lines = [f"{service.name}: {service.description}"]
    lines += [f"- {feature}" for feature in service.features]
    lines += [f"- {p.name} ({p.spec}): {rupiah(p.price_idr)} per {p.period}" for p in service.sample_packages]
    return "\n".join([*lines, service.notes])


def rupiah(amount: int) -> str:
    """Whole rupiah as Indonesians write them: Rp1.250.000; nothing to pay is "gratis"."""
    return "gratis" if amount == 0 else f"Rp{amount:,}".replace(",", ".")
