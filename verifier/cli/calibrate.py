"""`verifier calibrate`: labelled rows in, a calibration for one model out."""

from verifier.cli import options, score_options
from verifier.cli.output import check_output, say, spare_inputs, wants_color, width, write_stdout
from verifier.cli.runs import cached, parse_gold_map, rows_bar
from verifier.errors import InputError
from verifier.reports.figures import number
from verifier.safe import visible


def calibrate(  # noqa: PLR0913 - a parameter an option
    datasets: score_options.Datasets,
    *,
    out: score_options.CalibrationOut,
    max_error: score_options.MaxError = None,
    split: score_options.Split = None,
    claim_field: score_options.ClaimField = None,
    evidence_field: score_options.EvidenceField = None,
    label_field: score_options.LabelField = None,
    id_field: score_options.IdField = None,
    label_map: score_options.LabelMap = None,
    limit: score_options.Limit = None,
    mode: score_options.Mode = "auto",
    cache: score_options.Cache = None,
    no_cache: score_options.NoCache = False,
    model: options.Model = "bundled",
    device: options.Device = "auto",
    dtype: options.Dtype = "float32",
    model_label_map: score_options.ModelLabelMap = None,
    top_k: options.TopK = None,
    batch_tokens: options.BatchTokens = None,
    no_quantities: options.NoQuantities = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Fit a model's temperature and thresholds to labelled claims.

    The rows are divided by document, to fit on one part and check on another (a third with
    --max-error); each takes 30 at least, so give 100 or more. A small --max-error takes more, as
    the error then says. The file is for --calibration of check and score, with the same model. Exit
    code: 0 it was written, 2 it could not be.
    """
    check_output(out, "--out")
    if max_error is not None and not 0 < max_error < 1:
        raise InputError(f"--max-error {max_error}: give a number between 0 and 1, as 0.05")
    # The options are right; what is loaded from here on, --help does without.
    from verifier.calibrate import save  # noqa: PLC0415
    from verifier.claimsets import open_claimset  # noqa: PLC0415
    from verifier.fitting import fit  # noqa: PLC0415
    from verifier.nli.labels import parse_label_map  # noqa: PLC0415
    from verifier.pipeline import Verifier  # noqa: PLC0415
    from verifier.reports import fitted_text  # noqa: PLC0415
    from verifier.scoring import survey  # noqa: PLC0415

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
    spare_inputs(out, claimset.files, "--out")
    seen = survey(claimset, ())
    verifier = Verifier(
        model,
        device=device,
        dtype=dtype,
        label_map=mapping,
        batch_tokens=batch_tokens,
        quantities=not no_quantities,
        top_k=top_k,
    )
    with (
        cached(verifier, cache, no_cache=no_cache, in_memory=True),
        rows_bar(seen.rows, 0, show=not quiet, no_color=no_color) as progress,
    ):
        fitted = fit(verifier, claimset, mode=mode, max_error=max_error, progress=progress)
    if fitted.left_out:
        say(f"note: {number(fitted.left_out, 'row')} can't be scored, and took no part")
    try:
        save(fitted.calibration, out)
    except OSError as error:
        raise InputError(f"--out {out}: can't be written: {error.strerror}") from error
    text = fitted_text.render(fitted, width=width(), color=wants_color(no_color=no_color))
    write_stdout(f"{text}calibration: {visible(str(out))}\n", utf8=False)
    return 0
