"""The order that tests of payments let a customer pay."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.services.ports.payments import PaymentOrder

ORDER = PaymentOrder(
    order_id="INV-2026-0007.a1",
    amount=1_250_000,
    invoice="INV-2026-0007",
    description="Pemasangan sertifikat SSL",
    expires_at=datetime(2026, 3, 3, 9, 0, tzinfo=timezone.utc),
    email="budi@example.com",
    phone="+6281234567890",
)
