"""A private PostgreSQL on loopback that starts and stops with the tests; never the machine's own."""

import atexit
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg


def binaries() -> Path:
    """Find the newest PostgreSQL server on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise RuntimeError("PostgreSQL is missing: ./check installs it, or: apt-get install postgresql")
    return Path(on_path).parent


class Cluster:
    """A running server of our own."""

    def __init__(self, folder: Path) -> None:
        self._bin, self._folder, self._made = binaries(), folder, 0
        self.data = folder / "data"
        """Where the server keeps every byte of its databases."""
        self._password = secrets.token_urlsafe(16)
        self.port = _free_port()
        secret = folder / "password"
        secret.write_text(self._password)
        _give(folder)
        self._run(
            "initdb", "-D", str(self.data), "-U", "ticketdesk", "-E", "UTF8", "--locale=C", "--no-sync",
            "--auth=scram-sha-256", f"--pwfile={secret}",
        )  # fmt: skip
        # nothing of this server is worth a power cut, and it says so to the program that would refuse it
        settings = (
            f"listen_addresses='127.0.0.1'\nport={self.port}\nunix_socket_directories=''\nfsync=off\n"
            "full_page_writes=off\nticketdesk.throwaway=on\nshared_buffers=64MB\nmax_connections=60\n"
        )
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(settings)
        self._run("pg_ctl", "-D", str(self.data), "-l", str(folder / "log"), "-w", "-t", "60", "start")

    @property
    def url(self) -> str:
        """Give the address of the server's own database."""
        return self.address("postgres")

    def address(self, name: str) -> str:
        """Give the address of one of its databases."""
        return f"postgresql+psycopg://ticketdesk:{self._password}@127.0.0.1:{self.port}/{name}"

    def create_database(self, template: str | None = None) -> str:
        """Make a database, empty or a copy of another one; give its address."""
        self._made += 1
        name = f"shop_{os.getpid()}_{self._made}"
        copied = f' TEMPLATE "{template.rsplit("/", 1)[1]}"' if template else ""
        self._execute(f'CREATE DATABASE "{name}"{copied}')
        return self.address(name)

    def drop_database(self, url: str) -> None:
        """Drop a database, whoever is still connected."""
        self._execute(f'DROP DATABASE IF EXISTS "{url.rsplit("/", 1)[1]}" WITH (FORCE)')

    def stop(self) -> None:
        """Stop the server."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def start(self) -> None:
        """Start the server again, after ``stop``."""
        self._run("pg_ctl", "-D", str(self.data), "-l", str(self._folder / "log"), "-w", "start")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        # a server refuses to run as root, and its log must not hold our output open
        user = _user()
        with (self._folder / "out").open("ab") as out:
            subprocess.run(
                [str(self._bin / program), *arguments],
                check=True, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=self._folder,
                user=user, group=pwd.getpwnam(user).pw_gid if user else None, extra_groups=[] if user else None,
            )  # fmt: skip


@contextmanager
def private_cluster() -> Generator[Cluster]:
    """Run a server for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="ticketdesk-postgres-"))
    cluster = Cluster(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _give(folder: Path) -> None:
    user = _user()
    if user is not None:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, user)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
