"""Customer and support agents, each with a browser of their own, on the real stack."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.browsers import DESKTOP, PHONE
from tests.browser.conftest import NewContext, Watch
from tests.browser.console import Console, add_account
from tests.browser.widget import ANSWER_LIMIT, Widget, expect_whole
from tests.running import Helpdesk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

QUESTION = "kalo telat bayar hosting gimana kak?"


@pytest.fixture(scope="module")
def agents(helpdesk: Helpdesk) -> Helpdesk:
    """The stack with accounts."""
    add_account(helpdesk, "rina", "Rina")
    add_account(helpdesk, "dewi", "Dewi")
    add_account(helpdesk, "lead", "Tika", "admin")
    return helpdesk


@pytest.fixture(autouse=True)
def refusals(watch: Watch) -> None:
    """A console asks whether it is signed in; a mark may come when another agent has the conversation by now."""
    watch.server_may_refuse = True


@pytest.fixture
def console(agents: Helpdesk, new_context: NewContext) -> Callable[..., Console]:
    """Makes the browser of an agent who is online."""

    def make(username: str, **options: object) -> Console:
        made = Console(new_context(**options).new_page(), agents.url)
        made.arrive(username)
        return made

    return make


def conversation_of(widget: Widget) -> str:
    """The id of the customer's conversation."""
    kept = widget.page.evaluate(
        "() => Object.values({...localStorage}).find(value => value.includes('conversationId'))"
    )
    return str(json.loads(kept)["conversationId"])


def same_log(widget: Widget, *consoles: Console) -> None:
    """Everybody sees the same messages, whole and in order."""
    log = widget.log()
    expect_whole(log)
    for one in consoles:
        expect(one.find("message")).to_have_count(len(log), timeout=ANSWER_LIMIT)
        assert [(m.sender, m.seq) for m in one.log()] == [(m.sender, m.seq) for m in log]


def the_whole_way(widget: Widget, rina: Console, dewi: Console, disturb: Callable[[], None] = lambda: None) -> None:
    """From the question for a person to the rating; `disturb` is called in the middle of every step."""
    widget.ask("mau ngomong sama orang dong")
    expect(widget.find("owner")).to_have_attribute("data-owner", "queue")
    expect(widget.find("owner")).to_contain_text("antrean ke-1")
    conversation = conversation_of(widget)
    disturb()
    rina.open("queue", conversation)
    rina.find("accept").click()
    rina.expect_state("agent")
    expect(widget.find("owner")).to_contain_text("Rina")
    rina.send("Halo Kak, saya Rina. Ada yang bisa dibantu?")
    disturb()
    expect(widget.of("agent")).to_have_count(1, timeout=ANSWER_LIMIT)
    widget.send("domain tokobudi.co.id belum aktif")
    disturb()
    expect(rina.of("customer")).to_have_count(2, timeout=ANSWER_LIMIT)
    same_log(widget, rina)

    dewi.open("others", conversation)
    rina.transfer("Dewi", "soal domain, tolong dilanjutkan")
    dewi.expect_state("agent")
    expect(widget.find("owner")).to_contain_text("Dewi")
    dewi.send("Saya Dewi, saya cek dulu ya.")
    disturb()
    expect(widget.of("agent")).to_have_count(2, timeout=ANSWER_LIMIT)
    widget.send("oke kak")
    expect(dewi.of("customer")).to_have_count(3, timeout=ANSWER_LIMIT)

    dewi.find("hand-back").click()
    dewi.find("action-submit").click()
    expect(widget.find("owner")).to_have_attribute("data-owner", "bot")
    answered = widget.of("bot").count()
    widget.send(QUESTION)
    disturb()
    answer = widget.wait_for_answer(answered + 1)
    expect(answer.get_by_test_id("clause")).to_have_text(["Hak 13"])

    widget.ask("mau ngomong sama orang dong")
    dewi.open("queue", conversation)
    dewi.find("accept").click()
    dewi.expect_state("agent")
    dewi.send("Sudah aktif kembali ya, Kak.")
    expect(widget.of("agent")).to_have_count(3, timeout=ANSWER_LIMIT)
    disturb()
    dewi.close("solved")
    dewi.expect_state("closed")
    expect(widget.find("star")).to_have_count(5, timeout=ANSWER_LIMIT)
    widget.find("star").nth(4).check()
    widget.find("rate").click()
    expect(widget.find("rated")).to_have_attribute("data-score", "5", timeout=ANSWER_LIMIT)
    expect(dewi.find("rating")).to_contain_text("5")
    same_log(widget, dewi)


