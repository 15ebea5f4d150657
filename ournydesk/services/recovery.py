"""The recovery kit: made, proven, put in force, and opened once a year to see that it still opens.

Layer: services. The private half exists while a kit is made or opened, and in the file that twelve words
open; the team's log has the public half, and every group's key is granted to it from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from ournydesk.clock import Clock
from ournydesk.crypto.envelope import digest
from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.groups import open_epoch, walk_back
from ournydesk.crypto.passphrase import WordBook
from ournydesk.crypto.recovery import LABEL, Kit, name_of, open_kit, seal_kit
from ournydesk.domain.membership import Group, Statement, Team, behind
from ournydesk.domain.recovery import WORDS, Drilled, KitMade, KitStatus
from ournydesk.domain.team import RECOVERY
from ournydesk.errors import BadInput, Refused, Tampered
from ournydesk.ports import OpenVault
from ournydesk.services.cosigning import state_or_propose
from ournydesk.services.membership import identity_of, team_of, turn_group

MADE: Final = "recovery.made"
OPENED: Final = "recovery.opened"
PROPOSED: Final = "recovery.proposed"
NOT_OURS: Final = "This recovery kit is of another team."


def new_words(words: WordBook) -> tuple[str, ...]:
    """Twelve fresh words, for one kit."""
    return words.generate(WORDS)


def make(
    shown: Sequence[str],
    typed: Mapping[int, str],
    *,
    keep: Callable[[bytes], bytes],
    vault: OpenVault,
    words: WordBook,
    clock: Clock,
    seal: Callable[[Kit, str], bytes] = seal_kit,
) -> KitMade:
    """A new kit, in force when this returns, or waiting for a second signature.

    ``shown`` are the twelve words, ``typed`` some of them by place, as the person wrote them down; ``keep``
    writes the file and gives back what the disk has. Nothing is said to the team before that opened with
    the words as they were typed. Takes some seconds.
    Raises BadInput when a word was written down wrongly, Refused("refused.member") for who may not.
    """
    identity, team = identity_of(vault), team_of(vault)
    _check_manages(team, vault)
    noted = [typed.get(place, word).strip().casefold() for place, word in enumerate(shown)]
    if noted != list(shown):
        raise BadInput(
            "A word is not the one that was shown. Look at what was written down, and type it again."
        )
    kit = Kit(team=team.id, fingerprint=identity.fingerprint, made=clock.today(), key=SealingKey.fresh())
    if open_kit(keep(seal(kit, " ".join(shown))), " ".join(noted)) != kit:
        raise BadInput("What was written is not what was to be written: use another stick.")
    public = kit.key.public()
    kit.key.forget()
    with vault.together():
        proposal = propose(public, kit.made, vault=vault)
    return KitMade(name=name_of(public, words), proposal=proposal, behind=len(behind(team_of(vault))))


def propose(public: bytes, made: date, *, vault: OpenVault) -> bytes | None:
    """Put a kit in force, or make the file for the second person; again when the first was overtaken."""
    proposal = state_or_propose(Statement.RECOVERY_SET, {"recovery": public.hex()}, vault=vault)
    vault.preferences.set(PROPOSED, f"{public.hex()} {made.isoformat()}")
    catch_up(vault)
    return proposal


def propose_again(vault: OpenVault) -> bytes | None:
    """The file for the second person once more: the team has changed since it was written."""
    public, _, made = vault.preferences.get(PROPOSED).partition(" ")
    if not public:
        raise Refused("refused.no_kit")
    with vault.together():
        return propose(bytes.fromhex(public), date.fromisoformat(made), vault=vault)


def catch_up(vault: OpenVault) -> int:
    """Turn the key of every group that the kit cannot open yet; how many this desk cannot turn.

    A desk turns the groups whose present key it holds; the others wait for somebody who manages and reads.
    """
    team = team_of(vault)
    left = 0
    if team.recovery is not None:
        _came_into_force(team.recovery, vault)
    for name in behind(team):
        if vault.keys.group(name, team.groups[name].epoch) is None:
            left += 1
        else:
            turn_group(vault, name, team.groups[name].members)
    return left


def drill(untrusted: bytes, typed: str, *, vault: OpenVault, words: WordBook, clock: Clock) -> Drilled:
    """Open a kit as if everything else were lost, look whether it opens what it should, and forget it.

    Raises BadInput with a sentence for words that do not open it, a kit of another team or one that was
    replaced; Tampered when a group was never really granted to it. The day is remembered in the vault.
    """
    kit = open_kit(untrusted, typed)
    identity, team = identity_of(vault), team_of(vault)
    try:
        if kit.fingerprint != identity.fingerprint:
            raise BadInput(NOT_OURS)
        public = kit.key.public()
        if public != team.recovery:
            raise BadInput(
                f"This kit of {kit.made:%d %B %Y} was replaced, or is not in force yet: it opens nothing new."
            )
        late = behind(team)
        opened = [group for name, group in team.groups.items() if name not in late]
        for group in opened:
            keys = epoch_keys(team, group, kit.key)
            if group.epoch not in keys:
                raise Tampered(what="epoch")
            for key in keys.values():
                key.forget()
    finally:
        kit.key.forget()
    vault.preferences.set(OPENED, _dated(public, clock.today()))
    vault.preferences.set(MADE, _dated(public, kit.made))
    return Drilled(name=name_of(public, words), made=kit.made, groups=len(opened), behind=len(late))


def epoch_keys(team: Team, group: Group, kit: SealingKey) -> dict[int, SealingKey]:
    """Every key of a group that a kit opens: of the newest epoch granted to it, and all before.

    Empty when no epoch was. Raises Tampered where a grant opens something that is not the group's key.
    """
    found: Group | None = group
    while found is not None and RECOVERY in found.grants:
        key = _granted(team, found, kit)
        if key is not None:
            return _walked_back(team, found, key)
        # A kit that was replaced opens what came before.
        found = found.before
    return {}


def status(vault: OpenVault, words: WordBook, clock: Clock) -> KitStatus:
    """Where the team stands with its kit, as this desk knows it."""
    team = team_of(vault)
    proposed = bytes.fromhex(vault.preferences.get(PROPOSED).partition(" ")[0])
    return KitStatus(
        today=clock.today(),
        name=name_of(team.recovery, words) if team.recovery is not None else (),
        made=_day(vault, MADE, team.recovery),
        opened=_day(vault, OPENED, team.recovery),
        behind=len(behind(team)),
        waiting=name_of(proposed, words) if proposed and proposed != team.recovery else (),
        needs_two=len(team.able()) > 1,
    )


def _granted(team: Team, group: Group, kit: SealingKey) -> SealingKey | None:
    try:
        key = open_epoch(
            team=team.id,
            group=group.name,
            epoch=group.epoch,
            mprev=group.context,
            device=RECOVERY,
            sealed=group.grants[RECOVERY],
            key=kit,
        )
    except Tampered:
        return None
    return _checked(key, group)


def _walked_back(team: Team, group: Group, key: SealingKey) -> dict[int, SealingKey]:
    keys = {group.epoch: key}
    newer = group
    while newer.before is not None:
        key = walk_back(
            team=team.id, group=group.name, epoch=newer.epoch, mprev=newer.context, past=newer.past, key=key
        )
        newer = newer.before
        keys[newer.epoch] = _checked(key, newer)
    return keys


def _checked(key: SealingKey, group: Group) -> SealingKey:
    if key.public() != group.public:
        raise Tampered(what="epoch")
    return key


def _check_manages(team: Team, vault: OpenVault) -> None:
    member = team.member_of(identity_of(vault).device)
    if member is None or not member.manages:
        raise Refused("refused.member", why="signer")


def _came_into_force(public: bytes, vault: OpenVault) -> None:
    """A kit that was made here is the team's now: the day it was made is remembered for it."""
    proposed, _, made = vault.preferences.get(PROPOSED).partition(" ")
    if proposed == public.hex():
        vault.preferences.set(MADE, _dated(public, date.fromisoformat(made)))
        vault.preferences.set(PROPOSED, "")


def _dated(public: bytes, day: date) -> str:
    """A day, for one kit only: what is remembered of a kit says nothing about the next one."""
    return f"{digest(LABEL, public).hex()} {day.isoformat()}"


def _day(vault: OpenVault, name: str, public: bytes | None) -> date | None:
    kit, _, day = vault.preferences.get(name).partition(" ")
    return date.fromisoformat(day) if public is not None and kit == digest(LABEL, public).hex() else None
