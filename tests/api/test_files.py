"""Photos and documents as evidence: uploaded to a case, named by a step, shown to whoever may see the case."""

from typing import Any

import httpx
import pytest

from tests.sandbox_server import OrderUnderTest, Shop
from tests.workflows.requests import Request, ask, delivered

PHOTO = b"\xff\xd8\xff\xe0" + b"a photo's marked content" * 10
MEBIBYTE = 1024 * 1024


def upload(case: OrderUnderTest, content: bytes = PHOTO, token: str = "demo-agent") -> httpx.Response:
    """Uploads a file to a case, as a browser's form does."""
    headers = {"Authorization": f"Bearer {token}"}
    return case.shop.http.post(f"{case.path}/files", files={"file": ("a.jpg", content)}, headers=headers)


def kept(case: OrderUnderTest, content: bytes = PHOTO, token: str = "demo-agent") -> dict[str, Any]:
    """A file that was taken."""
    answer = upload(case, content, token)
    assert answer.status_code == 201, answer.text
    taken: dict[str, Any] = answer.json()
    return taken


def read(shop: Shop, file_id: str, token: str = "demo-agent") -> httpx.Response:
    return shop.call("GET", f"/v1/files/{file_id}", token=token)


@pytest.fixture
def returning(shop: Shop) -> Request:
    """Goods that were bought and have come back to the warehouse."""
    request = ask(delivered(shop), "return_refund", "quality")
    request.take("agree")
    request.send_back()
    request.scan_return("signed")
    return request


def test_a_warehouse_shows_what_came_back(shop: Shop, returning: Request) -> None:
    """The photo is named by the inspection, told by the timeline, and listed with the whole family."""
    photo = kept(returning, token="demo-warehouse")
    assert (photo["media_type"], photo["size"], photo["account"]) == ("image/jpeg", len(PHOTO), "demo-warehouse")
    body = {"conforming": True, "files": [photo["file_id"]]}
    assert returning.act("inspect_return", body, "demo-warehouse").status_code == 200
    (told,) = [line for line in returning.items("timeline") if line["type"] == "files.shown"]
    assert told["data"]["files"] == [photo["file_id"]]
    order = f"/v1/cases/{returning.snapshot()['order_case_id']}"
    assert shop.get(f"{order}/files")["items"] == [photo]
    assert shop.get(f"{order}?include=files")["included"]["files"]["items"] == [photo]


def test_a_file_is_shown_and_never_run(shop: Shop, returning: Request) -> None:
    """As what its bytes are, whatever its sender called it."""
    document = kept(returning, b"%PDF-1.7 <script>alert(1)</script>")
    answer = read(shop, document["file_id"])
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_who_may_not_see_the_case_sees_no_file(shop: Shop, returning: Request) -> None:
    """Another shop's people learn not even that it is there."""
    photo = kept(returning)
    assert read(shop, photo["file_id"], "other-owner").status_code == 404
    assert read(shop, photo["file_id"].replace("file:", "file:0")[:37], "demo-agent").status_code == 404
    assert upload(returning, token="other-owner").status_code == 404


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload='alert(1)'/>", b"GIF89a", b"\xff\xd8\xff" + b"x" * 10 * MEBIBYTE]
)
def test_what_is_no_photo_or_document_is_not_taken(returning: Request, content: bytes) -> None:
    """Nor what is larger than 10 MiB."""
    answer = upload(returning, content)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["reasons"][0]["message"].startswith("file:")


def test_an_upload_without_end_is_not_read(returning: Request) -> None:
    """413, before it is kept in memory."""
    assert upload(returning, b"\xff\xd8\xff" + b"x" * 12 * MEBIBYTE).status_code == 413


def test_a_step_names_files_of_its_own_family_only(shop: Shop, returning: Request) -> None:
    """Not another order's, and none that nobody uploaded."""
    elsewhere = kept(shop.open())["file_id"]
    for file_id in (elsewhere, "file:" + "0" * 32):
        body = {"kind": "photo", "files": [file_id]}
        answer = returning.act("submit_evidence", body)
        assert answer.status_code == 422, answer.text
        assert file_id in answer.json()["detail"]


def test_evidence_is_a_file_or_a_reference(returning: Request) -> None:
    """One of them at least."""
    assert returning.act("submit_evidence", {"kind": "photo"}).status_code == 422
    for body in ({"reference": "oss://1.jpg"}, {"files": [kept(returning)["file_id"]]}):
        assert returning.act("submit_evidence", {"kind": "photo"} | body).status_code == 200
