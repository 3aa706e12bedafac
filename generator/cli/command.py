"""Commands whose help and whose mistakes are told in the reader's language, by tables."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module

import click
from click.formatting import HelpFormatter

from generator.cli.console import Console
from generator.cli.words import Words


class Misuse(click.UsageError):
    """Words that make no command; `key` and `values` name a text of the table `usage`."""

    def __init__(self, key: str, ctx: click.Context | None = None, **values: object) -> None:
        super().__init__(key, ctx or click.get_current_context(silent=True))
        self.key = key
        self.values = values


class Command(click.Command):
    """A command whose texts are `commands.<name>` of the console table."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words; one too many is a misuse that names it."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as problem:
            problem.ctx = problem.ctx or ctx  # so that the right help is named
            raise
        if rest and not ctx.resilient_parsing:
            raise Misuse("extra", ctx, name=rest[0])
        return rest

    def get_short_help_str(self, limit: int = 45) -> str:
        """Say what it does in a line, as shells show it while completing."""
        context = click.get_current_context(silent=True)
        words = words_of(context) if context else Console().words
        return words.say(f"commands.{self.name}.about")

    def format_help(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write usage, what it does, its arguments and options, an example."""
        words = words_of(ctx)
        name = f"commands.{self.name}"
        _write_usage(self, ctx, formatter)
        _write_text(formatter, words.say(f"{name}.about"))
        if words.has(f"{name}.more"):
            _write_text(formatter, words.say(f"{name}.more"))
        _write_options(self, ctx, formatter)
        _write_example(formatter, words, words.say(f"{name}.example"))


class Group(click.Group):
    """The command of commands: imports each only when it is wanted."""

    def __init__(self, homes: dict[str, str], **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.homes = homes
        """Module of each command, in the order of the help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of a newsletter's life."""
        return list(self.homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self.homes:
            return None
        command: click.Command = import_module(self.homes[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; an unknown one is a misuse that names the nearest."""
        name = args[0]
        if name not in self.homes and not name.startswith("-") and not ctx.resilient_parsing:
            near = get_close_matches(name.lower(), self.homes, n=1)
            raise Misuse("no-such-command", ctx, name=name, near=near[0] if near else "")
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write what there is to say, one line a command, an example."""
        words = words_of(ctx)
        _write_usage(self, ctx, formatter)
        _write_text(formatter, words.say("marbre.about"))
        rows = [(name, words.say(f"commands.{name}.about")) for name in self.homes]
        _write_rows(formatter, words.say("help.commands"), rows)
        _write_options(self, ctx, formatter)
        _write_example(formatter, words, words.say("marbre.example"))


def words_of(ctx: click.Context) -> Words:
    """The texts in the language of this run."""
    return (ctx.find_object(Console) or Console()).words


def _write_usage(command: click.Command, ctx: click.Context, formatter: HelpFormatter) -> None:
    words = words_of(ctx)
    pieces = [_metavar(piece, words) for piece in command.collect_usage_pieces(ctx)]
    prefix = words.say("help.usage") + " "
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=prefix)


def _write_text(formatter: HelpFormatter, text: str) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        for paragraph in text.splitlines():
            formatter.write_text(paragraph)


def _write_options(command: click.Command, ctx: click.Context, formatter: HelpFormatter) -> None:
    words = words_of(ctx)
    params = command.get_params(ctx)
    for kind, title in ((click.Argument, "help.arguments"), (click.Option, "help.options")):
        rows = [_row(p, command, ctx) for p in params if isinstance(p, kind)]
        if rows:
            _write_rows(formatter, words.say(title), rows)


def _write_rows(formatter: HelpFormatter, title: str, rows: list[tuple[str, str]]) -> None:
    formatter.write_paragraph()
    formatter.write(f"{title}\n")
    with formatter.indentation():
        formatter.write_dl(rows)


def _write_example(formatter: HelpFormatter, words: Words, example: str) -> None:
    formatter.write_paragraph()
    title = words.say("help.example")
    one_line = f"{title} {example}"  # a screen has few lines
    fits = "\n" not in example and len(one_line) <= formatter.width
    formatter.write(one_line if fits else "\n  ".join((title, *example.splitlines())))
    formatter.write("\n")


def _row(param: click.Parameter, command: click.Command, ctx: click.Context) -> tuple[str, str]:
    words = words_of(ctx)
    name = "help" if param is command.get_help_option(ctx) else param.name
    own = f"commands.{command.name}.options.{name}"
    text = words.say(own if words.has(own) else f"options.{name}")
    metavar = metavar_of(param, ctx)
    if isinstance(param, click.Option):
        takes = "" if param.is_flag else f" {metavar}"
        return ", ".join(param.opts) + takes, text
    return metavar, text


def metavar_of(param: click.Parameter, ctx: click.Context) -> str:
    """What stands for a value in the help: `DOSSIER`, `[fr|en]`."""
    return _metavar(param.make_metavar(ctx), words_of(ctx))


def _metavar(metavar: str, words: Words) -> str:
    bare = metavar.strip("[]").removesuffix("...")
    known = f"metavars.{bare}"
    return metavar.replace(bare, words.say(known)) if words.has(known) else metavar
