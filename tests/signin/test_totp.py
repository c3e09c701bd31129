"""One-time codes are the same as in authenticator apps, for seeds of every usual length."""

import pyotp
import pytest

from troubleshooter.redaction.secret import Secret
from troubleshooter.signin.totp import code_at

RFC_SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("moment", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_of_the_standard(moment, code):
    """Codes match the standard's own examples (RFC 6238, appendix B), shortened to six digits."""
    assert code == code_at(Secret(RFC_SEED), moment).reveal()
    assert code == pyotp.TOTP(RFC_SEED).at(moment)


def test_a_short_seed_gives_a_code():
    """An 80-bit seed, which some setup pages show, gives a code and no error."""
    assert 6 == len(code_at(Secret("ABCDEFGHIJKLMNOP"), 59).reveal())
