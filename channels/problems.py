"""What a caller is told when a request cannot be served: a German sentence, never internals."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from fastapi import FastAPI, Request


class Code(StrEnum):
    """The problems by name, as clients tell them apart."""

    MALFORMED = "malformed"
    EMPTY = "empty"
    UNAUTHORIZED = "unauthorized"
    CUSTOMER_LOGIN = "customer_login"
    LOGIN = "login"
    SESSION = "session"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    METHOD = "method_not_allowed"
    TAKEN = "taken"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    FAILED = "failed"
    INTERNAL = "internal"


PROBLEMS: dict[Code, tuple[int, str]] = {
    Code.MALFORMED: (422, "Die Anfrage ist unvollständig oder hat nicht die erwartete Form."),
    Code.EMPTY: (422, "Die Nachricht ist leer. Bitte schreiben Sie, worum es geht."),
    Code.UNAUTHORIZED: (
        401,
        "Dieses Gespräch ist mit dem angegebenen Schlüssel nicht erreichbar. "
        "Bitte beginnen Sie ein neues Gespräch.",
    ),
    Code.CUSTOMER_LOGIN: (
        401,
        "Ihre Anmeldung im Kundenportal ist abgelaufen oder ungültig. "
        "Bitte melden Sie sich neu an, oder fragen Sie ohne Anmeldung.",
    ),
    Code.LOGIN: (
        401,
        "Die Anmeldung war nicht möglich. Name oder Passwort stimmen nicht, oder das Konto ist "
        "nach mehreren Fehlversuchen für einige Minuten gesperrt.",
    ),
    Code.SESSION: (401, "Sie sind nicht angemeldet. Bitte melden Sie sich an."),
    Code.FORBIDDEN: (403, "Diese Anfrage ist von dieser Seite aus nicht erlaubt."),
    Code.NOT_FOUND: (404, "Das Gesuchte gibt es hier nicht."),
    Code.METHOD: (405, "Diese Adresse kennt diese Art von Anfrage nicht."),
    Code.TAKEN: (409, "Dieses Gespräch betreuen Sie nicht oder nicht mehr."),
    Code.TOO_LARGE: (413, "Die Anfrage ist zu groß. Erlaubt sind 64 Kilobyte."),
    Code.TOO_LONG: (
        413,
        "Die Nachricht ist zu lang. Erlaubt sind 4.000 Zeichen; bitte kürzen Sie den Text.",
    ),
    Code.TOO_MANY: (
        429,
        "Das waren sehr viele Anfragen in kurzer Zeit. "
        "Bitte warten Sie einen Moment und versuchen Sie es erneut.",
    ),
    Code.FAILED: (
        503,
        "Das hat gerade nicht funktioniert. Ihre Nachricht ist gespeichert und wird beantwortet, "
        "sobald es wieder geht.",
    ),
    Code.INTERNAL: (500, "Das hat gerade nicht funktioniert. Bitte versuchen Sie es erneut."),
}

_OF_STATUS = {404: Code.NOT_FOUND, 405: Code.METHOD, 413: Code.TOO_LARGE, 429: Code.TOO_MANY}


class ProblemError(HTTPException):
    """A request cannot be served; answered with status and sentence of its code."""

    def __init__(self, code: Code, *, retry_after: int | None = None) -> None:
        status, sentence = PROBLEMS[code]
        headers = None if retry_after is None else {"Retry-After": str(retry_after)}
        super().__init__(status, sentence, headers)
        self.code = code


def answer(code: Code, headers: dict[str, str] | None = None) -> JSONResponse:
    """Build the response of a problem."""
    status, sentence = PROBLEMS[code]
    return JSONResponse(
        {"error": {"code": code.value, "message": sentence}}, status_code=status, headers=headers
    )


def handle_problems(app: FastAPI) -> None:
    """Answer every error of the app in the same form."""

    async def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        if isinstance(error, ProblemError):
            code = error.code
        else:
            code = _OF_STATUS.get(error.status_code, Code.MALFORMED)
        return answer(code, dict(error.headers) if error.headers else None)

    async def malformed(request: Request, error: Exception) -> JSONResponse:
        return answer(Code.MALFORMED)

    async def internal(request: Request, error: Exception) -> JSONResponse:
        return answer(Code.INTERNAL)

    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(Exception, internal)
