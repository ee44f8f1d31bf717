"""`verifier check`: claims and sources in, a report out."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from verifier.cli import options
from verifier.cli.output import (
    check_output,
    format_of,
    progress_bar,
    say,
    spare_inputs,
    wants_color,
    width,
    write_file,
    write_stdout,
)
from verifier.cli.parsing import parse_day, parse_fail_on
from verifier.errors import InputError
from verifier.records import Report, Skipped
from verifier.reports import FORMATS, check_format, render


def check(  # noqa: PLR0913 - a parameter an option
    claims: options.Claims = None,
    *,
    source: options.Sources,
    claim_files: options.ClaimFiles = None,
    claim_field: options.ClaimField = "claim",
    form: options.Format = None,
    output: options.Output = None,
    fail_on: options.FailOn = "refuted",
    model: options.Model = "bundled",
    device: options.Device = "auto",
    dtype: options.Dtype = "float32",
    label_map: options.LabelMap = None,
    calibration: options.Calibration = None,
    top_k: options.TopK = None,
    batch_tokens: options.BatchTokens = None,
    support_threshold: options.SupportThreshold = None,
    refute_threshold: options.RefuteThreshold = None,
    no_quantities: options.NoQuantities = False,
    as_of: options.AsOf = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
) -> int:
    """Check claims against sources.

    Each is supported, refuted or unknown, with the place that decides. Exit code: 0 all claims
    pass, 1 a claim's label is in --fail-on, 2 they could not be checked.
    """
    failing = parse_fail_on(fail_on)
    form = _format(form, output)
    day = parse_day(as_of)
    _check_stdin(claim_files or (), source)
    if output is not None:
        check_output(output)
        spare_inputs(output, [*(claim_files or ()), *source, calibration])
    # The options are right; what is loaded from here on, --help does without.
    from verifier.cli.inputs import gather_claims, gather_sources  # noqa: PLC0415
    from verifier.nli.labels import parse_label_map  # noqa: PLC0415
    from verifier.pipeline import Verifier  # noqa: PLC0415

    mapping = None if label_map is None else parse_label_map(label_map)
    gathered = gather_claims(claims or (), claim_files or (), claim_field)
    sources, skipped = gather_sources(source, claim_files or ())
    spare_inputs(output, [each.path for each in sources])
    _name_skipped(skipped)
    verifier = Verifier(
        model,
        device=device,
        dtype=dtype,
        label_map=mapping,
        calibration=calibration,
        batch_tokens=batch_tokens,
        top_k=top_k,
        support_threshold=support_threshold,
        refute_threshold=refute_threshold,
        quantities=not no_quantities,
        as_of=day,
    )
    pairs = 0

    def advance(done: int, total: int) -> None:
        nonlocal pairs
        pairs = total
        bar(done, total)

    start = time.perf_counter()
    with progress_bar(show=not quiet, no_color=no_color) as bar:
        report = verifier.verify(gathered, sources, progress=advance)
    seconds = time.perf_counter() - start
    _name_skipped(report.skipped)
    for note in report.notes:
        say(f"note: {note}")
    report = replace(report, skipped=(*skipped, *report.skipped))
    if verbose:
        _say_speed(report, len(sources), pairs, seconds)
    _write(report, form, output, no_color=no_color)
    return int(any(report.count(label) for label in failing))


def _format(form: str | None, output: Path | None) -> str:
    """Give the format asked for, else that of the output's suffix."""
    if form is not None:
        check_format(form)
        return form
    meant = (output and format_of(output)) or "text"
    if meant not in FORMATS:
        raise InputError(
            f"--output {output}: check writes no {meant}; give the --format that it has"
        )
    return meant


def _check_stdin(claim_files: Sequence[str], sources: Sequence[str]) -> None:
    """Refuse to read stdin twice: the second reader would find nothing."""
    if [*claim_files, *sources].count("-") > 1:
        raise InputError("stdin can be read once: give '-' to one --claims or to one --source")


def _name_skipped(skipped: Sequence[Skipped]) -> None:
    for each in skipped:
        say(f"note: skipped {each.what}: {each.why}")


def _say_speed(report: Report, sources: int, pairs: int, seconds: float) -> None:
    say(
        f"note: claims: {len(report.verdicts):,}, sources: {sources:,}, pairs: {pairs:,} in "
        f"{seconds:.1f} s, {pairs / seconds:,.0f} a second; model {report.run.model} "
        f"{report.run.digest}"
    )


def _write(report: Report, form: str, output: Path | None, *, no_color: bool) -> None:
    if output is not None:
        write_file(render(report, form, width=width()), output)
        return
    text = render(report, form, width=width(), color=wants_color(no_color=no_color))
    write_stdout(text, utf8=form != "text")
