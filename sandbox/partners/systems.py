"""The partner systems together, and the addresses at which Caseline calls them."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Response
from pydantic import SecretStr

from domain.partners.carrier import InterceptAnswer, InterceptRequest
from domain.partners.erp import LockAnswer, LockRequest
from domain.partners.messages import MessageSent, OutgoingMessage
from domain.partners.partner import Partner
from domain.partners.refunds import RefundReceipt, RefundRequest
from runtime.clock import Clock
from runtime.partners import PARTNER_PATHS
from sandbox.partners.scripts import CarrierScript, ErpScript, LockScript, PartnerScript, PaymentScript
from sandbox.partners.signature import SignedCall, signed_with
from sandbox.partners.system import PartnerSystem
from services.errors import Refused


class PartnerSystems:
    """One system a partner."""

    def __init__(self, clock: Clock) -> None:
        self.payment = PartnerSystem(Partner.PAYMENT, PaymentScript(), clock)
        # The key alone decides whether a message is a repetition: a release may reword it between two attempts.
        self.messaging = PartnerSystem(Partner.MESSAGING, PartnerScript(), clock, one_body_a_key=False)
        self.erp = PartnerSystem(Partner.ERP, ErpScript(), clock)
        self.carrier = PartnerSystem(Partner.CARRIER, CarrierScript(), clock)

    def of(self, partner: Partner) -> PartnerSystem[Any]:
        """The system of that partner."""
        systems: tuple[PartnerSystem[Any], ...] = (self.payment, self.messaging, self.erp, self.carrier)
        return next(system for system in systems if system.partner is partner)


def system_routes(systems: PartnerSystems, secret: SecretStr) -> APIRouter:
    """What the partners implement; `docs/partners/` describes it, so our own API's document leaves it out."""
    router = APIRouter(include_in_schema=False)
    signed = signed_with(secret)

    @router.post(f"{PARTNER_PATHS['payments_url']}/refunds")
    async def pay(call: SignedCall = signed) -> Response:
        """Pays a refund, or refuses for good, as the script says."""

        def pay_or_refuse(request: RefundRequest, now: datetime) -> RefundReceipt:
            if why := systems.payment.script.refuse:
                raise Refused("The sandbox's payments partner refuses this for good, as it was told to.", code=why)
            return _paid(request, now)

        return await systems.payment.answer("refund", call, RefundRequest, pay_or_refuse)

    @router.post(f"{PARTNER_PATHS['messaging_url']}/messages")
    async def send(call: SignedCall = signed) -> Response:
        """Sends a message to a buyer."""
        return await systems.messaging.answer("message", call, OutgoingMessage, _sent)

    @router.post(f"{PARTNER_PATHS['erp_url']}/order-locks")
    async def lock(call: SignedCall = signed) -> Response:
        """Locks lines of an order, as the script says."""
        return await systems.erp.answer(
            "lock", call, LockRequest, lambda request, now: _locked(systems.erp.script.lock)
        )

    @router.post(f"{PARTNER_PATHS['erp_url']}/order-unlocks")
    async def unlock(call: SignedCall = signed) -> Response:
        """Acknowledges an unlock."""
        return await systems.erp.answer("unlock", call, LockRequest, lambda request, now: LockAnswer(locked=False))

    @router.post(f"{PARTNER_PATHS['carrier_url']}/interceptions")
    async def intercept(call: SignedCall = signed) -> Response:
        """Brings a parcel back to its sender."""

        def answer(request: InterceptRequest, now: datetime) -> InterceptAnswer:
            script = systems.carrier.script.intercept
            return InterceptAnswer(intercepted=script.intercepted, reason=script.reason, at=now)

        return await systems.carrier.answer("intercept", call, InterceptRequest, answer)

    return router


def _paid(request: RefundRequest, now: datetime) -> RefundReceipt:
    return RefundReceipt(reference=f"SANDBOX-{sha256(request.refund_id.encode()).hexdigest()[:16]}", paid_at=now)


def _locked(script: LockScript) -> LockAnswer:
    match script:
        case LockScript.SUCCESS:
            return LockAnswer(locked=True)
        case LockScript.FAILURE:
            return LockAnswer(locked=False, reason="not_lockable")
        case LockScript.SILENT:
            return LockAnswer()


def _sent(_: OutgoingMessage, now: datetime) -> MessageSent:
    return MessageSent(sent_at=now)
