"""Sign-in pages that behave oddly, in pieces, and operators who are asked on them."""

from __future__ import annotations

from troubleshooter.browser.session import Session
from troubleshooter.redaction.secret import Secret

ANA, PASSWORD, SEED = "ana@contoso.com", "Sw0rd+fish &", "KRSXG5CTMVRXEZLUKRSXG5CT"
HOME = "https://www.office.com/"
BOX = '<div class="lightbox-cover"></div>'
SCRIPT = """
const by = (id) => document.getElementById(id);
const later = (seconds, act) => setTimeout(act, seconds * 1000);
const home = () => { location.href = 'https://www.office.com/home'; };
const show = (...ids) => { for (const e of document.querySelectorAll('body > *')) e.hidden = !ids.includes(e.id); };
const cover = (on) => document.querySelector('.lightbox-cover').classList.toggle('disable-lightbox', on);
"""
STYLE = ".disable-lightbox { position: fixed; inset: 0 } iframe { display: block }"
NAME, FIELD = "<input id=i0116 name=loginfmt type=email>", "<input id=i0118 name=passwd type=password>"
NEXT = "<input type=submit id=idSIButton9 value=x>"
NUMBER = "<div id=idDiv_SAOTCAS_Title>x</div><div id=idRichContext_DisplaySign>42</div>"


def page(body: str, script: str = "", page_id: str = "ConvergedSignIn") -> str:
    """Return the HTML of a sign-in page with the given body and script."""
    return (
        f'<!DOCTYPE html><html><head><meta name="PageID" content="{page_id}"><style>{STYLE}</style></head>'
        f"<body>{body}<script>{SCRIPT}{script}</script></body></html>"
    )


def form(body: str) -> str:
    """Return a form that leads to the home page when it is submitted."""
    return f"<form method=post action=/sent>{body}</form>"


SENT = "<title>x</title><script>location.href = 'https://www.office.com/home'</script>"


class Somebody:
    """An operator who is shown what to do."""

    terminal = False

    def __init__(self) -> None:
        self.shown: list[str] = []

    def show(self, task, seconds) -> None:
        if not self.shown or self.shown[-1] != task.number:
            self.shown.append(task.number)

    def clear(self) -> None:
        self.shown.append("over")

    async def ask(self, what, *, hidden):
        raise AssertionError("nobody is at this terminal")


STS = "https://sts.contoso.com/odd"


OTC = "<input name=otc><input type=submit id=idSubmit_SAOTCC_Continue value=x>"


class Seated(Somebody):
    """An operator at the terminal, who sees the page report an error before the first answer."""

    terminal = True

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.answers = ["111111", "222222"]
        self.session = session

    async def ask(self, what, *, hidden):
        if len(self.answers) == 2:
            await self.session.context.pages[-1].evaluate("by('idSpan_SAOTCC_Error_OTC').hidden = false")
        return Secret(self.answers.pop(0))
