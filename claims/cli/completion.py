"""`claims completion`: what a shell needs to complete commands, options and the ids of the case.

The scripts are written from the commands themselves. For an id they ask `claims completion ids KIND`, which reads the
case and stays silent where it cannot.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Command, Option
from claims.cli.commands import SUMMARIES, all_commands
from claims.cli.options import CASE
from claims.cli.streams import out

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from claims.model.case import Case

SHELLS: Final = ("bash", "zsh", "fish")
IDS: Final = "ids"
KINDS: Final[dict[str, Callable[[Case], Iterable[str | None]]]] = {
    "claim": lambda case: (claim.id for claim in case.claims),
    "finding": lambda case: (finding.key for finding in case.findings),
    "speaker": lambda case: (speaker.id for speaker in case.speakers),
    "topic": lambda case: (claim.topic for claim in case.claims),
    "party": lambda case: (party.id for party in case.parties),
    "source": lambda case: (source.id for source in case.sources),
}


def run(args: argparse.Namespace) -> int:
    """Print a script, or the ids of one kind."""
    if args.shell == IDS:
        out("".join(f"{word}\n" for word in _ids(args)))
        return exits.FINE
    out(SCRIPTS[args.shell](all_commands()))
    return exits.FINE


def _ids(args: argparse.Namespace) -> list[str]:
    """Ids to offer; none where there is no sound case: a shell is no place for complaints."""
    from claims.cases import open_case
    from claims.cli.place import chosen_place
    from claims.model.errors import ClaimsError

    if args.kind is None:
        return []
    args.quiet = True
    try:
        case = open_case(chosen_place(args).folder)
    except (ClaimsError, OSError):
        return []
    return sorted({word for word in KINDS[args.kind](case) if word})


def bash(commands: tuple[Command, ...]) -> str:
    """The script for bash."""
    cases = "\n".join(
        f"    {command.name}) options={shlex.quote(' '.join(_flags(command)))} ;;" for command in commands
    )
    return f"""\
# claims: completion for bash. Put this into ~/.bashrc:  eval "$(claims completion bash)"
_claims() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command= options= i
  local -a case=()
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${{COMP_WORDS[i]}} in
      --case) case=(--case "${{COMP_WORDS[i+1]}}"); ((i++)) ;;
      -*) ;;
      *) [ -n "$command" ] || command=${{COMP_WORDS[i]}} ;;
    esac
  done
  _claims_words() {{ local IFS=$'\\n'; COMPREPLY=($(compgen -W "$1" -- "$word")); }}
  _claims_ids() {{
    local IFS=$'\\n'
    COMPREPLY=($(compgen -W "$(claims "${{case[@]}}" completion ids "$1" 2>/dev/null)" -- "$word"))
    [ ${{#COMPREPLY[@]}} -eq 0 ] || COMPREPLY=($(printf '%q\\n' "${{COMPREPLY[@]}}"))
  }}
  case $command:$before in
{_bash_values(commands)}
  esac
  case $command in
    '') options={shlex.quote(" ".join([*(command.name for command in commands), "--case", "--version", "--help"]))} ;;
{cases}
  esac
  _claims_words "${{options// /$'\\n'}}"
}}
complete -F _claims claims
"""


def zsh(commands: tuple[Command, ...]) -> str:
    """The script for zsh, which runs the one for bash."""
    return f"""\
# claims: completion for zsh. Put this into ~/.zshrc:  eval "$(claims completion zsh)"
autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
{bash(commands).partition(chr(10))[2]}"""


def fish(commands: tuple[Command, ...]) -> str:
    """The script for fish."""
    lines = [
        "# claims: completion for fish. Put this into ~/.config/fish/config.fish:  claims completion fish | source",
        "function __claims_ids",
        "    set -l words (commandline -opc)",
        "    set -l at (contains -i -- --case $words)",
        "    and claims --case $words[(math $at + 1)] completion ids $argv[1] 2>/dev/null",
        "    or claims completion ids $argv[1] 2>/dev/null",
        "end",
        "complete -c claims -f",
        "complete -c claims -n __fish_use_subcommand -l version -d 'which version this is'",
    ]
    for command in commands:
        lines.append(_fish_line("-n __fish_use_subcommand", f"-a {command.name}", SUMMARIES[command.name]))
        condition = f"-n '__fish_seen_subcommand_from {command.name}'"
        lines += [
            _fish_line(condition, _fish_names(option) + _fish_values(option), option.help) for option in command.options
        ]
    return "\n".join(lines) + "\n"


SCRIPTS: Final[dict[str, Callable[[tuple[Command, ...]], str]]] = {"bash": bash, "zsh": zsh, "fish": fish}


def _flags(command: Command) -> list[str]:
    named = [flag for option in command.options if not option.is_positional for flag in option.flags]
    choices = [choice for option in command.options if option.is_positional for choice in option.choices]
    return [*choices, *named, "--help"]


def _bash_values(commands: tuple[Command, ...]) -> str:
    """What may follow each option, by command and option."""
    lines: list[str] = []
    for command in commands:
        for option in command.options:
            if not option.takes_value or (option.is_positional and not option.completes):
                continue
            pattern = "|".join(
                f"{command.name}:{flag}" for flag in ((command.name,) if option.is_positional else option.flags)
            )
            lines.append(f"    {pattern}) {_bash_action(option)} return ;;")
    return "\n".join(['    :--case) COMPREPLY=($(compgen -d -- "$word")); return ;;', *lines])


def _bash_action(option: Option) -> str:
    if option.choices:
        words = "\\n".join(option.choices)
        return f"_claims_words $'{words}';"
    if option.completes in ("file", "folder"):
        return f'COMPREPLY=($(compgen -{"f" if option.completes == "file" else "d"} -- "$word"));'
    return f"_claims_ids {option.completes};" if option.completes else ""


def _fish_line(condition: str, what: str, about: str) -> str:
    plain = about.replace("\\", "\\\\").replace("'", "\\'")
    return f"complete -c claims {condition} {what} -d '{plain}'"


def _fish_names(option: Option) -> str:
    if option.is_positional:
        return ""
    return " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags)


def _fish_values(option: Option) -> str:
    if not option.takes_value:
        return ""
    needs = "" if option.is_positional else " -x"
    if option.choices:
        return f"{needs} -a '{' '.join(option.choices)}'"
    if option.completes == "file":
        return " -r -F"
    if option.completes == "folder":
        return f"{needs} -a '(__fish_complete_directories)'"
    return f"{needs} -a '(__claims_ids {option.completes})'" if option.completes else needs


COMMAND: Final = Command(
    name="completion",
    about="Print what a shell needs to complete commands, options, and the speakers, topics and sources of the case.",
    examples=(
        ('eval "$(claims completion bash)"', "in ~/.bashrc"),
        ('eval "$(claims completion zsh)"', "in ~/.zshrc"),
        ("claims completion fish | source", "in ~/.config/fish/config.fish"),
    ),
    options=(
        Option(("shell",), "the shell; `ids KIND` prints the ids of the case", metavar="SHELL", choices=(*SHELLS, IDS)),
        Option(("kind",), "with `ids`: which", metavar="KIND", choices=tuple(KINDS), more={"nargs": "?"}),
        CASE,
    ),
    run=run,
)
