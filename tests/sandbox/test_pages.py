"""The sandbox's pages as they are served and as Chromium renders them."""

import html
import json
import re

from playwright.async_api import expect

PEOPLE_PART = "7f718435-ee4d-431c-bdbf-9c4ff326f46e"
REGION = '[data-automation-id="contentScrollRegion"]'


def test_a_page_carries_its_own_canvas(tenant, enter):
    """A page contains its stored canvas, with one element per control and the web parts' data."""
    page = enter().visit(tenant.pages[0]).text
    data = [json.loads(html.unescape(text)) for text in re.findall(r'data-sp-webpartdata="([^"]+)"', page)]
    assert [part["id"] for part in data] == [PEOPLE_PART, PEOPLE_PART, "cbe7b0a9-3504-44dd-a3a3-0e5cacd07788"]
    assert 'data-sp-prop-name="persons[0].email" data-sp-searchableplaintext="true">lars.hansen@contoso.com<' in page


def test_a_page_that_is_not_there_looks_like_sharepoint(tenant, enter):
    """A missing page returns 404 in the requested language."""
    address = f"{tenant.sharepoint}/sites/communications/SitePages/Nothing.aspx"
    answer = enter().visit(address, headers={"Accept-Language": "ro"})
    assert (answer.status, "FIȘIERUL NU A FOST GĂSIT" in answer.text) == (404, True)


def test_every_demo_page_is_listed_on_the_start_page(tenant, enter):
    """The start page links to every page of the demo."""
    start = enter().visit(f"{tenant.sharepoint}/_layouts/15/sharepoint.aspx").text
    assert all(page.removeprefix(tenant.sharepoint) in start for page in tenant.pages)


async def sign_in(page, tenant, account="ana"):
    await page.goto(tenant.home)
    await page.locator("#hero-banner-sign-in-microsoft-365-link").click()
    await page.locator("#i0116").fill(tenant.accounts[account])
    await page.locator("#idSIButton9").click()
    await page.locator("#i0118:not(.moveOffScreen)").fill(tenant.password)
    await page.locator("#idSIButton9").click()
    await expect(page.locator("#KmsiCheckboxField")).to_be_visible()
    await page.locator("#idBtn_Back").click()
    await expect(page.locator("#O365_MainLink_Me")).to_be_visible()


async def test_a_person_can_click_through_the_tenant(tenant, browser, tmp_path):
    """Sign-in, account panel, launcher, SharePoint in a new tab and a page all work without an error."""
    context = await browser.new_context(viewport={"width": 1280, "height": 720})
    trouble = []
    context.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: trouble.append(str(error.error)))
    page = await context.new_page()
    await sign_in(page, tenant)
    await expect(page.locator("#O365_MainLink_MePhoto")).to_be_visible()
    await page.locator("#O365_MainLink_Me").click()
    await expect(page.locator("#mectrl_main_body.expanded")).to_be_visible()
    await expect(page.locator("#mectrl_currentAccount_secondary")).to_have_text(tenant.subject)
    picture = page.locator(
        "#mectrl_currentAccount_picture_profile_picture.mectrl_profilepic:not(.mectrl_profilepic_initials)"
    )
    await expect(picture).to_have_attribute("style", re.compile("background-image"))
    await page.keyboard.press("Escape")
    await page.locator("#O365_MainLink_NavMenu").click()
    async with context.expect_page() as opened:
        await page.locator("#O365_AppTile_Sites").click()
    tab = await opened.value
    await expect(tab).to_have_url(f"{tenant.sharepoint}/_layouts/15/sharepoint.aspx")
    await tab.get_by_text("Our Team").click()
    await expect(tab.locator(".ms-Persona-primaryText").nth(11)).to_be_visible()
    shot = tmp_path / "our-team.png"
    await tab.screenshot(path=shot)
    assert shot.stat().st_size > 40_000
    assert trouble == []
    assert [entry for entry in tenant.journal.requests if entry.kind == "unexpected"] == []


async def test_cards_are_drawn_when_they_come_near(tenant, browser):
    """The second web part is empty until the page is scrolled; then its pictures arrive."""
    page = await (await browser.new_context(viewport={"width": 1280, "height": 720})).new_page()
    await sign_in(page, tenant)
    await page.goto(tenant.pages[0])
    parts = page.locator(f'[data-sp-web-part-id="{PEOPLE_PART}"]')
    await expect(parts).to_have_count(2)
    await expect(parts.nth(0).locator(".ms-Persona")).to_have_count(12)
    assert await parts.nth(1).locator(".ms-Persona").count() == 0
    asked = [entry.path for entry in tenant.journal.requests if "Profile" in entry.path]
    assert asked == []
    await page.locator(REGION).evaluate("region => region.scrollTo(0, region.scrollHeight)")
    await expect(parts.nth(1).locator(".ms-Persona")).to_have_count(5)
    await expect(parts.nth(1).locator('a[href="mailto:ana.popescu@contoso.com"]')).to_be_visible()
    image = parts.nth(1).locator(".ms-Persona", has=page.locator('a[href^="mailto:ana.popescu@"]')).locator("img")
    await image.evaluate("image => image.decode()")
    assert await image.evaluate("image => image.naturalWidth") == 96
    initials = parts.nth(1).locator(".ms-Persona-initials", has_text="NB")
    await expect(initials).to_be_visible()


