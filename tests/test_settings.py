"""Settings with checks of their own: the sentence encoder, the origins of the desk, the time zone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.errors import SettingsError
from bot.settings import Settings
from bot.supervisor.errors import StartError
from bot.supervisor.settings import SupervisorSettings

_ENDPOINT = {"HELPDESK_ENCODER_URL": "http://127.0.0.1:8081/v1", "HELPDESK_ENCODER_MODEL": "e5"}
_ADDRESS = "must be an http:// or https:// address"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8081/v1",
        "https://embeddings.example",
        "HTTPS://embeddings.example/v1/",
        "http://[::1]:8081/v1",
        "http://host.example/a b",
    ],
)
def test_an_address_of_an_endpoint_is_taken(url: str) -> None:
    assert Settings.from_env({**_ENDPOINT, "HELPDESK_ENCODER_URL": url}).encoder_url == url


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"URL": "127.0.0.1:8081/v1"}, _ADDRESS),
        ({"URL": "ftp://embeddings.example/v1"}, _ADDRESS),
        ({"URL": "https://"}, _ADDRESS),
        ({"URL": "https://embeddings.example:port/v1"}, _ADDRESS),
        ({"URL": "https://embeddings.example:0/v1"}, _ADDRESS),
        ({"URL": "https://embeddings.example:99999/v1"}, _ADDRESS),
        ({"URL": "https://[::1/v1"}, _ADDRESS),
        ({"URL": "https://me:s3cret@embeddings.example/v1"}, _ADDRESS),
        ({"URL": "https://embeddings.example/v1?key=s3cret"}, _ADDRESS),
        ({"URL": "https://embeddings.example/v1#s3cret"}, _ADDRESS),
        ({"MODEL": " "}, "HELPDESK_ENCODER_MODEL must name the model"),
        ({"KEY": "s3cret\nX-Other: 1"}, "HELPDESK_ENCODER_KEY holds a character"),
        ({"KEY": "s3crét"}, "HELPDESK_ENCODER_KEY holds a character"),
        ({"TIMEOUT": "0"}, "HELPDESK_ENCODER_TIMEOUT must be above zero"),
        ({"TIMEOUT": "soon"}, "HELPDESK_ENCODER_TIMEOUT has a value that cannot be used"),
    ],
    ids=lambda value: ascii(value) if isinstance(value, dict) else "",
)
def test_what_cannot_be_used_is_told_at_the_start_and_no_secret_with_it(change: dict[str, str], told: str) -> None:
    environment = {**_ENDPOINT, **{f"HELPDESK_ENCODER_{name}": value for name, value in change.items()}}
    for read, error in ((Settings.from_env, SettingsError), (SupervisorSettings.from_env, StartError)):
        with pytest.raises(error, match=told) as caught:
            read(environment)
        assert "s3cr" not in str(caught.value)


def test_the_bundled_encoder_has_no_name_here_whatever_else_is_set() -> None:
    assert Settings.from_env({"HELPDESK_ENCODER_MODEL": "e5", "HELPDESK_ENCODER_KEY": "k"}).encoder_name == ""


def test_the_key_is_not_shown_with_the_settings() -> None:
    settings = Settings.from_env({**_ENDPOINT, "HELPDESK_ENCODER_KEY": "s3cret"})
    assert settings.encoder_key == "s3cret"
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize("name", ["Asia/Bandung Selatan", "Asia", "../zone", "/etc/localtime", "WIB", "Asia\0"])
def test_a_time_zone_that_is_none_is_told_at_the_start(name: str) -> None:
    with pytest.raises(SettingsError, match="HELPDESK_TIME_ZONE must be a zone"):
        Settings.from_env({"HELPDESK_TIME_ZONE": name})


@pytest.mark.parametrize("origins", ["https://desk.example", "http://10.0.0.5:8080 https://desk.example:8443"])
def test_origins_of_the_desk_are_taken(origins: str) -> None:
    assert Settings.from_env({"HELPDESK_DESK_ORIGINS": origins}).desk_origins == origins


@pytest.mark.parametrize(
    "origins",
    ["*", "desk.example", "https://desk.example/", "https://", "https://a.example ftp://b.example", "https://a:x"],
)
def test_what_is_no_origin_is_told_at_the_start(origins: str) -> None:
    with pytest.raises(SettingsError, match="HELPDESK_DESK_ORIGINS must hold origins"):
        Settings.from_env({"HELPDESK_DESK_ORIGINS": origins})


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TAX_PERCENT", "-1", "must not be below zero"),
        ("TAX_PERCENT", "100.01", "must be at most 100"),
        ("TAX_PERCENT", "11%", "cannot be used"),
        ("TAX_PERCENT", "NaN", "cannot be used"),
        ("TAX_PERCENT", "Infinity", "cannot be used"),
        ("QUOTE_DAYS", "0", "must be above zero"),
        ("QUOTE_DAYS", "366", "must be at most 365"),
        ("INVOICE_HOURS", "1.5", "cannot be used"),
        ("INVOICE_HOURS", "169", "must be at most 168"),
        ("APPROVAL_LIMIT", "-1", "must not be below zero"),
        ("APPROVAL_LIMIT", "5.000.000", "cannot be used"),
        ("APPROVAL_LIMIT", "10000000001", "must be at most"),
        ("MIGRATION_FREE_GB", "-5", "must not be below zero"),
        ("MIGRATION_PRICE_PER_GB", "x", "cannot be used"),
        ("BANK_ACCOUNTS", "BCA", "holds 'BCA'"),
        ("BANK_ACCOUNTS", "BCA 1234567890", "holds 'BCA 1234567890'"),
        ("BANK_ACCOUNTS", "1234567890 PT Contoh", "holds"),
        ("BANK_ACCOUNTS", "BCA 1234 PT Contoh", "holds"),
        ("BANK_ACCOUNTS", "BCA 1234567890 A B; Mandiri", "holds 'Mandiri'"),
        ("BANK_ACCOUNTS", "BCA 1234567890 PT A; BCA 123-456-7890 PT B", "twice"),
        ("MIDTRANS_SERVER_KEY", "Mid-server-s3cret\nX: 1", "holds a character"),
        ("MIDTRANS_SERVER_KEY", "Mid-server-s3cret:", "holds a character"),
        ("MIDTRANS_SERVER_KEY", "Mid server s3cret", "holds a character"),
        ("MIDTRANS_SERVER_KEY", "s3crét", "holds a character"),
        ("MIDTRANS_SNAP_URL", "app.midtrans.com", "must be an https:// address"),
        ("MIDTRANS_SNAP_URL", "http://app.sandbox.midtrans.com", "must be an https:// address"),
        (
            "MIDTRANS_SNAP_URL",
            "https://app.sandbox.midtrans.com/snap/v1",
            "must be an https:// address of a host alone",
        ),
        ("MIDTRANS_SNAP_URL", "https://me:s3cret@app.sandbox.midtrans.com", "must be an https:// address"),
        ("MIDTRANS_SNAP_URL", "https://app.midtrans.com", "both of the sandbox or both of production"),
        ("MIDTRANS_API_URL", "https://api.midtrans.com", "both of the sandbox or both of production"),
        ("MIDTRANS_API_URL", "http://10.0.0.1:8080", "must be an https:// address"),
        ("MIDTRANS_API_URL", "https://[::1", "must be an https:// address"),
    ],
)
def test_what_cannot_be_used_for_payment_is_told_at_the_start(name: str, value: str, told: str) -> None:
    for read, error in ((Settings.from_env, SettingsError), (SupervisorSettings.from_env, StartError)):
        with pytest.raises(error, match=f"HELPDESK_{name}") as caught:
            read({f"HELPDESK_{name}": value})
        assert told in str(caught.value)
        assert "s3cr" not in str(caught.value)


def test_payment_is_off_until_it_is_set() -> None:
    settings = Settings.from_env({})
    assert settings.accounts == []
    assert settings.midtrans_server_key == ""
    assert (settings.tax_percent, settings.approval_limit) == (Decimal(0), 0)
    assert settings.price_list.name == "harga.yml"
    assert settings.price_list.is_file()


def test_payment_is_read_and_its_key_is_not_shown() -> None:
    settings = Settings.from_env(
        {
            "HELPDESK_TAX_PERCENT": "1.1",
            "HELPDESK_BANK_ACCOUNTS": "BCA 123-456-7890 PT Contoh Satu; Bank Syariah Indonesia 7123456789 CV 2 Contoh;",
            "HELPDESK_MIDTRANS_SERVER_KEY": "Mid-server-s3cret",
            "HELPDESK_MIDTRANS_SNAP_URL": "http://127.0.0.1:9000/",
            "HELPDESK_MIDTRANS_API_URL": "http://localhost:9000",
        }
    )
    assert settings.tax_percent == Decimal("1.1")
    assert settings.accounts == [
        ("BCA", "1234567890", "PT Contoh Satu"),
        ("Bank Syariah Indonesia", "7123456789", "CV 2 Contoh"),
    ]
    assert settings.midtrans_server_key == "Mid-server-s3cret"
    assert "s3cret" not in repr(settings)
