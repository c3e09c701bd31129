"""Switches for misbehavior that is not the content of a store."""

from dataclasses import dataclass, field

from troubleshooter.sandbox.sign_in_plan import SignInPlan


@dataclass
class Flags:
    """Switches for ways to misbehave; the defaults are those of a healthy tenant."""

    cdn_refuses: bool = False
    """Whether the photo CDN rejects every time-limited URL as invalid."""
    library_refuses: bool = False
    """Whether the library of stored photos refuses everybody, as it does in a session with limited access."""
    headers_refused: bool = False
    """Whether the photos of headers and account panels, which a script fetches, are refused to everybody."""
    photos_hang: bool = False
    """Whether SharePoint starts to respond to requests for photos and never finishes."""
    fonts_hang: bool = False
    """Whether every page uses a web font that never arrives."""
    refuse_passwords: bool = False
    """Whether sign-in rejects every password."""
    sites_at: str = ""
    """Where hosts send their visitors: a key of `site_hosts.NAMES`; empty: nowhere else."""
    pages_missing: bool = False
    """Whether the demo's pages are deleted."""
    last_page: str = ""
    """How the last of the demo's pages fails: it `loops`, `downloads`, is `cut-off`, or not (empty)."""
    subject_left_out: bool = False
    """Whether the subject appears on no page."""
    other_part: bool = False
    """Whether pages also show the subject in a web part of another kind."""
    photos_late: bool = False
    """Whether cards show initials for a while before they request their photos."""
    upload_window: str = "popup"
    """Where a photo is changed: `popup` over the page, `account` (My Account) or `profile` (Microsoft 365 profile)."""
    camera_hidden: bool = False
    """Whether the button that changes the photo is missing."""
    two_file_inputs: bool = False
    """Whether the upload window has two file inputs, and only their text shows which one is for the photo."""
    plain_window: bool = False
    """Whether the buttons of the upload window look alike and stay, and the page reloads at the end."""
    all_at_once: bool = False
    """Whether the button that sends the photo is visible before a photo is chosen."""
    upload_late: bool = False
    """Whether an uploaded photo is accepted immediately but shown only later."""
    copy_stuck: bool = False
    """Whether a user's request for their own photo no longer makes SharePoint copy it."""
    photos_blank: bool = False
    """Whether SharePoint serves the placeholder for everybody, whatever it has stored."""
    pages_from_source: str = ""
    """Which parts of pages take photos from the people service: `descriptive` web parts, `all`, or none (empty)."""
    cards_ask_by_mail: bool = False
    """Whether web parts request photos by mail address instead of UPN."""
    cards_ask_raw: bool = False
    """Whether web parts write the account's claims name into a photo's address without encoding it."""
    cards_closed: bool = False
    """Whether no profile card opens."""
    live_card: bool = False
    """Whether profile cards are those of 2026: no links, a picture from a script, an element around it without size."""
    outlook_moved: bool = False
    """Whether Outlook responds to requests for photos with its own page, and Graph requires a token."""
    small_pictures: bool = False
    """Whether web parts request the smallest picture and enlarge it."""
    wrong_account: str = ""
    """UPN of the account behind the subject's name in web parts, bylines and comments; empty for the subject's own."""
    pages_late: bool = False
    """Whether pages of sites show only the header until a script draws their content, some seconds later."""
    cards_late: bool = False
    """Whether People web parts stay empty for some seconds before their cards appear."""
    photos_appear: str = ""
    """How the photos of cards appear once loaded: they `fade` in, sharpen from a `blur`, or at once (empty)."""
    photos_huge: bool = False
    """Whether SharePoint serves the subject's photo in 16 million pixels, so that it is decoded late."""
    photo_swapped: bool = False
    """Whether a script replaces the pictures of the cards some seconds after the page has settled."""
    bubble: str = ""
    """The teaching bubble over the header and the account panel: `closes` with a button, `stays`, or none (empty)."""
    panel_photo_from_sharepoint: bool = False
    """Whether the account panel takes its photo from SharePoint; the bar itself uses the people service."""
    sign_in: SignInPlan = field(default_factory=SignInPlan)
    """The sign-in flow."""
