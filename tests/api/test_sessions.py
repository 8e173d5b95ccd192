"""Signing in with account and password, what a session may, and the accounts that an owner makes and locks."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.patience import PATIENCE
from tests.sandbox_server import Shop


class Browser:
    """Somebody's browser: it keeps its cookie, and its page knows the CSRF token."""

    def __init__(self, shop: Shop) -> None:
        self.http = httpx.Client(base_url=shop.http.base_url, timeout=PATIENCE)
        self.csrf = ""

    def sign_in(self, account: str, password: str) -> httpx.Response:
        answer = self.http.post("/v1/sessions", json={"account": account, "password": password})
        if answer.status_code == 201:
            self.csrf = answer.json()["csrf"]
        return answer

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.http.request(method, path, json=body, headers={"X-CSRF-Token": self.csrf})


@pytest.fixture
def browser(shop: Shop) -> Iterator[Browser]:
    """A browser that nobody is signed in with."""
    browser = Browser(shop)
    with browser.http:
        yield browser


def made(shop: Shop, name: str, *roles: str) -> str:
    """The first password of an account that the owner makes."""
    answer = shop.call("POST", "/v1/merchants/demo/accounts", {"account": name, "roles": roles}, "demo-owner")
    assert answer.status_code == 201, answer.text
    password: str = answer.json()["password"]
    return password


def test_a_session_stands_for_its_account(browser: Browser) -> None:
    """Who signs in is told who they are; the cookie is for this site's own pages only."""
    answer = browser.sign_in("demo-agent", "demo-agent")
    assert answer.status_code == 201
    assert {"account": "demo-agent", "merchant": "demo", "roles": ["agent"]}.items() <= answer.json().items()
    cookie = answer.headers["set-cookie"].lower()
    assert "caseline_session=" in cookie
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    me = browser.call("GET", "/v1/me").json()
    assert me["groups"] == ["presale", "aftersale"]
    assert me["authority"] == "5000.00"
    assert me["csrf"] == browser.csrf


def test_me_is_for_tokens_too(shop: Shop) -> None:
    """Without a session there is no CSRF token; an owner agrees without a limit."""
    me = shop.get("/v1/me", "demo-owner")
    assert (me["account"], me["authority"], me["csrf"]) == ("demo-owner", None, None)


