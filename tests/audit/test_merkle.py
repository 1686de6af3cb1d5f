"""The tree of RFC 9162."""

import pytest

from audit.sealing.merkle import Tree, leaf_hash


class TestTree:
    def test_has_the_roots_of_the_standard(self):
        """Known answers of Certificate Transparency's reference implementation."""
        leaves = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ]
        tree = Tree()
        roots = {}
        for leaf in leaves:
            tree.add(leaf_hash(bytes.fromhex(leaf)))
            roots[tree.size] = tree.root().hex()

        assert Tree().root().hex().startswith("e3b0c44298fc1c14")
        assert roots[1].startswith("6e340b9cffb37a98")
        assert roots[8] == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"

    @pytest.mark.parametrize("first", [1, 13, 1023, 1024, 2048, 3000])
    def test_is_the_same_in_whatever_parts_it_grew(self, first):
        leaves = [leaf_hash(str(n).encode()) for n in range(5000)]
        one_by_one, part = Tree(), Tree()
        for leaf in leaves:
            one_by_one.add(leaf)
        part.add(b"".join(leaves[:first]))
        rest = Tree(part.size, part.frontier)
        rest.add(b"".join(leaves[first:]))

        assert rest.root() == one_by_one.root()
        assert rest.frontier == one_by_one.frontier

    def test_refuses_a_frontier_of_another_size(self):
        with pytest.raises(ValueError, match="not of a tree of this size"):
            Tree(3, bytes(32))
