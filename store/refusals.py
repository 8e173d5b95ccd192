"""What platforms refuse to answer, kept like a message that nobody can read: somebody has it asked again, or not.

The same refusal again is the same message; one that was asked again and is refused again is somebody's once more.
"""

import json
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, update

from connectors.calling import NotAnswered, Refused
from connectors.translation import Enquiry
from store.database import insert_into
from store.inbound import KeptMessage
from store.sources import Source
from store.tables import PLATFORM_MESSAGES, MessageStatus

_TABLE = PLATFORM_MESSAGES
KIND = "caseline.refused"
"""The kind of such a message; no platform's is."""
LIST = "*"
"""What a list is about, and whatever a platform is asked: it is asked for anyway, at the next look."""
ANYTHING = Enquiry(call="any", about=LIST)


def reason(call: str, about: str, why: NotAnswered) -> str | None:
    """What a person reads of a refusal for good; None: it is none. `about` is `LIST` of a list."""
    if why.refused is Refused.WHO:
        return f"the platform does not know who asks: the connection needs another session or key ({why.why})"
    if why.refused is Refused.THING and about != LIST:
        return f"the platform has no {about} for this shop ({call}: {why.why})"
    return f"the platform does not let this shop ask ({call}: {why.why})" if why.refused else None


def keep(tx: Connection, source: Source, asked: Enquiry, words: str, now: datetime, by: str = "") -> None:
    """Keeps a refusal with its reason; it becomes somebody's task when messages are next taken in.

    `by`: whom the platform refuses; refused by another name, it is another refusal.
    """
    content = json.dumps(asked.model_dump() | {"why": words} | ({"by": by} if by else {}))
    row = {
        "source_id": source.source_id,
        "message_id": f"{asked.call}/{asked.about}",
        "digest": sha256(content.encode()).hexdigest(),
        "merchant": source.merchant,
        "kind": KIND,
        "subject": "",
        "content": content,
        "status": MessageStatus.WAITING,
        "told": {},
        "received_at": now,
        "since": now,
        "try_at": now,
    }
    known = ["source_id", "message_id", "digest"]
    tx.execute(insert_into(tx, _TABLE).on_conflict_do_nothing(index_elements=known).values(row))
    same = [_TABLE.c[name] == row[name] for name in known]
    again = {"status": MessageStatus.WAITING, "content": content, "case_id": None, "since": now, "try_at": now}
    tx.execute(update(_TABLE).where(*same, _TABLE.c.status == MessageStatus.TAKEN).values(**again))


def asked_again(kept: KeptMessage) -> list[Enquiry]:
    """What a refusal that somebody has tried again asks for; a list is asked for at every look."""
    asked = Enquiry(call=kept.message.content["call"], about=kept.message.content["about"])
    return [] if asked.about == LIST else [asked]
