"""Ways to pay, behind `bot.services.ports.payments`: bank transfer, and Midtrans' payment page (docs/adr/0022)."""
