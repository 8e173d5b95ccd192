"""Expressions: what can be asked, exactly to the cent, and what is refused before it runs."""

from __future__ import annotations

import gc
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.expressions import ExpressionError, check_expression, holds, variables
from domain.money import from_fen
from domain.shop.automation import RequestFacts
from tests.automation.shops import facts

FEN = st.integers(min_value=0, max_value=10**12 - 1)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("service == 'refund_only' && !shipped && amount <= 200", True),
        ("amount <= 198.99", False),
        ("amount == 199 && amount == 199.0 && amount_fen == 19900", True),
        ("amount_fen * 2 > paid_fen", True),
        ("'apparel' in categories && categories.all(c, c in ['apparel', 'shoes'])", True),
        ("reason in ['quality', 'wrong_item']", False),
        ("days_since_signed == null", True),
        ("signed && days_since_signed <= 7", False),
        ("platform == 'taobao' && edition.startsWith('taobao-') && phase == 'in_sale'", True),
        ("return_conforming == true || cause == 'buyer'", False),
        ("buyer_trades == null && buyer_credit == null && requests_before + evidence_count == 0", True),
    ],
)
def test_an_expression_asks_about_the_facts(expression: str, *, expected: bool) -> None:
    """What shops ask passes the check and gives what the facts say."""
    check_expression(expression)
    assert holds(expression, facts()) is expected


def test_every_fact_can_be_asked_about() -> None:
    """Each field of the facts, and both amounts in fen, is a known variable."""
    names = variables(facts())
    assert set(names) == set(RequestFacts.model_fields) | {"amount_fen", "paid_fen"}
    for name in names:
        check_expression(f"{name} == {name}")


@given(FEN, FEN)
def test_money_compares_to_the_cent(asked: int, limit: int) -> None:
    """An amount against a literal with two places, whole, or in fen, compares as the decimals do."""
    some = facts(amount=from_fen(asked))
    assert holds(f"amount <= {from_fen(limit):.2f}", some) is (asked <= limit)
    assert holds(f"amount == {from_fen(limit):.2f}", some) is (asked == limit)
    assert holds(f"amount < {limit // 100}", some) is (asked < limit // 100 * 100)
    assert holds(f"amount_fen >= {limit}", some) is (asked >= limit)


@given(st.integers(min_value=0, max_value=10**12 - 2))
def test_the_next_cent_is_another_amount(limit: int) -> None:
    """An amount one fen over the limit is not within it, however large."""
    assert not holds(f"amount <= {from_fen(limit):.2f}", facts(amount=from_fen(limit + 1)))


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("amount <=", "Syntax error"),
        ("ammount <= 200", "undeclared reference to 'ammount'"),
        ("line_count", "gives INT, not true or false"),
        ("service", "gives STRING, not true or false"),
        ("amount", "gives DYN, not true or false"),
        ("line_count > '1'", "no matching overload"),
        ("days_since_signed == 'seven'", "no matching overload"),
        ("(" * 100 + "true" + ")" * 100, "recursion limit"),
        ("categories.all(a, categories.all(b, a == b))", "may be used, once"),
        ("__import__('os').system('id') == 0", "undeclared reference"),
        ("service.__class__ == 'a'", "operand of a select"),
    ],
)
def test_an_expression_that_cannot_work_is_refused_with_the_reason(expression: str, why: str) -> None:
    """Syntax, unknown names, types, size and nested loops are found without any request."""
    with pytest.raises(ExpressionError, match=why):
        check_expression(expression)


def test_the_reason_names_the_place() -> None:
    """The message says where in the expression the fault is, in a line that can be shown."""
    with pytest.raises(ExpressionError) as fault:
        check_expression("shipped && ammount <= 200")
    assert str(fault.value) == "column 12: undeclared reference to 'ammount'"
    with pytest.raises(ExpressionError, match=r"^line 2, column 4: undeclared reference to 'ammount'$"):
        check_expression("shipped\n&& ammount <= 200")


@pytest.mark.parametrize(
    "expression",
    [
        "days_since_signed <= 7",
        "1 / requests_before > 0",
        "categories[5] == 'apparel'",
        "return_conforming",
        "amount <= '200'",
        "cause.matches('(')",
        "amount_fen * 9223372036854775807 * 9 > 0",
    ],
)
def test_an_expression_can_fail_on_a_request(expression: str) -> None:
    """What only shows with a request's facts fails then, as an error of ours."""
    check_expression(expression)
    with pytest.raises(ExpressionError):
        holds(expression, facts())


def test_a_fact_beyond_what_the_language_holds_is_a_failure() -> None:
    """A number that is no 64-bit integer fails, and does not break out."""
    with pytest.raises(ExpressionError):
        holds("buyer_credit > 0", facts(buyer_credit=2**70))


def test_an_unchecked_expression_does_not_run() -> None:
    """What the check refuses is refused at run time too, however it got there."""
    with pytest.raises(ExpressionError, match="may be used, once"):
        holds("categories.all(a, categories.all(b, a == b))", facts())


def test_a_null_result_leaves_the_interpreter_alone() -> None:
    """Judging many requests whose answer is null uses up no references to None: without any the interpreter dies."""
    gc.collect()
    before, times = sys.getrefcount(None), 5000
    for _ in range(times):
        with pytest.raises(ExpressionError, match="gave NULL"):
            holds("return_conforming", facts())
    assert before - sys.getrefcount(None) < times // 10


WORDS = """
    amount amount_fen service categories days_since_signed cause shipped 1 2.5 'x' b'x' null true false 0x7f 1u
    + - * / % && || ! == != < <= > >= in ? : ( ) [ ] { } , . size( matches( .all(c, .map(c, c dyn( string( int(
    duration( timestamp( type( startsWith( contains( has( // " ' \\ 退货 9223372036854775807
"""
SCRAPS = st.sampled_from(WORDS.split())


@given(st.lists(SCRAPS, max_size=60).map(" ".join) | st.text(max_size=200))
def test_any_text_is_judged_or_refused(expression: str) -> None:
    """Whatever somebody types, the answer is true, false, or one kind of error."""
    try:
        answer = holds(expression, facts())
    except ExpressionError:
        return
    assert isinstance(answer, bool)
