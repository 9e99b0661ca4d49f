"""Figures for Prometheus, of one process; nothing personal is a label."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """Counts what the operator watches."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = Counter(
            "minwen_messages_total", "Messages answered, by outcome", ["outcome"], registry=self.registry
        )
        self.late = Counter("minwen_late_total", "Messages answered with a holding sentence", registry=self.registry)
        self.seconds = Histogram(
            "minwen_reply_seconds",
            "Seconds from opened envelope to reply",
            buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4),
            registry=self.registry,
        )
        self.outbox = Gauge("minwen_outbox", "Notices by state", ["state"], registry=self.registry)
        self.open_tickets = Gauge("minwen_open_tickets", "Open tickets", registry=self.registry)

    def text(self) -> bytes:
        """Return the exposition format."""
        return generate_latest(self.registry)
