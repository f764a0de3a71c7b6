"""What happens to keys: two recipients, either opens; a new key beside the old one; a lost key opens nothing."""

import pytest

from sangkien.adapters.sealing import Keyring, new_key, seal


def test_either_of_two_keys_opens() -> None:
    desk, chair = new_key(), new_key()
    sealed = seal("phiếu của ghế 4", [desk[1], chair[1]])
    assert "phiếu" not in sealed
    for private, _ in (desk, chair):
        assert Keyring(private).open(sealed) == "phiếu của ghế 4"


def test_a_key_lost_is_replaced_and_the_chair_s_still_opens_what_was_sealed_before() -> None:
    desk, chair, fresh = new_key(), new_key(), new_key()
    before = seal("trước", [desk[1], chair[1]])
    after = seal("sau", [fresh[1], chair[1]])
    ring = Keyring(f"# khóa mới\n{fresh[0]}\n{chair[0]}\n")
    assert (ring.open(before), ring.open(after)) == ("trước", "sau")
    assert Keyring(fresh[0]).open(before) is None


def test_no_key_and_no_sealed_text_open_nothing() -> None:
    assert not Keyring("").can_open
    assert Keyring("").open(seal("x", [new_key()[1]])) is None
    assert Keyring(new_key()[0]).open("-----BEGIN AGE ENCRYPTED FILE-----\nx\n-----END AGE ENCRYPTED FILE-----") is None


def test_no_public_key() -> None:
    with pytest.raises(ValueError, match=r".+"):
        seal("x", ["age1x"])
