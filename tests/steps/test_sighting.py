"""What a response to a photo request says, with or without a picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from troubleshooter.browser.picture_response import PictureResponse, error_code_in
from troubleshooter.compare.picture import size_of
from troubleshooter.model.enums import Kind, Surface
from troubleshooter.model.records import Response
from troubleshooter.steps.endpoint import kind_without_picture


@pytest.mark.parametrize(
    ("surface", "status", "error", "kind"),
    [
        (Surface.GRAPH_PHOTO, 404, "ImageNotFound", Kind.BLANK),
        (Surface.GRAPH_PHOTO, 404, "", Kind.BLANK),
        (Surface.GRAPH_PHOTO, 404, "MailboxNotHostedInExchangeOnline", None),
        (Surface.GRAPH_PHOTO, 401, "InvalidAuthenticationToken", None),
        (Surface.OUTLOOK_PHOTO, 403, "", None),
        (Surface.USERPHOTO_L, 403, "", Kind.BROKEN),
        (Surface.USERPHOTO_L, 200, "404001", Kind.BROKEN),
        (Surface.USERPHOTO_L, 429, "", None),
    ],
)
def test_an_answer_without_a_picture(surface, status, error, kind):
    """Only Graph's 404 for a mailbox user means no photo; SharePoint's is broken; other responses say nothing."""
    response = Response(status=status, content_type="application/json")
    assert kind == kind_without_picture(surface, PictureResponse(response, None, error))


def test_a_picture_tells_its_size_and_an_error_its_code():
    """A picture gives its size and an error gives its code; any other response gives neither."""
    out = io.BytesIO()
    Image.new("RGB", (96, 48)).save(out, "PNG")
    assert [(96, 48), None] == [size_of(out.getvalue()), size_of(b"{}")]
    assert ["ImageNotFound", "", ""] == [
        error_code_in(body) for body in (b'{"error": {"code": "ImageNotFound"}}', b'{"error": 1}', b"<html>")
    ]
