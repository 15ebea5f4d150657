"""What is broken, and who has to notice. One entry is one promise of the desk, taken away.

``before`` is short and stands once in its file, so that it moves with the code; where it is gone, that is an
error and not a mutant that was killed.
"""

from __future__ import annotations

from typing import Final

from tests.mutants.chains import CHAINS, SIGNATURES
from tests.mutants.promises import PROMISES
from tests.mutants.rights import RIGHTS
from tests.mutants.seals import SEALS
from tests.mutants.workshop import Mutant

MUTANTS: Final[tuple[Mutant, ...]] = (*SIGNATURES, *CHAINS, *RIGHTS, *SEALS, *PROMISES)
