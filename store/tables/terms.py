"""The terms that cases refer to: campaigns, and the policy editions in use."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Named, Table, Text, TypedColumns

from store.tables.base import METADATA
from store.types import Json, UtcTime


class CampaignColumns(TypedColumns):
    """A campaign's terms; of the whole marketplace."""

    campaign_id: Named[str] = Column(Text, primary_key=True)
    version: Named[int]
    updated_at: Named[datetime] = Column(UtcTime)
    terms: Named[dict[str, Any]] = Column(Json)


CAMPAIGNS = Table("campaigns", METADATA, CampaignColumns)


class EditionColumns(TypedColumns):
    """The values of a policy edition that cases use, by their paths; they never change afterwards."""

    policy: Named[str] = Column(Text, primary_key=True)
    first_used_at: Named[datetime] = Column(UtcTime)


# Not among the typed columns: a collection has a method of that name.
POLICY_EDITIONS = Table("policy_editions", METADATA, EditionColumns, Column("values", Json, nullable=False))
