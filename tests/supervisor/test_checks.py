"""What is checked before a start."""

import os
import socket
from pathlib import Path

import pytest

from bot.supervisor.checks import check_home, check_port, check_python, free_ports
from bot.supervisor.errors import EXIT_ENVIRONMENT, StartError
from bot.supervisor.settings import SupervisorSettings


@pytest.mark.parametrize("version", [(3, 9, 1), (3, 11, 0), (4, 10, 0)])
def test_only_python_3_10_will_do(version: tuple[int, ...]) -> None:
    """Any other is refused in one line that names it."""
    check_python((3, 10, 13))
    with pytest.raises(StartError, match=r"Python 3\.10 is needed") as caught:
        check_python(version)
    assert caught.value.exit_code == EXIT_ENVIRONMENT


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])  # noqa: S104
def test_a_taken_port_is_refused_with_a_way_out(address: str) -> None:
    """Also when the other program listens on all addresses."""
    with socket.create_server((address, 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(StartError, match=rf"Port {port} .* PORT={port + 1} make run") as caught:
            check_port("127.0.0.1", port)
    assert caught.value.exit_code == EXIT_ENVIRONMENT
    assert "\n" not in str(caught.value)
    check_port("127.0.0.1", port)


def test_a_host_that_is_not_ours_is_refused() -> None:
    """The line names the setting."""
    with pytest.raises(StartError, match="HELPDESK_HOST"):
        check_port("192.0.2.1", 20_000)


def test_free_ports_differ_and_can_be_listened_on() -> None:
    """They lie below the range of outgoing connections."""
    ports = free_ports(5)
    assert len(set(ports)) == 5
    for port in ports:
        assert 20_000 <= port < 32_000
        check_port("127.0.0.1", port)


def test_the_home_is_made_for_this_user_only(tmp_path: Path) -> None:
    """It holds customers' messages."""
    home = tmp_path / "deep" / "home"
    check_home(home)
    assert home.stat().st_mode & 0o077 == 0
    assert (home / "logs").is_dir()


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """In one line that names the setting."""
    (tmp_path / "home").write_text("")
    with pytest.raises(StartError, match="HELPDESK_HOME"):
        check_home(tmp_path / "home")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_without_write_permission_is_refused(tmp_path: Path) -> None:
    """In one line that names the setting."""
    tmp_path.chmod(0o500)
    with pytest.raises(StartError, match="HELPDESK_HOME"):
        check_home(tmp_path)


def test_settings_have_defaults_under_the_root(tmp_path: Path) -> None:
    """Port 8080 on loopback, everything written under var/."""
    settings = SupervisorSettings.from_env({}, root=tmp_path)
    assert settings.url == "http://127.0.0.1:8080"
    assert settings.home == tmp_path / "var"
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/var/helpdesk.db"


def test_settings_follow_the_environment(tmp_path: Path) -> None:
    """A host that cannot be called is shown as loopback."""
    environ = {
        "PORT": "9000",
        "HELPDESK_HOST": "0.0.0.0",  # noqa: S104
        "HELPDESK_HOME": "/x",
        "HELPDESK_DATABASE_URL": "postgresql://u@h/d",
    }
    settings = SupervisorSettings.from_env(environ, root=tmp_path)
    assert (settings.url, settings.home, settings.database_url) == (
        "http://127.0.0.1:9000",
        Path("/x"),
        "postgresql+asyncpg://u@h/d",
    )


def test_a_wrong_setting_of_the_web_server_is_told_at_the_start() -> None:
    """In one line that names it."""
    with pytest.raises(StartError, match="HELPDESK_WORKERS has a value") as caught:
        SupervisorSettings.from_env({"HELPDESK_WORKERS": "many"})
    assert caught.value.exit_code == EXIT_ENVIRONMENT


@pytest.mark.parametrize("port", ["0", "65536", "-1", "abc", "80 80", "²"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    """In one line."""
    with pytest.raises(StartError, match="PORT is"):
        SupervisorSettings.from_env({"PORT": port})
