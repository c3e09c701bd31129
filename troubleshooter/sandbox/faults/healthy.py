"""Every store holds today's photo."""

from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.people import PEOPLE
from troubleshooter.sandbox.stores import Copy, service_stem, upload_stem
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Everything works: each store holds the current photo, copied to SharePoint 3 days ago."
ENDS = Ends("in-sync")


def plant(state: "State") -> None:
    """Gives everybody who has a photo the same one in all stores."""
    now = state.clock.now()
    for number, person in enumerate(PEOPLE.values()):
        if not person.has_photo:
            continue
        copied = now - timedelta(days=3 + 7 * number)
        changed = copied - timedelta(hours=2)
        photo = state.photo_of(person.upn)
        # Both styles of file name occur in real tenants, whatever the way the photo came.
        stem = upload_stem(person) if number % 3 == 1 else service_stem(person)
        put_at_source(state, person.upn, photo, changed)
        copy = Copy(photo, stem=stem, copied=copied, placeholder="0", sync="1", changed=changed, tried=copied)
        put_in_sharepoint(state, person.upn, copy)