def test_wrong_passwords_do_not_say_what_was_wrong(shop: Shop, browser: Browser) -> None:
    """An account that there is, and one that there is not, are answered alike."""
    answers = [browser.sign_in(name, "wrong") for name in ("other-agent", f"{shop.prefix}-nobody")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()


def test_after_ten_tries_one_has_to_wait(shop: Shop, browser: Browser) -> None:
    """Also with the right password, and also under a name that nobody has."""
    name = f"{shop.prefix}-guessed"
    password = made(shop, name, "agent")
    assert [browser.sign_in(name, "wrong").status_code for _ in range(10)] == [401] * 10
    refused = browser.sign_in(name, password)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 900


def test_signing_in_forgets_earlier_tries(shop: Shop, browser: Browser) -> None:
    """Who mistypes now and then is never locked out."""
    name = f"{shop.prefix}-clumsy"
    password = made(shop, name, "agent")
    for _ in range(3):
        assert [browser.sign_in(name, "wrong").status_code for _ in range(4)] == [401] * 4
        assert browser.sign_in(name, password).status_code == 201


def test_what_changes_something_needs_the_csrf_token(browser: Browser) -> None:
    """Another site can make a browser send its cookie at most, never the token."""
    browser.sign_in("demo-agent", "demo-agent")
    browser.csrf = "guess"
    assert browser.call("GET", "/v1/work-items").status_code == 200
    refused = browser.call("DELETE", "/v1/sessions/current")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")


def test_signing_out_ends_the_session_itself(browser: Browser) -> None:
    """A cookie that somebody kept is worth nothing afterwards."""
    browser.sign_in("demo-agent", "demo-agent")
    kept = browser.http.cookies["caseline_session"]
    assert browser.call("DELETE", "/v1/sessions/current").status_code == 204
    assert "caseline_session" not in browser.http.cookies
    assert browser.http.get("/v1/me", headers={"Cookie": f"caseline_session={kept}"}).status_code == 401


def test_a_session_reaches_its_own_shop_only(shop: Shop, browser: Browser) -> None:
    """Another shop's case does not exist for it."""
    case = shop.open()
    browser.sign_in("other-agent", "other-agent")
    assert browser.call("GET", f"/v1/cases/{case.case_id}").status_code == 404


def test_an_account_is_made_for_staff_under_a_free_name(shop: Shop) -> None:
    """Names are no two shops' alike; outside systems have tokens, not passwords."""
    name = f"{shop.prefix}-mei"
    made(shop, name, "agent", "warehouse")
    accounts = "/v1/merchants/demo/accounts"
    assert shop.call("POST", accounts, {"account": name, "roles": ["agent"]}, "demo-owner").status_code == 409
    assert shop.call("POST", accounts, {"account": "x", "roles": ["erp"]}, "demo-owner").status_code == 422
    assert shop.call("POST", accounts, {"account": "x", "roles": ["agent"]}, "demo-agent").status_code == 403
    colleagues = {one["account"]: one["groups"] for one in shop.get("/v1/accounts")["items"]}
    assert colleagues[name] == ["presale", "aftersale", "warehouse"]
    in_finance = [one["account"] for one in shop.get("/v1/accounts?group=finance")["items"]]
    assert "demo-finance" in in_finance
    assert name not in in_finance


def test_a_locked_account_is_out_at_once(shop: Shop, browser: Browser) -> None:
    """Its sessions end, nobody can give it a task, and its password opens nothing until the owner says so."""
    name = f"{shop.prefix}-away"
    password = made(shop, name, "agent")
    browser.sign_in(name, password)
    locked = f"/v1/merchants/demo/accounts/{name}/locked"
    assert shop.call("PUT", locked, {"locked": True}, "demo-owner").status_code == 204
    assert browser.call("GET", "/v1/me").status_code == 401
    refused = browser.sign_in(name, password)
    assert (refused.status_code, refused.json()["code"]) == (403, "account_locked")
    assert name not in [one["account"] for one in shop.get("/v1/accounts")["items"]]
    assert shop.call("PUT", locked, {"locked": False}, "demo-owner").status_code == 204
    assert browser.sign_in(name, password).status_code == 201


def test_nobody_locks_themselves_out(shop: Shop) -> None:
    """A shop without a main account could never be opened again."""
    refused = shop.call("PUT", "/v1/merchants/demo/accounts/demo-owner/locked", {"locked": True}, "demo-owner")
    assert (refused.status_code, refused.json()["code"]) == (409, "own_account")


def test_a_reset_password_replaces_the_old_one(shop: Shop, browser: Browser) -> None:
    """Sessions under the old one end, since somebody else may have begun them."""
    name = f"{shop.prefix}-forgetful"
    old = made(shop, name, "agent")
    browser.sign_in(name, old)
    reset = shop.call("POST", f"/v1/merchants/demo/accounts/{name}/reset-password", token="demo-owner")
    assert browser.call("GET", "/v1/me").status_code == 401
    assert browser.sign_in(name, old).status_code == 401
    assert browser.sign_in(name, reset.json()["password"]).status_code == 201


def test_one_changes_ones_own_password(shop: Shop, browser: Browser) -> None:
    """With the current one, to one of ten letters at least."""
    name = f"{shop.prefix}-careful"
    old = made(shop, name, "agent")
    browser.sign_in(name, old)
    wrong = browser.call("PUT", "/v1/me/password", {"current": "no", "new": "a longer one"})
    short = browser.call("PUT", "/v1/me/password", {"current": old, "new": "short"})
    assert (wrong.status_code, short.status_code) == (422, 422)
    assert browser.call("PUT", "/v1/me/password", {"current": old, "new": "a longer one"}).status_code == 204
    assert browser.sign_in(name, "a longer one").status_code == 201


def test_no_password_is_answered_back(shop: Shop, browser: Browser) -> None:
    """Also not where it is refused."""
    answer = browser.http.post("/v1/sessions", json={"account": "demo-agent", "password": "s3cret" * 100})
    assert answer.status_code == 422
    assert "s3cret" not in answer.text


def test_nobody_is_reset_locked_or_renamed_by_a_wrong_name(shop: Shop) -> None:
    """Only who signs in with a password has one to change; nobody locks themselves out."""
    accounts = "/v1/merchants/demo/accounts"
    for method, path, body, token, answer in (
        ("POST", f"{accounts}/nobody-here/reset-password", {}, "demo-owner", (404, "not_found")),
        ("PUT", f"{accounts}/nobody-here/locked", {"locked": True}, "demo-owner", (404, "not_found")),
        ("PUT", f"{accounts}/demo-owner/locked", {"locked": True}, "demo-owner", (409, "own_account")),
        ("PUT", "/v1/me/password", {"current": "x" * 12, "new": "y" * 12}, "demo-erp", (404, "not_found")),
    ):
        told = shop.call(method, path, body, token)
        assert (told.status_code, told.json()["code"]) == answer, (path, told.text)
