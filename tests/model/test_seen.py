"""The records of what can be seen: importing their package alone lets any saved report be read."""

import pkgutil

from mailwizard.model import seen


def test_every_module_registers_its_kinds() -> None:
    assert sorted(seen.__all__) == [module.name for module in pkgutil.iter_modules(seen.__path__)]
