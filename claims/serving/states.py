"""The state that is served, and the wait for the next: a request takes one state, and keeps to it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from claims.serving.answers import Answer


class State(Protocol):
    """Everything that there is to see of a case at one moment. Nothing of it changes."""

    @property
    def key(self) -> str:
        """A word that is the same for the same state only; letters and digits."""
        ...

    def answer(self, path: str) -> Answer:
        """What is there by that path, as files of a site are called; a page that says so where nothing is."""
        ...


class Current:
    """The state as of now, which is replaced as a whole."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._is_over = False
        self._changed = threading.Condition()

    @property
    def state(self) -> State:
        """The state as of now."""
        return self._state

    @property
    def is_over(self) -> bool:
        """Whether nothing will follow."""
        return self._is_over

    def replace(self, state: State) -> None:
        """Make this the state, and wake who waits for it."""
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def end(self) -> None:
        """Nothing follows any more: wake who waits."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def after(self, key: str, seconds: float) -> str:
        """The key of the state once it is another than `key`; that of the same where that takes longer, or all ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._state.key != key, seconds)
            return self._state.key
