"""`verifier score`: a labelled data set in, a run folder and a table of figures out."""

from verifier.cli import options, score_options
from verifier.cli.output import (
    check_output,
    say,
    spare_inputs,
    wants_color,
    width,
    write_file,
    write_stdout,
)
from verifier.cli.runs import cached, parse_gold_map, rows_bar, run_folder
from verifier.reports.figures import number
from verifier.safe import visible

_NAMED = 5  # rows that can't be scored are named one by one up to so many


def score(  # noqa: PLR0913 - a parameter an option
    datasets: score_options.Datasets,
    *,
    split: score_options.Split = None,
    claim_field: score_options.ClaimField = None,
    evidence_field: score_options.EvidenceField = None,
    label_field: score_options.LabelField = None,
    id_field: score_options.IdField = None,
    label_map: score_options.LabelMap = None,
    limit: score_options.Limit = None,
    mode: score_options.Mode = "auto",
    slices: score_options.Slices = None,
    out: score_options.RunFolder = None,
    report: score_options.ReportFile = None,
    resume: score_options.Resume = False,
    cache: score_options.Cache = None,
    no_cache: score_options.NoCache = False,
    model: options.Model = "bundled",
    device: options.Device = "auto",
    dtype: options.Dtype = "float32",
    model_label_map: score_options.ModelLabelMap = None,
    calibration: options.Calibration = None,
    top_k: options.TopK = None,
    batch_tokens: options.BatchTokens = None,
    no_quantities: options.NoQuantities = False,
    support_threshold: options.SupportThreshold = None,
    refute_threshold: options.RefuteThreshold = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Measure a model on labelled claims.

    Says how good it is, how sure that is, and where it fails. Exit code: 0 the rows were scored
    (those that couldn't be are named and count as wrong), 2 they could not be.
    """
    if report is not None:
        check_output(report, "--report")
    folder = out or run_folder(datasets, split, model)
    # The options are right; what is loaded from here on, --help does without.
    from verifier import journal  # noqa: PLC0415
    from verifier.claimsets import open_claimset  # noqa: PLC0415
    from verifier.nli.labels import parse_label_map  # noqa: PLC0415
    from verifier.pipeline import Verifier  # noqa: PLC0415
    from verifier.reports import score_html, score_text  # noqa: PLC0415
    from verifier.results import read_results  # noqa: PLC0415
    from verifier.scoring import default_slices, predict, settings, survey  # noqa: PLC0415

    mapping = None if model_label_map is None else parse_label_map(model_label_map)
    claimset = open_claimset(
        datasets,
        split=split,
        claim_field=claim_field,
        evidence_field=evidence_field,
        label_field=label_field,
        id_field=id_field,
        label_map=parse_gold_map(label_map),
        limit=limit,
    )
    spare_inputs(report, [calibration, *claimset.files], "--report")
    asked = [] if slices is None else [name.strip() for name in slices.split(",")]
    seen = survey(claimset, asked)
    for skipped in claimset.skipped:
        say(f"note: skipped {skipped.what}: {skipped.why}")
    journal.check_folder(folder, resume=resume)
    verifier = Verifier(
        model,
        device=device,
        dtype=dtype,
        label_map=mapping,
        calibration=calibration,
        batch_tokens=batch_tokens,
        quantities=not no_quantities,
        top_k=top_k,
        support_threshold=support_threshold,
        refute_threshold=refute_threshold,
    )
    chosen = asked or default_slices(seen)
    with journal.held(folder):
        kept = journal.open_journal(
            folder, settings(verifier, claimset, mode, chosen), resume=resume
        )
        try:
            with (
                cached(verifier, cache, no_cache=no_cache),
                rows_bar(seen.rows, kept.done, show=not quiet, no_color=no_color) as progress,
            ):
                predict(verifier, claimset, kept, mode=mode, slices=chosen, progress=progress)
        except KeyboardInterrupt:
            done = f"{kept.done:,} of {number(seen.rows, 'row')}"
            say(f"note: {folder} has {done}; --resume goes on")
            raise
    results = read_results(folder, claimset.name)
    for line in results.failed[:_NAMED]:
        say(f"note: can't be scored: {line}")
    if len(results.failed) > _NAMED:
        say(f"note: and {len(results.failed) - _NAMED:,} more; {kept.path} names them all")
    page = score_html.render(results)
    journal.write_json(folder / journal.METRICS, results.to_json())
    journal.write_text(folder / journal.REPORT, page)
    if report is not None:
        write_file(page, report, "--report")
    text = score_text.render(results, width=width(), color=wants_color(no_color=no_color))
    write_stdout(f"{text}page: {visible(str(folder / journal.REPORT))}\n", utf8=False)
    return 0
