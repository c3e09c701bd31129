"""Says with which options a command starts its browser."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from troubleshooter.browser import launch
from troubleshooter.browser.proxy import proxy_of

if TYPE_CHECKING:
    from troubleshooter.run.request import RunSettings
    from troubleshooter.tenant.file import Network


def launch_options(settings: RunSettings, network: Network | None) -> launch.Options:
    """Return the options with which `settings` start the browser; on a lab `network` there is no proxy.

    Raises:
        InputError: the proxy of the environment is not valid.
    """
    return launch.Options(
        browser=settings.browser,
        executable=settings.executable,
        headed=settings.in_window,
        ui_locale=settings.ui_locale,
        timeout=settings.timeout,
        proxy=None if network else proxy_of(settings.proxy, os.environ),
    )
