"""The sign-in traps of the sandbox work in Chromium."""

import time

import pyotp
import pytest
from playwright.async_api import expect

expect.set_options(timeout=20_000)  # tests share the machine's cores


@pytest.fixture
async def page(browser):
    context = await browser.new_context(locale="de-DE")
    page = await context.new_page()
    yield page
    await context.close()


async def opened(page, tenant, fault):
    tenant.set_fault(fault)
    await page.goto("https://www.office.com/?auth=2")


async def named(page, tenant):
    await page.locator("#i0116:not(.moveOffScreen)").fill(tenant.subject)
    await page.locator("#idSIButton9").click()


async def let_in(page, tenant):
    await named(page, tenant)
    await page.locator("#i0118:not(.moveOffScreen)").fill(tenant.password)
    await page.locator("#idSIButton9").click()


def asked_who(tenant):
    return [entry for entry in tenant.journal.requests if entry.path == "/common/GetCredentialType"]


async def test_clicks_right_after_typing_are_lost_only_under_the_fault(tenant, page):
    """A click right after typing is ignored; half a second later, or without the fault, it counts."""
    await opened(page, tenant, "swallowed-clicks")
    typed = time.monotonic()
    await named(page, tenant)
    await page.keyboard.press("Enter")
    if time.monotonic() - typed < 0.5:
        assert asked_who(tenant) == []
    await page.wait_for_function("() => performance.now() > (window.then ??= performance.now()) + 550")
    await page.locator("#idSIButton9").click()
    await expect(page.locator("#i0118")).to_be_in_viewport()
    await expect(page.locator("#idBtn_Back")).to_be_visible()
    assert len(asked_who(tenant)) == 1
    await opened(page, tenant, "healthy")
    await named(page, tenant)
    await expect(page.locator("#idBtn_Back")).to_be_visible()


async def test_sign_in_runs_only_its_own_scripts(tenant, page):
    """Sign-in's policy refuses inline scripts without its nonce, and evaluation; other hosts have no such policy."""
    inline = """() => {
      const added = document.createElement("script");
      added.textContent = "window.ran = true;";
      document.head.append(added);
      return Boolean(window.ran);
    }"""
    await opened(page, tenant, "healthy")
    assert not await page.evaluate(inline)
    await let_in(page, tenant)
    await page.locator("#idSIButton9").click()  # stays signed in
    await page.wait_for_url("https://m365.cloud.microsoft/**")
    assert await page.evaluate(inline)


async def test_a_page_can_come_before_its_config_and_its_body(tenant, page):
    """A late page first has neither its config nor its body, then the config, and then the view."""
    await opened(page, tenant, "late-config")
    assert await page.evaluate("[typeof $Config, document.body.style.display]") == ["undefined", "none"]
    await page.wait_for_function("() => window.$Config")
    assert await page.evaluate("document.body.style.display") == "none"
    await expect(page.locator("#i0116")).to_be_visible()


async def test_of_two_tiles_with_one_name_only_the_visible_one_counts(tenant, page):
    """The hidden tile does nothing; the visible one leads to the password of that user."""
    await opened(page, tenant, "picker")
    tiles = page.locator(f'#tilesHolder .table[role=button][data-test-id="{tenant.subject}" i]')
    await expect(tiles).to_have_count(2)
    await tiles.first.dispatch_event("click")
    assert asked_who(tenant) == []
    await tiles.last.click()
    await expect(page.locator("#displayName")).to_have_text("Ana.Popescu@Contoso.com")
    await expect(page.locator("#tilesHolder")).to_be_hidden()
    assert len(asked_who(tenant)) == 1
    await expect(page.locator(".password-title")).to_have_text("Kennwort eingeben")


async def test_another_account_and_work_or_personal(tenant, page):
    """ "Use another account" and "Work or school account" both lead to the password."""
    await opened(page, tenant, "picker-other")
    await page.locator("#otherTile").click()
    await named(page, tenant)
    await expect(page.locator(".password-title")).to_be_visible()
    await opened(page, tenant, "work-or-personal")
    await named(page, tenant)
    await page.locator("#aadTile").click()
    await expect(page.locator(".password-title")).to_be_visible()


