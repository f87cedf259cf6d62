"""The log-in of the demo portal: whoever looks on may be any of the synthetic customers.

Its routes exist only while the demo customer system is in use; a real portal has its own log-in.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.conversation import Clock, now
from assistant.customers.demo import DemoCustomerSystem
from assistant.customers.records import Customer
from assistant.customers.system import READ
from assistant.messages import CustomerRef
from channels.portal_token import PortalTokens
from channels.problems import Code, ProblemError

PREFIX = "/api/demo/customers"


class LogIn(BaseModel):
    """How strongly the visitor has proven who they are."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    level: Annotated[int, Field(ge=1, le=3, strict=True)] = READ


class DemoPortal:
    """Lists the synthetic customers and logs in as one of them."""

    def __init__(
        self, system: DemoCustomerSystem, tokens: PortalTokens, *, clock: Clock = now
    ) -> None:
        self._system = system
        self._tokens = tokens
        self._clock = clock

    def open(self, app: FastAPI) -> None:
        """Add the routes."""
        routes = APIRouter(prefix=PREFIX, tags=["demo"])
        routes.get("", summary="Beispielkunden zeigen")(self.list)
        routes.post("/{customer_no}/token", summary="Als Beispielkunde anmelden")(self.log_in)
        app.include_router(routes)

    async def list(self) -> JSONResponse:
        """Name every synthetic customer and what they are there to show."""
        found = []
        for number, story in self._system.stories.items():
            proof = CustomerRef(customer_no=number, level=READ)
            customer = await self._system.customer(number, proof)
            found.append({"customer_no": number, "name": _name(customer), "story": story})
        return JSONResponse({"customers": sorted(found, key=lambda one: one["customer_no"])})

    async def log_in(self, customer_no: str, body: LogIn | None = None) -> JSONResponse:
        """Sign the token that the portal hands to the chat."""
        if customer_no not in self._system.stories:
            raise ProblemError(Code.NOT_FOUND)
        customer = CustomerRef(customer_no=customer_no, level=(body or LogIn()).level)
        return JSONResponse({"customer_token": self._tokens.issue(customer, self._clock())})


def _name(customer: Customer) -> str:
    return f"{customer.person.first_name} {customer.person.last_name}"
