"""Runs Rasa's graph one node after the other, without planning each run anew.

Rasa's own runner lets dask plan and schedule every run, though a live graph never changes and its nodes cannot run
side by side: three runs a message, half a millisecond each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class SequentialGraphRunner(GraphRunner):
    """Gives what `DaskGraphRunner` gives, from the same nodes."""

    def __init__(self, schema: GraphSchema, nodes: Mapping[str, GraphNode]) -> None:
        self._schema = schema
        self._nodes = nodes
        # By targets: (name, its parents) of every node that they need, parents first.
        self._plans: dict[tuple[str, ...], list[tuple[str, list[str]]]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> SequentialGraphRunner:
        return cls.of(DaskGraphRunner.create(graph_schema, model_storage, execution_context, hooks))

    @classmethod
    def of(cls, runner: DaskGraphRunner) -> SequentialGraphRunner:
        """With the nodes, and so with the loaded components, of `runner`."""
        return cls(runner._graph_schema, runner._instantiated_nodes)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """What `targets` (default: the targets of the graph) give for `inputs`, by name."""
        wanted = tuple(targets or self._schema.target_names)
        if wanted not in self._plans:
            self._plans[wanted] = list(self._plan(wanted, set()))
        # Nodes take and give pairs of a name and a value. A name alone stands for what nobody has given.
        found: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, parents in self._plans[wanted]:
            if name not in found:
                found[name] = self._nodes[name](*(found.get(parent, parent) for parent in parents))
        return dict(found[name] for name in wanted)

    def _plan(self, names: tuple[str, ...], seen: set[str]) -> Iterator[tuple[str, list[str]]]:
        for name in names:
            if name in self._schema.nodes and name not in seen:  # else an input
                seen.add(name)
                parents = list(self._schema.nodes[name].needs.values())
                yield from self._plan(tuple(parents), seen)
                yield name, parents


def run_sequentially(processor: Any) -> None:
    """Gives `processor`, a MessageProcessor of Rasa, this runner instead of Rasa's; does nothing the second time."""
    if isinstance(processor.graph_runner, DaskGraphRunner):
        processor.graph_runner = SequentialGraphRunner.of(processor.graph_runner)
