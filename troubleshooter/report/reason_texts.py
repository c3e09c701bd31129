"""Contains what each reason means to the reader, and what to do about it, with one entry for every `Reason`."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.locale import N_
from troubleshooter.model.enums import Reason


@dataclass(frozen=True)
class ReasonTexts:
    """The report's texts about a reason. Each text is English and a key of the catalogues."""

    name: str
    """A few words, to be shown beside a step."""
    explain: str
    """One sentence about what happened."""
    do: str
    """What to do to get an answer."""
    do_as_user: str = ""
    """The same after a run in the user's own session, if that changes it."""
    explain_unseen: str = ""
    """What happened, where no picture of the person was seen at all, if that changes it."""
    do_unseen: str = ""
    """What to do then."""


REASONS: dict[Reason, ReasonTexts] = {
    Reason.NOT_REACHED: ReasonTexts(
        N_("a place could not be reached"),
        N_("A requested place could not be reached."),
        N_("See the reason in the list of what could not be seen, look there yourself, or leave it out of --surfaces."),
    ),
    Reason.OWN_SESSION_ONLY: ReasonTexts(
        N_("visible only to the user"),
        N_("A requested place shows only the photo of whoever is signed in, and that was not the user."),
        N_("Run the check as the user, or leave that place out of --surfaces."),
    ),
    Reason.NO_REFERENCE: ReasonTexts(
        N_("nothing to compare with"),
        N_("The photo could not be read at its source, so there was nothing to compare the other photos with."),
        N_("Run the check again, signed in as the user, or give the right photo with --expect."),
        N_("Run the check again, or give the right photo with --expect."),
        N_("No picture of this person was found anywhere, so nothing could be compared."),
        N_("Run the check again, and use --page to name a page that shows the person."),
    ),
    Reason.SUBJECT_NOT_ON_PAGE: ReasonTexts(
        N_("the person is not on the page"),
        N_("A page does not show the person whose photo is checked."),
        N_("Choose a page that this person wrote, or whose People web part includes them, and run the check again."),
    ),
    Reason.SUBJECT_NOT_IDENTIFIED: ReasonTexts(
        N_("not certain whose picture it is"),
        N_("A picture was found, but nothing proved whose it is. People with the same name may be on one page."),
        N_("Choose a page that shows the person with a mail address or a profile card, and run the check again."),
    ),
    Reason.USER_NOT_FOUND: ReasonTexts(
        N_("no such user was found"),
        N_("SharePoint has no profile for this address, no visited page shows it, and no photo was found for it."),
        N_(
            "Correct the address after --subject, and run the check again. A new account, or one without a "
            "SharePoint license, may not show up yet."
        ),
    ),
    Reason.USER_NOT_CONFIRMED: ReasonTexts(
        N_("nothing shows that there is such a user"),
        N_(
            "Only placeholders were seen, which are shown for any address, and SharePoint did not say whether it knows "
            "this one."
        ),
        N_(
            "Make sure that the address after --subject is right. Then run the check again, either with a page that "
            "shows the user or as that user."
        ),
    ),
    Reason.PAGE_MISSING: ReasonTexts(
        N_("the page was not found"),
        N_("SharePoint says that there is no page at one of the given addresses."),
        N_("Open the address in a browser, correct it, and run the check again."),
    ),
    Reason.PAGE_FORBIDDEN: ReasonTexts(
        N_("no access to the page"),
        N_("The account that ran the check is not allowed to open a page."),
        N_("Ask the owner of the site for access, or run the check as somebody who has it."),
    ),
    Reason.PAGE_CHANGED: ReasonTexts(
        N_("the page has an unknown layout"),
        N_("The layout of a page is not one that this check knows, so nothing was guessed."),
        N_("Compare by eye in the picture of the step, and send this report to whoever maintains this tool."),
    ),
    Reason.PICTURES_REFUSED: ReasonTexts(
        N_("session control refused pictures"),
        N_("The company’s session control kept pictures from the pages, so they do not count as seen."),
        N_("Ask the admin to exempt this account or computer from session control, and run the check again."),
    ),
    Reason.IMAGES_NOT_SETTLED: ReasonTexts(
        N_("pictures did not finish loading"),
        N_("Pictures on a page were still loading when the time limit was reached, so they do not count as seen."),
        N_("Run the check again; on a slow network, allow more time, for example --timeout 90."),
    ),
    Reason.TOO_SMALL: ReasonTexts(
        N_("too small to compare"),
        N_("A picture is too small to tell two photos apart."),
        N_("Choose a page that shows the person larger, such as a People web part, and run the check again."),
    ),
    Reason.TOO_FEW_SIGHTINGS: ReasonTexts(
        N_("too few pictures seen"),
        N_("The photo was seen in too few places to draw a conclusion about all of them."),
        N_("Use --page to name a page that shows the person, and run the check again."),
    ),
    Reason.PAGE_FAILED: ReasonTexts(
        N_("page answered with an error"),
        N_("SharePoint answered with an error instead of the page."),
        N_("Run the check again later; if the problem persists, check the service health."),
    ),
    Reason.NOT_A_PAGE: ReasonTexts(
        N_("the URL does not open a page"),
        N_("One of the given URLs opens a file, another program or nothing instead of a page."),
        N_("Open the address in a browser, correct it, and run the check again."),
    ),
    Reason.REDIRECT_LOOP: ReasonTexts(
        N_("the page redirects in a loop"),
        N_("One of the given URLs keeps redirecting, so it never shows a page."),
        N_("Open the URL in a private window; if it loops there too, tell the owner of the site."),
    ),
    Reason.PAGE_BLOCKED: ReasonTexts(
        N_("the page is blocked on this computer"),
        N_("The browser, a policy or security software on this computer blocks a page."),
        N_("Ask whoever manages this computer to allow the URL, or run the check on another computer."),
    ),
    Reason.CONNECTION_FAILED: ReasonTexts(
        N_("no connection to the page"),
        N_("The connection to one of the given URLs failed, so that page was not seen."),
        N_("Check the URL and the network, and run the check again."),
    ),
    Reason.UNDETERMINED: ReasonTexts(
        N_("pictures too close to call"),
        N_("Two pictures are neither clearly the same photo nor clearly different ones."),
        N_("Look at the pictures side by side in this report, and run the check again later."),
    ),
    Reason.SIGNED_OUT: ReasonTexts(
        N_("signed out during the check"),
        N_("The session ended while the pages were being read, and could not be renewed."),
        N_("Run the check again. If it happens again, ask the administrator how long sessions last."),
    ),
    Reason.THROTTLED: ReasonTexts(
        N_("too many requests"),
        N_("Microsoft 365 limited the number of requests and asked the check to wait."),
        N_("Run the check again in about fifteen minutes."),
    ),
    Reason.INTERRUPTED: ReasonTexts(
        N_("interrupted"),
        N_("The check was stopped before it finished."),
        N_("Run the check again and let it finish."),
    ),
    Reason.TIME_LIMIT: ReasonTexts(
        N_("time limit reached"),
        N_("The check took longer than it may, so it ended before it had seen everything."),
        N_("See below what it waited for. Run the check again later, or allow more time, for example --max-time 600."),
    ),
    Reason.NOT_SAVED: ReasonTexts(
        N_("a file could not be written"),
        N_("The check could not save a picture or another file, so it ended there."),
        N_("Free up disk space, or choose another folder with --out, and run the check again."),
    ),
    Reason.CRASHED: ReasonTexts(
        N_("ended unexpectedly"),
        N_("The check ended unexpectedly, before there was a result."),
        N_("Run the check again. If it ends at the same step, send this report to whoever maintains this tool."),
    ),
    Reason.HOST_UNREACHABLE: ReasonTexts(
        N_("a server did not answer"),
        N_("A server that the check needs could not be reached."),
        N_("Check the network, the proxy and the addresses in the tenant file, and run the check again."),
    ),
    Reason.PROXY: ReasonTexts(
        N_("the proxy does not let the browser through"),
        N_("The proxy that the browser uses refused the connection or did not respond."),
        N_("Check the proxy’s address, name and password, or ask whoever runs it, and run the check again."),
    ),
    Reason.BROWSER_MISSING: ReasonTexts(
        N_("no browser"),
        N_("The check could not start a browser on this computer."),
        N_("Install Chrome, Edge or Chromium, or name one with --executable."),
    ),
    Reason.UNEXPECTED_HOST: ReasonTexts(
        N_("an unexpected address"),
        N_("The browser was sent to an address that does not belong to this tenant, and went no further."),
        N_("Follow the advice at the step that stopped. Do not type a password on a site that you do not know."),
    ),
    Reason.SESSION_CONTROL: ReasonTexts(
        N_("the session goes through the company’s session control"),
        N_("The company routes this session through Defender for Cloud Apps, so the pages have different URLs."),
        N_("Ask the admin to exempt this account or computer, or allow the visit in the tenant file."),
    ),
    Reason.TENANT_MOVED: ReasonTexts(
        N_("SharePoint has another URL"),
        N_("SharePoint is no longer at the URL in the tenant file."),
        N_("If the tenant was renamed, put the new URL into the tenant file, and run the check again."),
    ),
    Reason.WRONG_PASSWORD: ReasonTexts(
        N_("the password was refused"),
        N_("Microsoft 365 refused the password. It was sent once and not tried again."),
        N_("Correct the password that the tenant file points to, sign in with it by hand, and run the check again."),
    ),
    Reason.UNKNOWN_USER: ReasonTexts(
        N_("the account is not known"),
        N_("Microsoft 365 does not know the account that was to sign in."),
        N_("Correct the user name in the tenant file, and run the check again."),
    ),
    Reason.ACCOUNT_LOCKED: ReasonTexts(
        N_("the account is locked"),
        N_("The account that was to sign in is locked after too many attempts."),
        N_("Ask the administrator to unlock the account, and run the check again."),
    ),
    Reason.ACCOUNT_DISABLED: ReasonTexts(
        N_("the account is disabled"),
        N_("An admin has disabled the account that was to sign in."),
        N_("Ask the administrator to enable the account, or name another one in the tenant file."),
    ),
    Reason.NOT_ASSIGNED: ReasonTexts(
        N_("the account is not allowed to use this app"),
        N_("The account that was to sign in is not assigned to the app."),
        N_("Ask the administrator to assign the account to the app, or name another one in the tenant file."),
    ),
    Reason.PASSWORD_EXPIRED: ReasonTexts(
        N_("the password has expired"),
        N_("The account’s password must be changed before it can sign in. The check does not change it."),
        N_("Change the password by hand, store the new one, and run the check again."),
    ),
    Reason.MFA_NEEDED: ReasonTexts(
        N_("a second factor is needed"),
        N_("The sign-in asks for a second factor that the check cannot provide by itself."),
        N_("Use an account that needs no second factor on this computer, or ask the admin who manages the policy."),
    ),
    Reason.MFA_DENIED: ReasonTexts(
        N_("the second factor was refused"),
        N_("The confirmation was declined, or the code was not accepted."),
        N_("Make sure that the request is the right one, and run the check again."),
    ),
    Reason.MFA_TIMEOUT: ReasonTexts(
        N_("nobody confirmed the sign-in"),
        N_("The sign-in waited for a confirmation that did not come in time."),
        N_("Run the check again with the phone at hand."),
    ),
    Reason.REGISTRATION_NEEDED: ReasonTexts(
        N_("security details are missing"),
        N_("Microsoft 365 requires this account to set up a sign-in method first. The check does not do that."),
        N_("Sign in by hand once, set the method up, and run the check again."),
    ),
    Reason.BLOCKED_BY_POLICY: ReasonTexts(
        N_("a policy forbids the sign-in"),
        N_("A company policy does not let this account sign in from here."),
        N_(
            "Show the code to the administrator. If the policy requires a managed device, another computer does not "
            "help: the check uses a private window, which never identifies its device."
        ),
    ),
    Reason.CONSENT_NEEDED: ReasonTexts(
        N_("consent is required"),
        N_("The sign-in asks the user to accept permissions or terms. The check does not accept anything."),
        N_("Have the account’s owner or the administrator decide on it by hand, and run the check again."),
    ),
    Reason.WRONG_ACCOUNT: ReasonTexts(
        N_("another account is signed in"),
        N_("The account that is signed in is not the one that was requested."),
        N_("Check the account after --as in the tenant file, and run the check again."),
    ),
    Reason.UNKNOWN_SIGN_IN_SCREEN: ReasonTexts(
        N_("an unknown sign-in screen"),
        N_("The sign-in showed a screen that this check does not know, so nothing was typed into it."),
        N_("Look at the last picture, and sign in by hand once to see what it asks for."),
    ),
    Reason.SIGN_IN_ERROR: ReasonTexts(
        N_("the sign-in reports an error"),
        N_("Microsoft 365 reported an error during the sign-in."),
        N_("Show the code to the administrator, and run the check again."),
    ),
    Reason.UPLOAD_NOT_ALLOWED: ReasonTexts(
        N_("no way to change the photo"),
        N_("Microsoft 365 offers this account no button that changes the photo. Nothing was sent."),
        N_("Ask the administrator whether users may change their photo, and whether photos come from on-premises."),
    ),
    Reason.UPLOAD_REFUSED: ReasonTexts(
        N_("the photo was refused"),
        N_("Microsoft 365 refused the photo. It was sent once, and nothing was changed."),
        N_("Ask the administrator who may change photos; such a policy takes up to 24 hours to apply."),
    ),
}
