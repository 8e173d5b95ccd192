"""The tables. They carry no behaviour; what they hold is written by the functions beside this package.

Personal data stands in `buyers`, `memos`, `messages` and `platform_messages` alone.
"""

from store.tables.access import ACCOUNTS, LOGINS, SESSIONS, SIGN_INS, TOKENS
from store.tables.base import METADATA
from store.tables.cases import BUYERS, CASES, DEADLINES, LEDGER_ENTRIES, NEW_ORDERS, TIMELINE, WORK_ITEMS
from store.tables.changes import CHANGE_COUNTERS, CHANGES
from store.tables.files import FILES
from store.tables.inbound import ENQUIRIES, PLATFORM_MESSAGES, WATCHED_PARCELS, MessageStatus
from store.tables.intake import ACTIONS, INBOX, InboxStatus
from store.tables.intercepts import INTERCEPT_INVOICES, INVOICED_FEES
from store.tables.parcels import PARCEL_SCANS, PARCELS
from store.tables.shop import MERCHANT_SETTINGS, RESERVATIONS, STOCK
from store.tables.sources import SOURCES
from store.tables.terms import CAMPAIGNS, POLICY_EDITIONS
from store.tables.texts import MEMOS, MESSAGES
from store.tables.webhooks import WEBHOOK_DELIVERIES, WEBHOOKS

__all__ = [
    "ACCOUNTS",
    "ACTIONS",
    "BUYERS",
    "CAMPAIGNS",
    "CASES",
    "CHANGES",
    "CHANGE_COUNTERS",
    "DEADLINES",
    "ENQUIRIES",
    "FILES",
    "INBOX",
    "INTERCEPT_INVOICES",
    "INVOICED_FEES",
    "LEDGER_ENTRIES",
    "LOGINS",
    "MEMOS",
    "MERCHANT_SETTINGS",
    "MESSAGES",
    "METADATA",
    "NEW_ORDERS",
    "PARCELS",
    "PARCEL_SCANS",
    "PLATFORM_MESSAGES",
    "POLICY_EDITIONS",
    "RESERVATIONS",
    "SESSIONS",
    "SIGN_INS",
    "SOURCES",
    "STOCK",
    "TIMELINE",
    "TOKENS",
    "WATCHED_PARCELS",
    "WEBHOOKS",
    "WEBHOOK_DELIVERIES",
    "WORK_ITEMS",
    "InboxStatus",
    "MessageStatus",
]
