"""Where the parts of the desk meet. Layer: above every part; nobody below imports it.

Everything that is real is made here, by hand: the vaults on the disk, the clock on the wall, the forms of
the library, the machines that draw paper, the wire. ``laptop`` is the desk itself; ``cases``, ``team``,
``wire`` and ``batches`` are what it does with others.
"""

from ournydesk.bootstrap.laptop import LaptopDesk, desk, readable
from ournydesk.bootstrap.library import form_version

__all__ = ["LaptopDesk", "desk", "form_version", "readable"]
