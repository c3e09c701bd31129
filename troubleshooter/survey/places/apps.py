"""Looks for SharePoint's icon, follows it, and looks at the page of all apps."""

from __future__ import annotations

from troubleshooter.browser.opening import open_page
from troubleshooter.browser.waits import short_wait
from troubleshooter.pages.apps_shown import AppShown, apps_shown
from troubleshooter.pages.cover import uncover
from troubleshooter.pages.launcher import SHAREPOINT, Launcher, addresses_of_all_apps
from troubleshooter.pages.noted import note_found, watch_clicks
from troubleshooter.pages.page_answer import check_answer
from troubleshooter.survey.addresses import app_address, whose_host
from troubleshooter.survey.question import NO, YES
from troubleshooter.survey.walk import Walk
from troubleshooter.urls import host_of

_WHERE = {
    "the home page": "on the home page",
    "the app launcher": "in the app launcher",
    "the app launcher in the drawer": "in the app launcher in the drawer",
    "the menu of the row Apps": "in the menu of the row Apps",
}


async def look_for_icon(walk: Walk) -> None:
    """Look for SharePoint's icon as a run does, and follow it."""
    tab, tenant = walk.main, walk.asked.tenant
    launcher = Launcher(
        tab, walk.timeout, "home", addresses_of_all_apps(tenant.home, tenant.cloud), host_of(tenant.sharepoint)
    )
    await watch_clicks(tab)
    search = await launcher.find(SHAREPOINT)
    await walk.traffic(tab).settle(walk.timeout)
    if search.icon:
        await note_found(search.icon.locator, "sharepoint-icon")
    await walk.keep("launcher", tab)
    shown = await apps_shown(tab, of=SHAREPOINT.name)
    walk.answer("apps.sharepoint-by", search.by or "nothing", apps=[_row(walk, one) for one in shown])
    if search.icon is None:
        walk.answer("apps.sharepoint-where", "nowhere")
        return
    last = search.where[-1] if search.where else "the home page"
    walk.answer("apps.sharepoint-where", _WHERE.get(last, "on the page of all apps"))
    chosen = next((_row(walk, one) for one in shown if one.chosen), {})
    walk.answer("apps.sharepoint-leads", str(chosen.pop("leads to", "no address")), **chosen)
    await uncover(search.icon.locator, short_wait(walk.timeout))
    opened = await walk.session.follow(tab, search.icon.locator.click)
    walk.answer("apps.new-tab", YES if opened is not tab else NO)
    walk.turn_to(opened)
    await walk.arrive(opened, tenant.sharepoint)


def _row(walk: Walk, app: AppShown) -> dict[str, object]:
    """Return what an element with an app's name is, in words that an answer may have."""
    row: dict[str, object] = {"app": app.name, "element": app.tag, "role": app.role or "none given"}
    row |= {"inside": app.part, "leads to": app_address(app.address)}
    if app.address:
        row |= {"host": whose_host(app.address, walk.asked.tenant), "by attribute": walk.cleaner.name(app.by)}
    return {**row, "has an id": app.id, "visible": app.shown, "chosen": app.chosen}


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
        names = {app.name for app in shown}
        leading = {app.name for app in shown if app.address}
        rows = [_row(walk, app) for app in shown]
        walk.answer("apps.cards", len(names), with_an_address=len(leading), apps=rows)
    finally:
        await tab.close()
