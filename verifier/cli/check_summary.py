"""`verifier check-summary`: summaries and their sources in, reports out."""

import time

import typer

from verifier.cli import options, score_options, summary_options
from verifier.cli.order import in_order
from verifier.cli.output import progress_bar, say, spare_inputs, write_file
from verifier.cli.parsing import parse_day, parse_fail_on
from verifier.cli.runs import cached, once
from verifier.cli.summary_output import plan_outputs, write_reports
from verifier.records import SummaryReport

_NAMED = 5  # summaries that can't be checked are named one by one up to so many


def check_summary(  # noqa: PLR0913 - a parameter an option
    context: typer.Context,
    summaries: summary_options.Summaries = None,
    *,
    source: summary_options.Sources = None,
    source_for: summary_options.SourceFor = None,
    manifest: summary_options.Manifest = None,
    pairs: summary_options.Pairs = None,
    summary_field: summary_options.SummaryField = "summary",
    source_field: summary_options.SourceField = "source",
    id_field: summary_options.IdField = None,
    config: summary_options.Config = None,
    fail_on: summary_options.FailOn = None,
    min_supported: summary_options.MinSupported = None,
    claim_level: summary_options.ClaimLevel = None,
    support_threshold: options.SupportThreshold = None,
    refute_threshold: options.RefuteThreshold = None,
    baseline: summary_options.BaselineFile = None,
    update_baseline: summary_options.UpdateBaseline = False,
    form: summary_options.Formats = None,
    output: summary_options.Outputs = None,
    model: options.Model = "bundled",
    device: options.Device = "auto",
    dtype: options.Dtype = "float32",
    label_map: options.LabelMap = None,
    calibration: options.Calibration = None,
    top_k: options.TopK = None,
    batch_tokens: options.BatchTokens = None,
    no_quantities: options.NoQuantities = False,
    as_of: options.AsOf = None,
    cache: score_options.Cache = None,
    no_cache: summary_options.NoCache = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
) -> int:
    """Check that summaries say what their sources say.

    Each statement is supported, refuted or unknown, with the place that decides. Exit code: 0 all
    pass, 1 a statement fails or a summary has too few that are supported, 2 something could not be
    checked.
    """
    targets = plan_outputs(in_order(context, form=form, output=output))
    failing = None if fail_on is None else parse_fail_on(fail_on)
    day = parse_day(as_of)
    # The options are right; what is loaded from here on, --help does without.
    from verifier.cli import summary_inputs  # noqa: PLC0415
    from verifier.nli.labels import parse_label_map  # noqa: PLC0415
    from verifier.pipeline import Verifier  # noqa: PLC0415
    from verifier.summaries.policy import load_policy  # noqa: PLC0415
    from verifier.summaries.run import accept, judge, settle  # noqa: PLC0415
    from verifier.summaries.suppress import today as find_today  # noqa: PLC0415

    today = find_today()
    start = time.perf_counter()
    own = any((source, source_for, manifest, pairs))  # then the configuration's aren't meant
    policy = load_policy(config).with_flags(
        fail_on=failing,
        min_supported=min_supported,
        claim_level=claim_level,
        source=tuple(source or ()) if own else None,
        source_for=tuple(source_for or ()) if own else None,
        support_threshold=support_threshold,
        refute_threshold=refute_threshold,
        baseline=baseline,
    )
    accepted = summary_inputs.baseline(policy, update=update_baseline)
    gathered = summary_inputs.gather(
        policy, summaries or (), manifest, pairs, (summary_field, source_field, id_field)
    )
    inputs = [manifest, pairs, calibration, *summary_inputs.read_files(policy, config, gathered)]
    for _, path in targets:
        spare_inputs(path, inputs)
    verifier = Verifier(
        model,
        device=device,
        dtype=dtype,
        label_map=None if label_map is None else parse_label_map(label_map),
        calibration=calibration,
        batch_tokens=batch_tokens,
        top_k=top_k,
        support_threshold=policy.support_threshold,
        refute_threshold=policy.refute_threshold,
        quantities=not no_quantities,
        as_of=day,
    )
    if accepted is not None and not update_baseline:
        accepted.check_model(verifier.run())
    warn = once(say)
    with (
        cached(verifier, cache, no_cache=no_cache, warn=warn),
        summary_inputs.kept_verdicts(verifier, cache, no_cache=no_cache, warn=warn) as kept,
        progress_bar(show=not quiet, no_color=no_color) as bar,
    ):
        findings = judge(gathered, verifier, policy, kept=kept, progress=bar)
    if accepted is not None and update_baseline:
        accepted = accept(findings, accepted, today)
        write_file(accepted.render(), accepted.path, "--baseline")
    report = settle(findings, accepted, today)
    if verbose:
        _say_speed(report, time.perf_counter() - start)
    write_reports(report, targets, quiet=quiet, no_color=no_color)
    return _conclude(report, told=("text", None) in targets)


def _conclude(report: SummaryReport, *, told: bool) -> int:
    """Say what a reader must know, unless the text report has `told` it; return the exit code."""
    if not told:
        for note in report.notes:
            say(f"note: {note}")
        for skipped in report.skipped:
            say(f"note: skipped {skipped.what}: {skipped.why}")
        for line in (*report.unused, *report.shortfalls):
            say(f"note: {line}")
    for each in report.unchecked[:_NAMED]:
        say(f"error: {each.summary}: not checked: {each.why}")
    if len(report.unchecked) > _NAMED:
        say(f"error: and {len(report.unchecked) - _NAMED:,} more; the report names them all")
    if report.unchecked or not report.checks:
        return 2
    return int(report.failed)


def _say_speed(report: SummaryReport, seconds: float) -> None:
    say(
        f"note: summaries: {len(report.summaries):,}, statements: {len(report.checks):,}, sources: "
        f"{len(report.sources):,} in {seconds:.1f} s; model {report.run.model} {report.run.digest}"
    )
