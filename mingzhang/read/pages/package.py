"""Office files are zip archives of XML: opened within bounds, without entities, links or macros."""

import zipfile
from pathlib import Path

from lxml import etree

from mingzhang.read.errors import ReadError

MOST = 512 << 20
"""Bytes that all parts of one file may unpack to."""

RATIO = 400
"""How many times larger than packed a part may be (a zip bomb is larger)."""


class Package:
    """The parts of one office file. Raises ReadError for a broken, encrypted or oversized one."""

    def __init__(self, path: str | Path) -> None:
        self.path = str(path)
        try:
            self._zip = zipfile.ZipFile(path)
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise ReadError(self.path, "broken", "文件已损坏，无法打开；请重新下载，或用原软件打开后另存") from None
        if any(i.flag_bits & 1 for i in infos):
            raise ReadError(self.path, "encrypted", "文件已加密，需要密码才能打开；请取消密码后另存")
        if sum(i.file_size for i in infos) > MOST or any(
            i.file_size > (1 << 20) and i.file_size > RATIO * max(1, i.compress_size) for i in infos
        ):
            raise ReadError(self.path, "too-large", "解压后过大，不像一份公开文本；请检查文件来源")
        self.names = {i.filename for i in infos}

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, or None where the file has no such part."""
        if name not in self.names:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            data = self._zip.read(name)
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError, EOFError, OSError, ValueError):
            raise ReadError(self.path, "broken", f"文件内容已损坏（{name}）；请用原软件打开后另存") from None
        except Exception as error:  # zlib.error and friends of a damaged archive
            if type(error).__name__ != "error":
                raise
            raise ReadError(self.path, "broken", f"文件内容已损坏（{name}）；请用原软件打开后另存") from None

    def close(self) -> None:
        self._zip.close()
