"""`verifier compare`: two runs over the same rows in, whether one is better out."""

from verifier.cli import options, score_options
from verifier.cli.output import wants_color, width, write_stdout


def compare(
    run_a: score_options.RunA,
    run_b: score_options.RunB,
    *,
    form: score_options.CompareFormat = "text",
    no_color: options.NoColor = False,
) -> int:
    """Tell whether run B is better than run A.

    Every figure of both, the difference with its 95% interval (paired bootstrap) and its p, and the
    rows that flipped (McNemar). Exit code: 0 they were compared, 2 they could not be.
    """
    from verifier.reports import compare_text  # noqa: PLC0415 - --help does without
    from verifier.results import compare_runs  # noqa: PLC0415

    compared = compare_runs(run_a, run_b)
    if form == "json":
        write_stdout(compare_text.render_json(compared), utf8=True)
        return 0
    text = compare_text.render(compared, width=width(), color=wants_color(no_color=no_color))
    write_stdout(text, utf8=False)
    return 0
