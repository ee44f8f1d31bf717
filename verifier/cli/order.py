"""A command that knows the order in which its options were given: `-o` belongs to a `--format`."""

from typing import Any

from typer import Context
from typer.core import TyperCommand

ORDER = "order"
"""Where `Context.meta` has the names of the parameters, one for each time that one was given."""


class InOrder(TyperCommand):
    """Notes the order, which the parser knows and the parameters' values lose."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own type has no public name
        """Parse twice: once for the order."""
        _, _, given = self.make_parser(ctx).parse_args(args=[*args])
        ctx.meta[ORDER] = [parameter.name for parameter in given]
        return super().parse_args(ctx, args)


def in_order(context: Context, **values: Any) -> list[Any]:  # noqa: ANN401 - of any type
    """Give the values of several options, each a list or None, in the order they were given in."""
    left = {name: [*(given or ())] for name, given in values.items()}
    return [left[name].pop(0) for name in context.meta[ORDER] if name in left]
