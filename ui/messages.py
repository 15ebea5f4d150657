"""The sentence a person reads when something cannot be done, and what to do about it. Layer: ui.

Keyed by the code of a DeskError; the longest code that fits wins, so that ``refused.no_blank`` has words
of its own and an unknown ``refused.…`` still has some. A test holds this against the whole error tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ournydesk.errors import BadInput, DeskError
from ui.i18n import tr


@dataclass(frozen=True, slots=True)
class Message:
    """What is so, and what to do."""

    what: str
    then: str = ""

    @property
    def text(self) -> str:
        """Both as one line."""
        return f"{self.what} {self.then}".strip()


MESSAGES: Final[Mapping[str, Message]] = {
    "desk": Message("Something did not work.", "Nothing you saved is lost. Tell the clinic lead."),
    "vault": Message("This seat cannot be opened.", "Keep the laptop as it is and tell the clinic lead."),
    "vault.key": Message("These words do not open this seat.", "Check the card, word by word."),
    "vault.busy": Message(
        "This seat is already open in another window.", "Go to that window, or close it first."
    ),
    "vault.none": Message(
        "There is no seat in this place any more.", "Look whether the stick or folder is still there."
    ),
    "vault.seal": Message(
        "A file of this seat is damaged or was changed.",
        "Nothing was opened. Do not delete anything; tell the clinic lead.",
    ),
    "vault.limits": Message(
        "A file of this seat was changed by something else.",
        "Nothing was opened. Do not delete anything; tell the clinic lead.",
    ),
    "store": Message(
        "The records of this seat are damaged.",
        "Do not delete anything. The clinic lead can restore the last backup.",
    ),
    "store.write": Message(
        "The disk does not take what was typed.", "Keep this window open and tell the clinic lead."
    ),
    "store.cipher": Message(
        "A part of this program that encrypts is missing.",
        "Nothing was opened. Install the program again on this laptop.",
    ),
    "vault.header": Message(
        "The key file belongs to another seat.", "Do not delete anything; tell the clinic lead."
    ),
    "store.header": Message(
        "The key file of this seat is damaged.",
        "Nothing was opened. Do not delete anything; the clinic lead can restore the last backup.",
    ),
    "store.full": Message(
        "The disk is full.", "Free some room, then press Ctrl+S. What is on the screen is kept."
    ),
    "wire": Message("The server cannot be reached.", "Keep working. It is tried again by itself."),
    "wire.away": Message("The server cannot be reached.", "Keep working. It is tried again by itself."),
    "wire.fault": Message(
        "The server gave an answer that does not fit.", "Keep working. Tell the coordinator."
    ),
    "wire.fault.fork": Message(
        "Two different logs of the team were shown to this desk.",
        "Nothing was taken in. Keep working and call the coordinator now.",
    ),
    "wire.fork": Message(
        "The server tells this desk another story than it told before.",
        "Sending has stopped. Keep working and call the coordinator now.",
    ),
    "wire.cloned": Message(
        "The server knows newer work of this desk than the desk itself.",
        "This seat was restored from a copy, or copied. It must join the team again: call the coordinator.",
    ),
    "wire.restored": Message(
        "The server was restored from a backup.",
        "This desk offers it again what it lost. Nobody has to do anything.",
    ),
    "wire.member_race": Message(
        "Two coordinators changed the team at the same time.",
        "The other change stands. Look at the team and make yours again.",
    ),
    "wire.version": Message(
        "The server speaks a version this desk does not know.", "Update the program on this laptop."
    ),
    "wire.refused": Message(
        "The server did not take something this desk signed.",
        "It is kept here and can be carried by stick. Tell the coordinator.",
    ),
    "wire.quarantined": Message(
        "Something arrived that does not check out.",
        "It was set aside and nothing else was touched. Tell the coordinator.",
    ),
    "needs.refused": Message(
        "The server did not take something of this intake.",
        "It is kept here. Carry it on a stick, and tell the coordinator.",
    ),
    "needs.quarantined": Message(
        "Something about this intake arrived that does not check out.",
        "It was set aside. Tell the coordinator.",
    ),
    "refused": Message("This cannot be done now."),
    "refused.on_its_way": Message(
        "A part of this document has not arrived yet.", "It comes with the next rounds; look again then."
    ),
    "refused.erase": Message(
        "Only a coordinator who reads this case can erase it.", "Tell the coordinator what the client wants."
    ),
    "refused.alarm": Message(
        "This alarm stops sending until a coordinator has looked into it.", "Call the coordinator now."
    ),
    "refused.no_team": Message(
        "This seat is in no team yet.", "A coordinator can let it in: open Team and ask to join."
    ),
    "refused.in_team": Message("This seat is in a team already."),
    "refused.no_request": Message("This seat has not asked to join yet.", "Write its request first."),
    "refused.words": Message(
        "These are not the words of that desk.",
        "Ask its owner to read the six words again. If they differ, do not admit it.",
    ),
    "refused.shut_out": Message(
        "This desk may not do that, or was taken out of the team.",
        "What is here stays here. Ask the coordinator.",
    ),
    "refused.recipient": Message("That desk is not in the team any more."),
    "refused.group": Message(
        "This desk does not hold the key of that group.", "Another coordinator has to do it."
    ),
    "refused.consent": Message(
        "The client has not agreed yet.", "Ask the question under “Consent” first; nothing leaves before."
    ),
    "refused.agreed_before": Message(
        "This client had agreed, and others may have the answers by now.",
        "Choose Intake, “The client takes it back”: it lists who has them, and tells them.",
    ),
    "refused.no_clinic": Message("No clinic is open.", "A coordinator opens one under Team."),
    "refused.seat_closed": Message(
        "The clinic this seat was made ready for is over, so nothing new is written here.",
        "What is here is still sent. To go on, ask the clinic lead to keep the clinic open or to renew it.",
    ),
    "refused.no_seat": Message("This is no seat of this team, or it was shut out."),
    "refused.visit": Message(
        "A clinic's visitor has to read cases, and the clinic has to be one that is not over.",
        "Tick “reads cases”, or choose another clinic.",
    ),
    "refused.manages": Message("Only a coordinator who lets people in can do this."),
    "refused.member": Message(
        "The team's rules do not allow this.",
        "Somebody who lets people in always stays; some things need two who sign (Team, Recovery kit…).",
    ),
    "refused.member.two_signatures": Message(
        "Two who let people in have to sign this.",
        "Save the file for the other one; both signatures make it so.",
    ),
    "refused.member.last_manager": Message(
        "Nobody would be left to let people in.", "Let somebody else do that first (Team, Recovery kit…)."
    ),
    "refused.member.signer": Message(
        "Only somebody who lets people in can do this, and not from a desk that was shut out.",
        "Ask the coordinator.",
    ),
    "refused.member.known": Message(
        "This desk or this person is in the team already.",
        "A laptop that was shut out asks again from a new seat, with a new request.",
    ),
    "refused.member.revoked": Message("This desk was shut out already.", "Look at the team's list again."),
    "refused.member.unknown": Message(
        "This desk or this person is not in the team.", "Send and fetch (F5), then look again."
    ),
    "refused.member.devices": Message(
        "This person still has a desk that counts.", "Shut their desks out first, one by one."
    ),
    "refused.member.reads": Message(
        "Somebody who does not read cases cannot be among those who do.", "Give them the right first."
    ),
    "refused.member.epoch_missing": Message(
        "They would still hold the key of cases that come.",
        "Shut their desk out instead; that turns the key.",
    ),
    "refused.member.volunteer_rights": Message(
        "A volunteer neither reads cases nor lets people in.", "Choose another role for them."
    ),
    "refused.no_kit": Message("No kit waits for a signature.", "Make one first."),
    "refused.purged": Message("This laptop has let go of this intake.", "The legal team has it; ask them."),
    "refused.empty": Message("There is nothing written yet."),
    "refused.conflict": Message(
        "Two people gave different answers, and one has to be chosen first.",
        "Who reads cases chooses in the case; at the intake, answer the question once more.",
    ),
    "refused.key": Message(
        "The keys of that laptop cannot be used.", "Make its request anew on that laptop and try again."
    ),
    "refused.batch_key": Message("This batch was not written for this desk."),
    "refused.batch_empty": Message("There is no case to write.", "Look at what was left out, and why."),
    "refused.token": Message(
        "The server did not take this token.", "Ask its operator for a new one; each works once."
    ),
    "refused.input": Message("This file cannot be used."),
    "refused.passphrase": Message("These words are too easy to guess.", "Use the six words you were given."),
    "refused.too_large": Message(
        "This is too large to send in one piece.", "Make the file smaller, or choose fewer people."
    ),
    "refused.vault_name": Message("This name cannot be used.", "Choose another, up to 60 letters."),
    "refused.newer": Message("This was made by a newer OurNY Desk.", "Update the program on this laptop."),
    "refused.memory": Message(
        "This laptop has not enough free memory to open the seat.", "Close other programs and try again."
    ),
    "refused.no_blank": Message(
        "The agency's blank form is not on this laptop yet.",
        "Save the current N-400 from uscis.gov/n-400 and import it here.",
    ),
    "refused.edition_over": Message(
        "The agency takes this edition no more.",
        "Save the current one from the agency's site and import it. An attorney may print this one with a "
        "reason.",
    ),
    "refused.not_attorney": Message(
        "Only an attorney may print an edition that is over.", "Import the current edition."
    ),
    "refused.not_shared": Message(
        "The person did not agree that this recipient is told.", "Only they can change that, one by one."
    ),
    "refused.no_report": Message("This intake is no incident.", "Its packet can be printed."),
    "refused.undecided": Message(
        "No attorney has signed a decision in this case yet.",
        "The page to take home can be made when one has.",
    ),
    "refused.carrying": Message(
        "Ask the client first whether carrying this page is safe.", "If it is not, do not print it."
    ),
    "refused.no_official": Message("This intake fills no agency form.", "Its packet can be printed."),
    "refused.unknown_intake": Message("This intake is not on this laptop any more."),
    "refused.unknown_form": Message(
        "The form of this intake is not on this laptop.", "Tell the clinic lead."
    ),
    "refused.folder": Message(
        "The folder for seats cannot be used.", "It must be a folder of your own, on this laptop's disk."
    ),
    "refused.vault_here": Message(
        "This very seat is on this laptop already.", "Open that one; the backup is older than it."
    ),
    "refused.pin": Message(
        "These six digits are too easy, or not six.", "No rows such as 123456, no repetitions such as 121212."
    ),
    "refused.form_version": Message(
        "The team has this version of the form already, or a later one.",
        "Write a higher version into the form's settings and send it again.",
    ),
    "refused.form_changed": Message(
        "This form came with other lists than before.",
        "Tell the coordinator; the intake goes on with the old ones.",
    ),
    "refused.locked": Message("The seat is locked.", "Open it with its six words."),
    "refused.text": Message("This text holds a sign that cannot be kept.", "Type it again."),
    "refused.step": Message("The form does not take an answer here now."),
}


def message(error: Exception) -> Message:
    """The words for an error; one that nobody expected gets honest general ones."""
    if isinstance(error, BadInput):
        return Message(error.message)
    if not isinstance(error, DeskError):
        return Message(tr(MESSAGES["desk"].what), tr(MESSAGES["desk"].then))
    why = error.facts.get("why")
    code = f"{error.code}.{why}" if isinstance(why, str) and why else error.code
    while code and code not in MESSAGES:
        code = code.rpartition(".")[0]
    found = MESSAGES.get(code, MESSAGES["desk"])
    return Message(tr(found.what), tr(found.then))