def test_from_the_question_for_a_person_to_the_rating(widget: Widget, console: Callable[..., Console]) -> None:
    the_whole_way(widget, console("rina"), console("dewi"))


def test_the_same_while_the_web_process_is_killed_again_and_again(
    widget: Widget, console: Callable[..., Console], agents: Helpdesk, watch: Watch
) -> None:
    watch.network_may_fail = True
    rina, dewi = console("rina"), console("dewi")

    moments = iter((True, False, True, False, True))

    def kill() -> None:
        # More often than that, and the supervisor takes its time: it thinks that the part cannot start.
        if not next(moments, False):
            return
        agents.kill("web")
        agents.wait_until_ready()
        for one in (rina, dewi):
            expect(one.find("offline")).to_have_count(0, timeout=ANSWER_LIMIT)
        expect(widget.banner).to_have_text("", timeout=ANSWER_LIMIT)

    the_whole_way(widget, rina, dewi, kill)


def test_who_presses_second_reads_who_has_it(widget: Widget, console: Callable[..., Console]) -> None:
    rina, dewi = console("rina"), console("dewi")
    widget.ask("mau ngomong sama orang dong")
    conversation = conversation_of(widget)
    for one in (rina, dewi):
        one.open("queue", conversation)
    dewi.page.route("**/accept", lambda route: (dewi.page.wait_for_timeout(800), route.continue_()))
    # The second press is on its way while the first is carried out.
    dewi.find("accept").click(no_wait_after=True)
    rina.find("accept").click()
    rina.expect_state("agent")
    expect(dewi.find("toast")).to_contain_text("Rina")
    rina.close("other")


def test_text_of_customers_is_text_in_the_console(widget: Widget, console: Callable[..., Console]) -> None:
    rina = console("rina")
    hostile = "<img src=x onerror=alert(1)> \u202edomain saya"
    widget.ask("mau ngomong sama orang dong")
    widget.send(hostile)
    conversation = conversation_of(widget)
    rina.open("queue", conversation)
    expect(rina.of("customer").last.get_by_test_id("message-text")).to_contain_text("<img src=x onerror=alert(1)>")
    rina.find("accept").click()
    rina.expect_state("agent")
    rina.find("composer").press("/")
    expect(rina.find("canned-menu")).to_be_visible()
    rina.find("canned-option").first.click()
    expect(rina.find("composer")).not_to_have_value("")
    rina.find("nav-search").click()
    rina.find("search-input").fill("onerror")
    expect(rina.find("hit").first).to_contain_text("<img src=x onerror=alert(1)>")
    rina.page.goto(f"{rina.url}/desk/percakapan/{conversation}")
    rina.close("spam")


def test_a_wrong_password_is_told_in_words(agents: Helpdesk, new_context: NewContext) -> None:
    page = Console(new_context().new_page(), agents.url)
    page.sign_in("rina", "bukan kata sandinya")
    expect(page.find("login-error")).to_contain_text("tidak cocok")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_of_the_console_has_a_serious_problem(
    widget: Widget, agents: Helpdesk, new_context: NewContext, viewport: dict[str, int], scheme: str
) -> None:
    widget.ask("mau ngomong sama orang dong")
    conversation = conversation_of(widget)
    page = new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce").new_page()
    lead = Console(page, agents.url)
    found = {}

    def look(state: str) -> None:
        if lines := violations(page):
            found[state] = lines

    page.goto(f"{agents.url}/desk/")
    expect(lead.find("login-submit")).to_be_visible()
    look("signing in")
    lead.arrive("lead")
    lead.find("tab-queue").click()
    expect(lead.row(conversation)).to_be_visible()
    look("the queue")
    lead.row(conversation).click()
    lead.find("accept").click()
    lead.expect_state("agent")
    look("a conversation")
    lead.find("close").click()
    expect(lead.find("dialog")).to_be_visible()
    look("a dialog")
    lead.find("reason-solved").check()
    lead.find("action-submit").click()
    lead.expect_state("closed")
    for path, test_id in (
        ("cari", "search-input"),
        ("laporan", "nav-report"),
        ("balasan", "canned-new"),
        ("akun", "sign-out"),
    ):
        page.goto(f"{agents.url}/desk/{path}")
        expect(lead.find(test_id)).to_be_attached()
        page.wait_for_timeout(500)
        look(path)
    assert found == {}
