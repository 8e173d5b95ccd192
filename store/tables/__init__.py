"""The tables. They carry no behaviour; what they hold is written by the functions beside this package.

Personal data stands in `buyers`, `memos` and `messages` alone.
"""

from store.tables.access import AccountRow, TokenRow
from store.tables.base import Table
from store.tables.cases import BuyerRow, CaseRow, DeadlineRow, LedgerRow, TimelineRow, WorkItemRow
from store.tables.intake import ActionRow, InboxRow, InboxStatus
from store.tables.intercepts import InterceptInvoiceRow, InvoicedFeeRow
from store.tables.parcels import ParcelRow, ScanRow
from store.tables.shop import MerchantSettingRow, ReservationRow, StockRow
from store.tables.terms import CampaignRow, EditionRow
from store.tables.texts import MemoRow, MessageRow

__all__ = [
    "AccountRow",
    "ActionRow",
    "BuyerRow",
    "CampaignRow",
    "CaseRow",
    "DeadlineRow",
    "EditionRow",
    "InboxRow",
    "InboxStatus",
    "InterceptInvoiceRow",
    "InvoicedFeeRow",
    "LedgerRow",
    "MemoRow",
    "MerchantSettingRow",
    "MessageRow",
    "ParcelRow",
    "ReservationRow",
    "ScanRow",
    "StockRow",
    "Table",
    "TimelineRow",
    "TokenRow",
    "WorkItemRow",
]
