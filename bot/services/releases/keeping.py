"""Between jobs: what is loaded follows what is served, the former model goes in time, old files go."""

from __future__ import annotations

from dataclasses import replace

from bot.helpdesk.releases.versions import VersionState, to_forget
from bot.services.ports import Clock, Store
from bot.services.ports.releases import ModelFiles, Slots
from bot.services.releases.publishing import wanted_slots


class KeepSlots:
    """Brings slots and files in line with the database; whatever a crash has left behind is mended here."""

    def __init__(self, store: Store, clock: Clock, slots: Slots, files: ModelFiles) -> None:
        self._store = store
        self._clock = clock
        self._slots = slots
        self._files = files

    async def turn(self) -> None:
        """To be called again and again while no job is at the slots."""
        async with self._store.read() as work:
            serving = await work.versions.serving()
            versions = await work.versions.all()
            if await work.jobs.active() is not None:
                return
        if serving is None:
            return
        if serving.standby_until is not None and serving.standby_until <= self._clock.now():
            async with self._store.begin() as work:
                serving = await work.versions.serving()
                if serving is None or await work.jobs.active() is not None:
                    return
                serving = replace(serving, standby_version=None, standby_slot=None, standby_until=None)
                await work.versions.serve(serving)
                await work.commit()
        states = {version.number: version.state for version in versions}
        if serving.shadow_version is not None and states.get(serving.shadow_version) is not VersionState.CANDIDATE:
            async with self._store.begin() as work:
                serving = replace(await work.versions.serving() or serving, shadow_version=None, shadow_since=None)
                await work.versions.serve(serving)
                await work.commit()
        wanted = wanted_slots(serving, {version.number: version.file for version in versions})
        if dict(self._slots.wanted()) != wanted:
            self._slots.want(wanted)
        loaded = {serving.version, serving.standby_version, serving.shadow_version}
        for version in to_forget(versions):
            if version.number not in loaded:
                self._files.remove(version)
