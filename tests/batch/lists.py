"""A tenant and a way to write lists, for tests of what reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooter.batch.user_list import UserList, read_users
from troubleshooter.errors import InputErrors
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.tenant import Tenant

TENANT = Tenant(
    name="Contoso",
    home="https://www.office.com",
    sharepoint="https://contoso.sharepoint.com",
    my="https://contoso-my.sharepoint.com",
    cloud="worldwide",
    sign_in_hosts=(),
    accounts={"helpdesk": Account(username="helpdesk@contoso.com"), "carmen": Account(username="carmen@contoso.com")},
    file="contoso.toml",
)
TEAM = "https://contoso.sharepoint.com/sites/hr/SitePages/Team.aspx"
NEWS = "https://contoso.sharepoint.com/sites/hr/SitePages/News.aspx"


def written(folder: Path, content: str | bytes) -> Path:
    """Write a list into `folder`."""
    path = folder / "users.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, content: str | bytes) -> UserList:
    """Return the list that a file with this content is."""
    return read_users(written(folder, content), TENANT)


def mistakes(folder: Path, content: str | bytes) -> list[str]:
    """Return what is wrong with a list, line by line, without the file's path."""
    path = written(folder, content)
    with pytest.raises(InputErrors) as error:
        read_users(path, TENANT)
    return [line.removeprefix(f"{path}: ") for line in error.value.lines]
