"""The team lead's figures over HTTP (docs/desk-protocol.md, `GET /report`)."""

from __future__ import annotations

import csv
import io
import re

import pytest

from bot.helpdesk.staff import Role
from bot.store.unit_of_work import SqlStore
from tests.desk_history import hand_made_week
from tests.docs.markdown import ROOT
from tests.staffing import Browser, Client, signed_in

RANGE = "from=2026-03-02&to=2026-03-04"


@pytest.fixture
async def lead(desk_client: Client, store: SqlStore, database_url: str) -> Browser:
    """The browser of somebody who may see the figures, after a week of work."""
    await hand_made_week().write(database_url)
    return await signed_in(desk_client, store, "tika", Role.ADMIN)


async def test_the_lead_sees_the_figures(lead: Browser) -> None:
    answer = await lead.call("GET", f"/report?{RANGE}")
    assert answer.status == 200
    report = answer.body
    assert (report["from"], report["to"], report["time_zone"]) == ("2026-03-02", "2026-03-04", "Asia/Jakarta")
    assert report["made_at"].endswith("Z")
    assert report["requests"]["asked"] == 7
    assert report["requests"]["wait"] == {"count": 4, "median": 210, "p90": pytest.approx(790), "longest": 1000}
    assert report["bot"]["solved"] == report["bot"]["left"] == 2
    assert [day["day"] for day in report["days"]] == ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert [(agent["name"], agent["chats"]["received"]) for agent in report["agents"]] == [("Dewi", 1), ("Rina", 0)]
    assert report["close_reasons"][0] == {"reason": "solved", "count": 2}


async def test_the_protocol_names_every_field(lead: Browser) -> None:
    """docs/desk-protocol.md, "Report": the same names, on every level."""
    report = (await lead.call("GET", f"/report?{RANGE}")).body
    written = (ROOT / "docs/desk-protocol.md").read_text(encoding="utf-8")
    described = set(re.findall(r'"(\w+)"', written.split("\nReport ")[1].split("\n```")[0]))

    def names(value: object) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(names, value))
        return set(value) | set().union(*map(names, value.values())) if isinstance(value, dict) else set()

    assert names(report) == described


@pytest.mark.parametrize(
    ("part", "first_heading", "rows"), [("days", "Tanggal", 3), ("agents", "Staf", 2), ("reasons", "Alasan", 3)]
)
async def test_csv_is_a_file_to_keep(lead: Browser, part: str, first_heading: str, rows: int) -> None:
    path = f"/api/desk/v1/report.csv?{RANGE}&part={part}"
    async with lead.client.get(path, headers={"Cookie": f"helpdesk_session={lead.token}"}) as response:
        raw = await response.read()
        assert response.status == 200
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert (
            response.headers["Content-Disposition"]
            == f'attachment; filename="laporan-{part}-2026-03-02-2026-03-04.csv"'
        )
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *body = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert head[0] == first_heading
    assert len(body) == rows


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/report", "from"),
        ("/report?from=2026-03-02", "to"),
        ("/report?from=2026-03-04&to=2026-03-02", "to"),
        ("/report?from=2020-01-01&to=2026-03-02", "to"),
        (f"/report.csv?{RANGE}&part=semua", "part"),
        (f"/report.csv?{RANGE}&separator=tab", "separator"),
    ],
)
async def test_nonsense_is_refused_with_its_field(lead: Browser, path: str, field: str) -> None:
    answer = await lead.call("GET", path)
    assert (answer.status, answer.code) == (400, "invalid_message")
    assert answer.body["error"]["data"]["field"] == field


@pytest.mark.parametrize("path", [f"/report?{RANGE}", f"/report.csv?{RANGE}"])
async def test_agents_and_strangers_see_nothing(agent: Browser, path: str) -> None:
    answer = await agent.call("GET", path)
    assert (answer.status, answer.code) == (403, "forbidden")
    answer = await Browser(agent.client).call("GET", path)
    assert (answer.status, answer.code) == (401, "not_signed_in")
