"""Words that make no command, explained: what is wrong with them and where the help is."""

from __future__ import annotations

import click

from generator.cli.command import Misuse, metavar_of
from generator.cli.words import Words


def explain_usage(problem: click.UsageError, words: Words) -> str:
    """Say what is wrong, in one sentence, with the nearest name where there is one."""
    match problem:
        case Misuse():
            text = words.say(f"usage.{problem.key}", **problem.values)
            near = str(problem.values.get("near", ""))
        case click.NoSuchOption():
            text = words.say("usage.no-such-option", name=problem.option_name)
            near = next(iter(problem.possibilities or ()), "")
        case click.MissingParameter(param=click.Parameter() as param, ctx=click.Context() as ctx):
            text = words.say("usage.missing", name=_name(param, ctx))
            near = ""
        case click.BadParameter(param=click.Parameter(type=click.Choice() as choice) as param):
            choices = ", ".join(str(c) for c in choice.choices)
            text = words.say("usage.choice", name=_name(param, problem.ctx), choices=choices)
            near = ""
        case click.BadParameter(
            param=click.Parameter(type=click.IntRange(min=int() as least)) as param
        ):
            text = words.say("usage.number", name=_name(param, problem.ctx), least=least)
            near = ""
        case click.BadOptionUsage():
            text = words.say("usage.needs-value", name=problem.option_name)
            near = ""
        case _:
            text, near = problem.format_message(), ""
    return f"{text} {words.say('usage.near', near=near)}" if near else text


def help_hint(problem: click.UsageError, words: Words) -> str:
    """Say where the help is."""
    path = problem.ctx.command_path if problem.ctx else "marbre"
    return words.say("usage.help", command=f"{path} --help")


def _name(param: click.Parameter, ctx: click.Context | None) -> str:
    if isinstance(param, click.Option) or ctx is None:
        return param.opts[-1]
    return metavar_of(param, ctx).strip("[]{}")
