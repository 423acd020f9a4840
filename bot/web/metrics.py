"""Prometheus metrics; label values are fixed words, never anything a customer wrote."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST


class Metrics:
    """Counters of one web process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = Counter("helpdesk_messages", "Messages stored in the log", ["sender"], registry=self.registry)
        self.outcomes = Counter("helpdesk_bot_replies", "Bot replies by outcome", ["outcome"], registry=self.registry)
        self.answer_seconds = Histogram(
            "helpdesk_answer_seconds",
            "Seconds from a customer message to the bot's reply",
            buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120),
            registry=self.registry,
        )
        self.requests = Counter(
            "helpdesk_http_requests", "HTTP requests", ["method", "route", "status"], registry=self.registry
        )
        self.sockets = Gauge("helpdesk_sockets", "Connected Socket.IO clients", registry=self.registry)

    def render(self) -> bytes:
        """The text exposition format."""
        return generate_latest(self.registry)
