"""Edits of sentences: everything else in the file stays byte for byte, whatever the file and the text are."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.errors import SentenceExistsError, SentenceGoneError, SentenceInvalidError, TrainingDataBrokenError
from bot.helpdesk.workshop import edits
from bot.helpdesk.workshop.changes import Splice, digest
from bot.helpdesk.workshop.edits import Place, places
from bot.helpdesk.workshop.nlu_file import NluFile
from bot.helpdesk.workshop.sentence_text import LONGEST, checked_sentence, plain

DATA = Path(__file__).parents[3] / "data/nlu"

FILE = """\
version: "3.1"   # as Rasa wants it

# Greetings: é, 日本, 👩‍👩‍👧
nlu:
- intent: salam   # the first
  examples: |
    - halo
    -   selamat pagi
    - # bukan komentar
    - {bukan} peta: "kutip", 'kutip' & *bintang* | pipa > panah % @ ` !

    - punya [toko.contoh](nama_domain) kak

# between
- synonym: surel
  examples: |
    - email
    - e-mail
- intent: pamit
  examples: |
      - dadah
      - sampai jumpa
      - halo
# the end"""


def parse(text: str) -> NluFile:
    return NluFile.parse("data/nlu/uji.yml", text)


def place(file: NluFile, text: str, intent: str) -> Place:
    return next(found for found in places(file.sentences) if (found.text, found.intent) == (text, intent))


def said(text: str) -> list[tuple[str, str]]:
    return [(sentence.intent, sentence.text) for sentence in parse(text).sentences]


def test_a_sentence_is_added_below_the_last_one_of_its_topic() -> None:
    assert edits.added(parse(FILE), "salam", "hai") == FILE.replace("kak\n", "kak\n    - hai\n")
    assert edits.added(parse(FILE), "pamit", "dah") == FILE.replace("      - halo\n", "      - halo\n      - dah\n")


def test_a_sentence_is_changed_and_removed_where_it_stands() -> None:
    file = parse(FILE)
    changed = edits.changed(file, place(file, "halo", "pamit"), "# sampai besok")
    assert changed == FILE.replace("      - halo", "      - # sampai besok")
    assert edits.removed(file, place(file, "# bukan komentar", "salam")) == FILE.replace("    - # bukan komentar\n", "")


def test_line_ends_and_a_missing_last_one_are_kept() -> None:
    windows = FILE.replace("\n", "\r\n")
    assert edits.added(parse(windows), "salam", "hai") == windows.replace("kak\r\n", "kak\r\n    - hai\r\n")
    bare = FILE.removesuffix("\n# the end")
    assert edits.added(parse(bare), "pamit", "dah") == bare + "\n      - dah"
    file = parse(bare)
    assert edits.changed(file, place(file, "halo", "pamit"), "dah") == bare.removesuffix("halo") + "dah"
    assert said(edits.removed(file, place(file, "halo", "pamit")))[-1] == ("pamit", "sampai jumpa")


def test_the_first_sentence_of_an_empty_topic() -> None:
    topics = ("- intent: a\n  examples: |\n    - satu\n", "- intent: kosong\n  examples: |\n")
    text = "nlu:\n" + "".join(topics) + "- intent: b\n  examples: |\n    - dua\n"
    assert said(edits.added(parse(text), "kosong", "tiga")) == [("a", "satu"), ("kosong", "tiga"), ("b", "dua")]


def test_what_is_there_or_gone_or_the_last_is_refused() -> None:
    file = parse(FILE)
    with pytest.raises(SentenceExistsError):
        edits.added(file, "salam", "selamat pagi")
    with pytest.raises(SentenceExistsError):
        edits.changed(file, place(file, "halo", "pamit"), "dadah")
    with pytest.raises(SentenceGoneError):
        edits.removed(file, Place(file.name, "salam", "tidak ada"))
    with pytest.raises(SentenceGoneError):
        edits.added(file, "surel", "x@contoh.id")
    fewer = parse(edits.removed(file, place(file, "halo", "pamit")))
    with pytest.raises(SentenceInvalidError):
        edits.removed(fewer, place(fewer, "dadah", "pamit"))


def test_ids_tell_copies_apart_and_stay_when_lines_move() -> None:
    twice = FILE.replace("    - halo\n", "    - halo\n    - halo\n", 1)
    found = [one.id for one in places(parse(twice).sentences)]
    assert len(set(found)) == len(found)
    moved = [one.id for one in places(parse("# a line more\n" + twice).sentences)]
    assert moved == found


@pytest.mark.parametrize(
    "text",
    [
        "nlu: [",
        "nlu:\n- intent: a\n  examples: |\n    - x\n   - y\n",
        "nlu:\n- intent: a\n  examples:\n    - x\n",
        "nlu:\n- intent: a\n  examples: |\n    tanpa strip\n",
        "version: 3\n",
        "- a\n",
        "",
        "nlu:\n- intent: a\n  examples: >\n    - dua\n    - baris\n",
        "\x00",
    ],
)
def test_a_broken_file_says_so(text: str) -> None:
    with pytest.raises(TrainingDataBrokenError) as raised:
        parse(text)
    assert raised.value.data["file"] == "data/nlu/uji.yml"
    assert raised.value.data["problem"]


def test_every_file_of_ours_can_be_edited() -> None:
    for path in sorted(DATA.glob("*.yml")):
        text = path.read_bytes().decode()
        file = NluFile.parse(f"data/nlu/{path.name}", text)
        for intent in file.blocks:
            new = edits.added(file, intent, "kalimat yang belum ada di mana pun")
            assert new.replace("    - kalimat yang belum ada di mana pun\n", "") == text


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="-|>#:{}[]()\"'\\&*!%@`?,~ \t\n\r\x85\u2028\u00a0é👩\u200dabc", max_size=20),
    st.sampled_from(
        [
            "- - x",
            "---",
            "...",
            "x\n    - y",
            "x\r- y",
            "x\u2028y",
            "\ufeffx",
            "x\x00y",
            "\ud800",
            "[a](b)",
            "[a](b",
            "[a]{b}",
            '[a]{"entity": "b"}',
            '[a][{"entity": "b"}]',
            "[](b)",
            "[a]()",
            "[klik](http://x)",
            "e\u0301",
            "é",
            "a" * (LONGEST + 1),
            "%YAML 1.2",
            "{{ x }}",
            "<<: *a",
        ]
    ),
)


