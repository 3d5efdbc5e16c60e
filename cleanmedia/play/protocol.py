"""HTTP with a time limit for each request, so that connections on which nothing comes do not stay."""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["SECONDS", "Protocol"]

SECONDS = 30  # for a request to arrive, from its connection or the request before it


class Protocol(H11Protocol):
    """Closes a connection whose next request has not arrived in time, however slowly its bytes come."""

    _limit: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Start the time limit."""
        super().connection_made(transport)
        self._limit = self.loop.call_later(SECONDS, transport.close)

    def data_received(self, data: bytes) -> None:
        """Stop the time limit once a request is there: its headers, for :func:`cleanmedia.play.app` limits the body."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop()
        elif self._limit is None:
            self._limit = self.loop.call_later(SECONDS, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the time limit."""
        self._stop()
        super().connection_lost(exc)

    def _stop(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