async def test_every_way_to_draw_an_avatar_is_there(tenant, browser):
    """Pages render avatars as backgrounds and canvases, in a shadow root and a frame, and with the newer markup."""
    page = await (await browser.new_context(viewport={"width": 1280, "height": 2000})).new_page()
    await sign_in(page, tenant)
    await page.goto(tenant.pages[0].replace("Our-Team", "Directory"))
    await expect(page.locator('[style*="userphoto.aspx"]')).to_have_count(2)
    await expect(page.locator("canvas[data-drawn=true]")).to_have_count(2)
    await expect(page.locator("sandbox-person .ms-Persona")).to_have_count(2)
    inside = page.frame_locator("iframe.people-frame").locator(".ms-Persona img").first
    await expect(inside).to_be_visible()
    assert await page.evaluate("document.querySelectorAll('.people-host .ms-Persona').length") == 4
    await page.goto(tenant.pages[0].replace("Our-Team", "New-Look"))
    await expect(page.locator(".fui-Avatar img")).to_have_count(3)
    await page.goto(tenant.pages[0].replace("Our-Team", "Namesakes"))
    await expect(page.locator(".ms-Persona-primaryText", has_text="Ana Popescu")).to_have_count(4)


async def test_comments_and_profile_card(tenant, browser):
    """A comment's avatar is a canvas with its source's URL; the profile card shows the people service's photo."""
    page = await (await browser.new_context(viewport={"width": 1280, "height": 720})).new_page()
    await sign_in(page, tenant, "helpdesk")
    await page.goto(tenant.pages[1])
    await page.locator(".byline").hover()
    card = page.locator('[role=dialog][data-lpc-card-for="byline-0"]')
    await expect(card.locator('a[href="mailto:ana.popescu@contoso.com"]')).to_be_visible()
    photo = card.locator('img[src*="loki.delve.office.com/api/v2/personaphoto?aadObjectId="]')
    await photo.evaluate("image => image.decode()")
    assert await photo.evaluate("image => image.naturalWidth") == 120
    await page.locator(REGION).evaluate("region => region.scrollTo(0, region.scrollHeight)")
    canvases = page.locator('[data-automation-id="sp-comment-block-root"] canvas[data-fingerprint]')
    await expect(canvases).to_have_count(3)
    await expect(canvases.nth(1)).to_have_attribute("data-src", re.compile(r"userphoto\.aspx.*ana\.popescu%40contoso"))


async def test_initials_are_shown_where_there_is_no_photo(tenant, browser):
    """Both headers and the account panel show initials if there is no photo."""
    tenant.set_fault("no-photo")
    page = await (await browser.new_context()).new_page()
    await sign_in(page, tenant)
    await expect(page.locator("#meInitialsButton")).to_have_text("AP")
    await page.locator("#O365_MainLink_Me").click()
    await expect(page.locator(".mectrl_profilepic_initials")).to_have_text("AP")
    await page.goto(tenant.sharepoint)
    await expect(page.locator("#meInitialsButton")).to_have_text("AP")
    await expect(page.locator("#O365_MainLink_MePhoto")).to_have_count(0)


async def test_broken_and_slow_pictures_never_finish(tenant, browser):
    """A refused photo is a broken picture, and a photo that hangs leaves the initials."""
    tenant.set_fault("broken-image")
    page = await (await browser.new_context()).new_page()
    await sign_in(page, tenant)
    await page.goto(tenant.pages[1], wait_until="domcontentloaded")
    image = page.locator(f'[data-sp-web-part-id="{PEOPLE_PART}"] img').first
    await expect(image).to_have_js_property("complete", True)
    assert await image.evaluate("image => image.naturalWidth") == 0
    tenant.set_fault("slow-images")
    await page.goto(tenant.pages[1].replace("News-Office-Move", "Leadership"), wait_until="domcontentloaded")
    await expect(image).to_be_attached()
    assert await image.evaluate("image => image.complete") is False
    await expect(page.locator(".ms-Persona-initials").first).to_be_visible()


async def test_an_unknown_user_is_reported_on_the_email_view(tenant, browser):
    """The email view reports the unknown user, and the back arrow returns to it from the password view."""
    page = await (await browser.new_context()).new_page()
    await page.goto(f"{tenant.home}/?auth=2")
    await page.locator("#i0116").fill("nobody@contoso.com")
    await page.locator("#idSIButton9").click()
    await expect(page.locator("#usernameError")).to_be_visible()
    await page.locator("#i0116").fill(tenant.subject)
    await page.locator("#idSIButton9").click()
    await expect(page.locator("#displayName")).to_have_text(tenant.subject)
    await page.locator("#idBtn_Back").click()
    await expect(page.locator("#i0116")).to_be_visible()
    assert tenant.journal.credentials == []
