"""Messages and conversations that trainers keep as tests, in data/tests."""