async def test_a_notice_on_the_empty_field_is_not_a_refusal(tenant, page):
    """A password notice is visible although the code is that of a fresh page; the checkbox may be invisible."""
    await opened(page, tenant, "password-notice")
    await named(page, tenant)
    await expect(page.locator("#passwordError")).to_be_visible()
    assert await page.evaluate("$Config.sErrorCode") == "50058"
    await opened(page, tenant, "kmsi-hidden-checkbox")
    await let_in(page, tenant)
    await expect(page.locator("#KmsiDescription")).to_be_visible()
    assert not await page.locator("#KmsiCheckboxField").evaluate(
        "box => box.checkVisibility({ opacityProperty: true })"
    )


async def test_a_code_is_refused_on_the_page_and_a_right_one_is_sent_once(tenant, page):
    """A wrong code shows an error on the page, the right code is sent once, and finished views stay hidden."""
    asked = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    await opened(page, tenant, "mfa-other-way")
    await let_in(page, tenant)
    await expect(page.locator("#idDiv_SAOTCAS_Title")).to_be_visible()
    await page.locator("#signInAnotherWay").click()
    await page.locator('[data-value="PhoneAppOTP"]').click()
    await expect(page.locator("#idDiv_SAOTCAS_Title")).to_be_hidden()
    # A poll would be due.
    await page.wait_for_function("() => performance.now() > (window.then ??= performance.now()) + 400")
    good = pyotp.TOTP(tenant.totp_seed).now()
    for code in (f"{(int(good) + 1) % 10**6:06}", good):
        await page.locator("#idTxtBx_SAOTCC_OTC").fill(code)
        await page.locator("#idSubmit_SAOTCC_Continue").click()
        if code != good:
            await expect(page.locator("#idSpan_SAOTCC_Error_OTC")).to_be_visible()
    await expect(page.locator("#KmsiDescription")).to_be_visible()
    sent = [(credential.kind, credential.right) for credential in tenant.journal.credentials]
    assert sent == [("password", True), ("code", False), ("code", True)]
    assert len([body for body in asked if "PhoneAppOTP" in body]) == 2  # no request was sent without a code


async def test_a_number_changes_before_it_is_approved(tenant, page):
    """The number changes, and the page continues by itself after the approval."""
    await opened(page, tenant, "mfa-number-changes")
    await let_in(page, tenant)
    await expect(page.locator("#idRichContext_DisplaySign")).to_be_visible()
    first = await page.locator("#idRichContext_DisplaySign").inner_text()
    assert first.isdecimal() and len(first) == 2
    await expect(page.locator("#idRichContext_DisplaySign")).not_to_have_text(first)
    await expect(page.locator("#KmsiDescription")).to_be_visible(timeout=15000)


async def test_a_denied_request_shows_its_own_view(tenant, page):
    """A denied request shows its own view, and the number's view stays in the document, hidden."""
    await opened(page, tenant, "mfa-denied")
    await let_in(page, tenant)
    await expect(page.locator("#idDiv_SAASDS_Title")).to_be_visible(timeout=15000)
    await expect(page.locator("#idDiv_SAOTCAS_Title")).to_be_hidden()
    await expect(page.locator("#idA_SAASDS_Resend")).to_be_visible()


@pytest.mark.parametrize("fault", ["adfs-paged", "okta"])
async def test_a_companys_own_page_signs_in(tenant, page, fault):
    """AD FS takes the password on its second page and Okta by script; it arrives once, at the provider's host."""
    await opened(page, tenant, fault)
    await named(page, tenant)
    if fault == "okta":
        await page.locator("#okta-signin-password").fill(tenant.password)
        await page.locator("#okta-signin-submit").click()
    else:
        await expect(page.locator("#passwordInput")).to_be_hidden()
        await page.locator("#nextButton").click()
        await page.locator("#passwordInput").fill(tenant.password)
        await page.locator("#submitButton").click()
    await expect(page.locator("#KmsiDescription")).to_be_visible()
    (credential,) = tenant.journal.credentials
    assert credential.host in tenant.federated_hosts
