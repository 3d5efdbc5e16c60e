"""The server of the page. Only this machine can reach it."""

import socket
from pathlib import Path
from signal import SIGINT
from tempfile import TemporaryDirectory

from cleanmedia.core.extras import need

__all__ = ["serve"]


def serve(port: int = 0, browser: bool = True) -> None:
    """Serve the page on 127.0.0.1 until interrupted, and open it in the browser if asked. Port 0 means any free port.

    Raises:
        MissingExtra: the server's packages are not installed.
        OSError: the port is in use.
    """
    for module in ("starlette", "uvicorn"):
        need(module, "play", "cleanmedia play")
    import uvicorn

    from cleanmedia.play.app import application
    from cleanmedia.play.protocol import Protocol

    with socket.socket() as listening, TemporaryDirectory(prefix="cleanmedia-") as folder:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        port = listening.getsockname()[1]
        listening.listen()
        app = application(frozenset({f"127.0.0.1:{port}", f"localhost:{port}"}), Path(folder))
        print(f"cleanmedia play: http://127.0.0.1:{port}/ (Ctrl-C ends it)", flush=True)
        if browser:
            import webbrowser

            webbrowser.open(
                f"http://127.0.0.1:{port}/"
            )  # the socket listens already, so the request waits for the server
        config = uvicorn.Config(
            app,
            http=Protocol,
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=2,
        )
        try:
            uvicorn.Server(config).run(sockets=[listening])
        except KeyboardInterrupt:  # raised after the server has shut down
            pass
        except SystemExit as ended:
            if ended.code != 128 + SIGINT:
                raise