@given(st.text(max_size=60) | HOSTILE)
def test_a_checked_sentence_is_checked_once_and_for_all(text: str) -> None:
    try:
        line = checked_sentence(text)
    except SentenceInvalidError as error:
        assert error.data["problem"].endswith(".")
        return
    assert checked_sentence(line) == line
    assert line.splitlines() == [line]
    assert plain(line)


@given(HOSTILE, st.randoms(use_true_random=False), st.sampled_from(["\n", "\r\n"]), st.booleans())
@example("# x", random.Random(1), "\r\n", True)
def test_an_edit_changes_its_line_and_nothing_else(text: str, chance: random.Random, end: str, bare: bool) -> None:
    whole = FILE.removesuffix("\n# the end").replace("\n", end) + ("" if bare else end)
    file = parse(whole)
    try:
        line = checked_sentence(text)
        where = chance.choice(places(file.sentences))
        edit: Callable[[], str] = chance.choice(
            [
                lambda: edits.added(file, where.intent, line),
                lambda: edits.changed(file, where, line),
                lambda: edits.removed(file, where),
            ]
        )
        new = edit()
    except (SentenceInvalidError, SentenceExistsError):
        assume(False)
    old_lines, new_lines = whole.split("\n"), new.split("\n")
    splice = Splice.between(file.name, whole, new)
    assert len(splice.removed) <= 2 and len(splice.inserted) <= 2  # two where the last line got a line end
    assert abs(len(old_lines) - len(new_lines)) <= 1
    assert splice.applied(whole) == new
    assert splice.taken_back(new) == whole
    assert Splice.of_json(splice.as_json()) == splice
    # The bytes before and after are the very same.
    assert new.encode().startswith("\n".join(old_lines[: splice.start]).encode())
    after = old_lines[splice.start + len(splice.removed) :]
    assert new_lines[len(new_lines) - len(after) :] == after


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6), st.booleans())
def test_a_splice_goes_both_ways(left: list[str], right: list[str], fresh: bool) -> None:
    old, new = None if fresh else "\n".join(left), "\n".join(right)
    splice = Splice.between("x", old, new)
    assert splice.applied(old) == new
    assert splice.taken_back(new) == old
    removing = Splice.between("x", new, None)
    assert removing.applied(new) is None
    assert removing.taken_back(None) == new
    assert (splice.before, splice.after) == (digest(old), digest(new))


def test_a_change_is_taken_back_where_its_lines_have_moved_to() -> None:
    file = parse(FILE)
    splice = Splice.between(file.name, FILE, edits.changed(file, place(file, "halo", "salam"), "hai"))
    moved = "# new\n\n" + (splice.applied(FILE) or "")
    assert splice.taken_back(moved) == "# new\n\n" + FILE
    with pytest.raises(SentenceGoneError):
        splice.taken_back(moved.replace("    - hai\n", "    - hai juga\n"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  halo\tkak \n apa  kabar ", "halo kak apa kabar"),
        ("e\u0301", "é"),
        ("[toko.contoh](nama_domain) mati", "[toko.contoh](nama_domain) mati"),
        ("harga [5jt](rupiah:5000000)", "harga [5jt](rupiah:5000000)"),
        ("pakai {kurung} dan [siku] boleh", "pakai {kurung} dan [siku] boleh"),
        ("👍", "👍"),
        ("x\u2028y", "x y"),
    ],
)
def test_what_may_be_a_sentence(text: str, kept: str) -> None:
    assert checked_sentence(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " \n",
            "- x",
            "-",
            "x\x00",
            "\ud800",
            "\u200b",
            "a" * 1001,
            "[a](b",
            "[a] (b)",
            "[a]{b}",
            '[a]{"entity":"b"}',
        ),
        *('[a][{"entity": "b"}]', "[](b)", "[a]()", "[klik](http://x)", "[a](b c)", "\ufeffx"),
    ],
)
def test_what_may_not(text: str) -> None:
    with pytest.raises(SentenceInvalidError):
        checked_sentence(text)
