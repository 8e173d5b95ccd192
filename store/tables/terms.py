"""The terms that cases refer to: campaigns, and the policy editions in use."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Table


class CampaignRow(Table):
    """A campaign's terms; of the whole marketplace."""

    __tablename__ = "campaigns"

    campaign_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    updated_at: Mapped[datetime]
    terms: Mapped[dict[str, Any]]


class EditionRow(Table):
    """The values of a policy edition that cases use, by their paths; they never change afterwards."""

    __tablename__ = "policy_editions"

    policy: Mapped[str] = mapped_column(primary_key=True)
    values: Mapped[dict[str, Any]]
    first_used_at: Mapped[datetime]
