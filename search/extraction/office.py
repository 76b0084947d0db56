"""LibreOffice as a program of the system: turns old files into .docx, reaching nothing beside them.

It runs inside the bounded process, in the folder that goes with it, with a profile of its own that runs no
macro and follows no link; the network is cut besides where the system allows that.
"""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from .refusals import ReadingFailed

_SECONDS = 90
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}</oor:items>
"""
_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    # Nothing listens there: what asks for the network although links are blocked gets no further.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    ("/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled",
     "false"),
)  # fmt: skip


@cache
def program() -> str:
    """The path of LibreOffice, "" when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def is_installed() -> bool:
    """Whether LibreOffice is on this machine."""
    return bool(program())


def to_docx(data: bytes, extension: str, name: str) -> bytes:
    """The same document as .docx, as in `to_docx(data, "doc", "cong-van.doc")[:2] == b"PK"`.

    Errors: ReadingFailed when LibreOffice does not manage it.
    """
    place = Path.cwd()
    profile, source, target = place / "profile", place / f"source.{extension}", place / "target"
    (profile / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _SETTINGS)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")
    source.write_bytes(data)
    command = [
        program(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
        "--nodefault", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target), str(source),
    ]  # fmt: skip
    environment = {
        "HOME": str(place),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "SAL_USE_VCLPLUGIN": "svp",
        "TMPDIR": str(place),
    }
    try:
        subprocess.run(
            command, env=environment, cwd=place, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return (target / "source.docx").read_bytes()
    except (subprocess.TimeoutExpired, OSError) as error:
        raise ReadingFailed(
            f"LibreOffice không đọc được tệp “{name}”. Hãy mở bằng Word, lưu lại thành .docx rồi tải lên."
        ) from error
