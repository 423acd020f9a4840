"""What a change of a sentence writes, from the files as they are when it is its turn."""

from __future__ import annotations

from bot.errors import SentenceGoneError
from bot.helpdesk.workshop import edits
from bot.helpdesk.workshop.changes import Change, ChangeAction, ChangeKind, Planned
from bot.helpdesk.workshop.edits import Place
from bot.helpdesk.workshop.nlu_file import NluFile
from bot.services.trainer.project_files import Plan, Reader, undoing


def adding(file: str, intent: str, text: str) -> Plan:
    """`text` as the last sentence of `intent`, which stands in `file`."""

    def plan(reader: Reader) -> Planned:
        new = edits.added(_file(reader, file), intent, text)
        return Planned(ChangeKind.SENTENCE, ChangeAction.ADD, [(file, new)], intent=intent, after=text)

    return plan


def editing(place: Place, text: str) -> Plan:
    """`text` instead of the sentence at `place`."""

    def plan(reader: Reader) -> Planned:
        new = edits.changed(_file(reader, place.file), place, text)
        kinds = ChangeKind.SENTENCE, ChangeAction.EDIT
        return Planned(*kinds, [(place.file, new)], intent=place.intent, before=place.text, after=text)

    return plan


def deleting(place: Place) -> Plan:
    """Without the sentence at `place`."""

    def plan(reader: Reader) -> Planned:
        new = edits.removed(_file(reader, place.file), place)
        return Planned(
            ChangeKind.SENTENCE, ChangeAction.DELETE, [(place.file, new)], intent=place.intent, before=place.text
        )

    return plan


def moving(place: Place, file: str, intent: str) -> Plan:
    """The sentence at `place` as the last one of `intent`, which stands in `file`."""

    def plan(reader: Reader) -> Planned:
        return Planned(
            ChangeKind.SENTENCE,
            ChangeAction.MOVE,
            _moved(reader, place, file, intent),
            intent=place.intent,
            to_intent=intent,
            before=place.text,
            after=place.text,
        )

    return plan


def taking_back(change: Change) -> Plan:
    """Takes `change` back where its place in the file is another one by now: at the end of its topic."""

    def plan(reader: Reader) -> Planned:
        paths = [splice.path for splice in change.splices]
        return undoing(change, _taken_back(reader, change, paths))

    return plan


def _taken_back(reader: Reader, change: Change, paths: list[str]) -> list[tuple[str, str]]:
    intent, now_in = change.intent or "", change.to_intent or change.intent or ""
    home, away = _holding(reader, paths, intent), _holding(reader, paths, now_in)
    if change.before is None and change.after is not None:
        return [(away.name, edits.removed(away, Place(away.name, now_in, change.after)))]
    if change.after is None and change.before is not None:
        return [(home.name, edits.added(home, intent, change.before))]
    if change.before is None or change.after is None:
        raise SentenceGoneError("nothing to take back")
    if change.to_intent:
        return _moved(reader, Place(away.name, now_in, change.after), home.name, intent)
    return [(home.name, edits.changed(home, Place(home.name, intent, change.after), change.before))]


def _moved(reader: Reader, place: Place, file: str, intent: str) -> list[tuple[str, str]]:
    source = _file(reader, place.file)
    without = edits.removed(source, place)
    if file == place.file:
        return [(file, edits.added(NluFile.parse(file, without), intent, place.text))]
    return [(place.file, without), (file, edits.added(_file(reader, file), intent, place.text))]


def _holding(reader: Reader, paths: list[str], intent: str) -> NluFile:
    for path in paths:
        file = _file(reader, path)
        if intent in file.blocks:
            return file
    raise SentenceGoneError("the topic is not in its file any more")


def _file(reader: Reader, path: str) -> NluFile:
    text = reader.text(path)
    if text is None:
        raise SentenceGoneError("the file is not there any more")
    return NluFile.parse(path, text)
