"""Makes passkey attempts on sign-in pages fail at once: nobody can touch a security key here, and the page then offers
another method (facts/real-pages-2026.md 7.8, B). No passkey can be registered either."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import split

if TYPE_CHECKING:
    from playwright.async_api import Page

REGISTRATION_HOST = "mysignins.microsoft.com"
"""Where security info is registered."""
_REFUSING = """((hosts) => {
  if (!hosts.includes(location.hostname) || typeof CredentialsContainer === 'undefined') return;
  const refusal = () => new DOMException('The operation either timed out or was not allowed.', 'NotAllowedError');
  // An offer beside the name's field waits until somebody uses it, or the page withdraws it.
  const waiting = (signal) => new Promise((_, reject) => {
    const withdraw = () => reject(signal.reason || new DOMException('Aborted', 'AbortError'));
    if (signal && signal.aborted) withdraw();
    else if (signal) signal.addEventListener('abort', withdraw, { once: true });
  });
  for (const name of ['get', 'create']) {
    const own = CredentialsContainer.prototype[name];
    const value = function (options) {
      if (!options || !options.publicKey) return own.call(this, options);
      return options.mediation === 'conditional' ? waiting(options.signal) : Promise.reject(refusal());
    };
    Object.defineProperty(CredentialsContainer.prototype, name, { value, configurable: true, writable: true });
  }
})"""


async def refuse_passkeys(tab: Page, hosts: HostPolicy) -> None:
    """Let every passkey attempt on a sign-in page of `tab` fail at once, from now on."""
    script = f"{_REFUSING}({json.dumps(sorted({*hosts.sign_in, REGISTRATION_HOST}))})"
    # Neither goes through the page's content policy. A page that is being left gets the first.
    await tab.add_init_script(script)
    await or_default(tab.evaluate(script), None, unless_closed=tab)
    if "/fido/" in split(tab.url).path:
        await tab.reload(wait_until="commit")  # its attempt began before, and would never end
