"""What a half-signed statement would change, in sentences. Layer: ui, without Qt."""

from __future__ import annotations

from ournydesk.domain.cosigning import Asked, Change, What
from ournydesk.domain.membership import Member, Role
from ui.i18n import tr

ROLES = {
    Role.VOLUNTEER: "volunteer",
    Role.REPRESENTATIVE: "accredited representative",
    Role.ATTORNEY: "attorney",
    Role.COORDINATOR: "coordinator",
}


def sentences(asked: Asked) -> tuple[str, ...]:
    """One for each thing that would be so once it was signed."""
    return tuple(_sentence(change, asked) for change in asked.changes)


def _sentence(change: Change, asked: Asked) -> str:
    name = _name(change, asked)
    match change.what:
        case What.KIT if change.before:
            return tr(
                "A new recovery kit, “{kit}”, takes the place of the one before. The old one opens no case "
                "that begins after that.",
                kit=" ".join(asked.kit),
            )
        case What.KIT:
            return tr(
                "The team gets its first recovery kit, “{kit}”. It opens every case of the team.",
                kit=" ".join(asked.kit),
            )
        case What.JOINS:
            return tr("{name} joins the team: {rights}.", name=name, rights=_rights(change.becomes))
        case What.RIGHTS:
            return tr(
                "{name} was: {was}. From then on: {becomes}.",
                name=name,
                was=_rights(change.was),
                becomes=_rights(change.becomes),
            )
        case What.LEAVES:
            return tr("{name} leaves the team.", name=name)
        case What.DESK_IN:
            return tr("Another laptop of {name} is let in.", name=name)
        case What.DESK_OUT:
            return tr("A laptop of {name} is shut out.", name=name)
        case What.POLICY:
            return tr(
                "The team's rule “{name}” is {after} from then on. It was: {before}.",
                name=change.name,
                before=change.before or tr("nothing"),
                after=change.after or tr("nothing"),
            )
        case What.KEYS:
            return tr("Those who read “{name}” get new keys.", name=change.name)


def _name(change: Change, asked: Asked) -> str:
    if change.user is None:
        return ""
    return asked.names.get(change.user) or tr("somebody whose name is not here yet")


def _rights(member: Member | None) -> str:
    if member is None:
        return tr("not in the team")
    rights = [tr(ROLES[member.role])]
    rights += [tr("lets people in and shuts them out")] if member.manages else []
    rights += [tr("reads cases")] if member.reads else []
    return ", ".join(rights)
