"""Looks for SharePoint's icon, follows it, and looks at the page of all apps."""

from __future__ import annotations

from troubleshooter.browser.opening import open_page
from troubleshooter.browser.waits import short_wait
from troubleshooter.pages.apps_shown import apps_shown
from troubleshooter.pages.cover import uncover
from troubleshooter.pages.launcher import SHAREPOINT, Launcher, addresses_of_all_apps
from troubleshooter.pages.page_answer import check_answer
from troubleshooter.survey.addresses import app_address
from troubleshooter.survey.question import NO, YES
from troubleshooter.survey.walk import Walk

_WHERE = {
    "the home page": "on the home page",
    "the app launcher": "in the app launcher",
    "the app launcher in the drawer": "in the app launcher in the drawer",
    "the menu of the row Apps": "in the menu of the row Apps",
}
_HREF = "(e) => { const link = e.closest('a[href]') || e.querySelector('a[href]'); return link ? link.href : ''; }"


async def look_for_icon(walk: Walk) -> None:
    """Look for SharePoint's icon as a run does, and follow it."""
    tab, tenant = walk.main, walk.asked.tenant
    launcher = Launcher(tab, walk.timeout, "home", addresses_of_all_apps(tenant.home, tenant.cloud))
    search = await launcher.find(SHAREPOINT)
    await walk.traffic(tab).settle(walk.timeout)
    await walk.keep("launcher", tab)
    walk.answer("apps.sharepoint-by", search.by or "nothing", apps=await apps_shown(tab))
    if search.icon is None:
        walk.answer("apps.sharepoint-where", "nowhere")
        return
    last = search.where[-1] if search.where else "the home page"
    walk.answer("apps.sharepoint-where", _WHERE.get(last, "on the page of all apps"))
    walk.answer("apps.sharepoint-leads", app_address(str(await search.icon.locator.evaluate(_HREF))))
    await uncover(search.icon.locator, short_wait(walk.timeout))
    opened = await walk.session.follow(tab, search.icon.locator.click)
    walk.answer("apps.new-tab", YES if opened is not tab else NO)
    walk.turn_to(opened)
    await walk.arrive(opened, tenant.sharepoint)


async def look_at_all(walk: Walk) -> None:
    """Open the page of all apps by its address, in a tab of its own."""
    tenant = walk.asked.tenant
    tab = await walk.new_tab(aside=True)
    try:
        for address in addresses_of_all_apps(tenant.home, tenant.cloud):
            answer = await open_page(tab, address, "domcontentloaded")
            if answer and answer.status < 400:
                break
        check_answer(answer.status if answer else 0, address, tab.url)
        await walk.traffic(tab).settle(walk.timeout)
        await walk.keep("all-apps", tab)
        shown = await apps_shown(tab)
        links = sum(row.get("leads to") != "no address" for row in shown)
        walk.answer("apps.cards", len(shown), with_an_address=links, apps=shown)
    finally:
        await tab.close()
