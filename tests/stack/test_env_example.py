"""`.env.example` tells of every variable that the settings read, and of no other."""

import re

from stack.home import PROJECT

READ = re.compile(
    r"env\.(?:text|flag|number|words|stack_address|secret_key|signing_key)\(\s*\"(\w+)\""
)
TOLD = re.compile(r"^(\w+)=", re.MULTILINE)


def test_every_variable_has_its_line_of_words():
    settings = "".join(
        (PROJECT / "aar" / name).read_text("utf-8")
        for name in ("settings.py", "settings_sign_in.py", "sso.py")
    )
    example = (PROJECT / ".env.example").read_text("utf-8")

    assert sorted(TOLD.findall(example)) == sorted(set(READ.findall(settings)))
    for block in example.strip().split("\n\n"):
        assert block.startswith("#"), block
