"""What a person does again and again: sign in, read their mail."""

import re
import time
from collections.abc import Callable
from email.message import EmailMessage

from playwright.sync_api import Page

from local import totp
from tests.services.site import Site, wait_until
from tests.services.smtp import SmtpSink

# The demonstration accounts; see pages/demo.py.
OLIVE = ("olive@demo.example", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
HARI = ("hari@demo.example", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")
ADA = ("ada@demo.example", "ONSWG4TFOQWXGZLDOJSXILLTMVRXEZLU")
SAM: tuple[str, str | None] = ("sam@demo.example", None)
LENA = ("lena@demo.example", "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U")
CARL: tuple[str, str | None] = ("carl@demo.example", None)
CONNIE = ("connie@demo.example", "NFXGM33SNVQXI2LPNZUW4ZTPOJWWC5DJ")


def newest_mail(sink: SmtpSink, address: str, *, about: str = "", after: int = 0) -> EmailMessage:
    """The newest mail to this address whose subject has these words; waits for it. `after` skips that many."""

    def found() -> list[EmailMessage]:
        return [mail for mail in sink.to(address)[after:] if about in str(mail["Subject"])]

    wait_until(lambda: bool(found()), seconds=40, otherwise=lambda: str([m["Subject"] for m in sink.to(address)]))
    return found()[-1]


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(mail: EmailMessage, path: str) -> str:
    """The first address in the text whose path begins so."""
    found = re.search(rf"https?://[^\s/]+{path}[^\s]*", text_of(mail))
    assert found, text_of(mail)
    return found[0]


def sign_in(
    page: Page, site: Site, sink: SmtpSink, account: tuple[str, str | None], *, clock: Callable[[], float] = time.time
) -> None:
    """With the code from the mail, and the second step where the account has one; `clock` is that of the site."""
    address, secret = account
    before = len(sink.to(address))
    page.goto(f"{site.url}/account/sign-in/")
    page.get_by_label("Email address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    mail = newest_mail(sink, address, about="sign-in code", after=before)
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", text_of(mail), re.MULTILINE)
    assert code, text_of(mail)
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(code[1])
    page.get_by_role("button", name="Go on").click()
    if secret:
        page.wait_for_url(re.compile("/second-step/authenticate/"))
        page.get_by_label(re.compile("code", re.IGNORECASE)).first.fill(totp.code(secret, at=clock()))
        page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("my-things|organise|administer"))
