"""What a conversation remembers survives being written down; what cannot be read is a fresh start."""

import json

import pytest
from hypothesis import given, settings, strategies as st

from handlers.state import (
    FRESH,
    AskedVillage,
    Browsing,
    Choosing,
    Draft,
    Drafting,
    Guiding,
    Offered,
    OnTicket,
    State,
    Village,
    dump,
    load,
)

words = st.text(max_size=20)
few = st.lists(words, max_size=3).map(tuple)
drafts = st.builds(Draft, words, words, words, words, words, words, few, words, words, few)
pendings = st.one_of(
    st.none(),
    st.builds(Choosing, few, words),
    st.builds(Offered, drafts),
    st.builds(
        Drafting, drafts, st.sampled_from(["kind", "what", "where", "when", "pictures", "phone", "confirm", "fix"])
    ),
    st.builds(Guiding, words, st.lists(st.integers(1, 9), max_size=3).map(tuple)),
    st.builds(Browsing, st.sampled_from(["domains", "entries"]), few, words, words, st.integers(0, 99)),
    st.builds(Village, few, few, st.integers(0, 9), st.lists(st.integers(1, 30), max_size=3).map(tuple)),
    st.builds(AskedVillage, words),
    st.builds(OnTicket, words, st.sampled_from(["code", "withdraw", "supplement", "rating", "which"]), few, words),
)
states = st.builds(State, pendings, words, st.integers(0, 2**45), words, words, words)


@settings(max_examples=300, deadline=None)
@given(states)
def test_a_state_comes_back_as_it_was(state: State) -> None:
    assert load(dump(state)) == state


@given(st.text(max_size=60))
def test_any_text_loads_into_some_state(text: str) -> None:
    assert isinstance(load(text), State)


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | words, lambda x: st.lists(x) | st.dictionaries(words, x))
)
def test_any_json_loads_into_some_state(value: object) -> None:
    assert isinstance(load(json.dumps(value)), State)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"unknown":1}',
        '{"pending":{"is":"Nothing"}}',
        '{"pending":{"is":"Draft"}}',
        '{"pending":{"is":"Guiding"}}',
        '{"pending":{"is":"Guiding","entry_id":"a","new_field":1}}',
        '{"pending":7}',
    ],
)
def test_what_another_version_wrote_is_a_fresh_conversation(text: str) -> None:
    assert load(text) == FRESH


def test_an_empty_state_is_small() -> None:
    assert dump(FRESH) == "{}"
