"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const { sources, statements } = JSON.parse(byId("data").textContent);
  const articles = [...document.querySelectorAll("article")];
  const marked = [...document.querySelectorAll(".statement")];
  const picker = byId("picker");
  const filters = byId("filters");
  const wide = matchMedia("(min-width: 60rem) and (min-height: 32rem)");
  let selected = null;

  const detailOf = (statement) => statements[statement.id.slice(1) - 1];
  const chosenKind = () => filters.elements.show.value;
  const fits = (statement) => statement.classList.contains(chosenKind());
  const fails = (statement) => statement.classList.contains("failing");
  const statementsOf = (article) => [...article.querySelectorAll(".statement")];
  const holds = (article) => chosenKind() === "all" || statementsOf(article).some(fits);

  // --- text

  const make = (tag, kind, text) => {
    const node = document.createElement(tag);
    node.className = kind;
    node.textContent = text;
    return node;
  };

  // Cuts text from `start` on into the pieces given as [kind, end].
  const lay = (text, start, pieces) =>
    pieces.map(([kind, end]) => {
      const words = text.slice(start, end);
      start = end;
      return kind ? make("span", kind, words) : words;
    });

  const fill = (list, lines) => {
    list.replaceChildren(...lines.map((line) => make("li", "", line)));
    list.hidden = !lines.length;
  };

  // --- the evidence

  // Of a source the page lays out what stands within `reach` of the evidence, in characters.
  const showPlace = (detail, place, reach = 50000) => {
    const { name, text } = sources[place.source];
    const pane = byId("source");
    const mark = make("mark", "evidence", "");
    mark.append(...lay(text, place.start, place.pieces));
    const end = place.pieces.length ? place.pieces.at(-1)[1] : place.start;
    const low = place.start > reach ? text.lastIndexOf(" ", place.start - reach) + 1 : 0;
    const high = text.length > end + reach ? text.indexOf(" ", end + reach) : -1;
    const after = high < 0 ? text.length : high;
    pane.replaceChildren(text.slice(low, place.start), mark, text.slice(end, after));
    const left = low + text.length - after;
    byId("whole").hidden = !left;
    byId("whole").textContent = `Show the ${left.toLocaleString("en")} characters left out`;
    byId("whole").onclick = () => showPlace(detail, place, Infinity);
    pane.setAttribute("aria-label", `Source ${name}`);
    byId("place").textContent = place.where;
    byId("says").textContent = place.says;
    [...byId("sides").children].forEach((button, index) =>
      button.setAttribute("aria-pressed", detail.evidence[index] === place));
    const above = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    const room = pane.clientHeight - mark.getBoundingClientRect().height;
    pane.scrollTop += above - Math.max(8, room / 3);
  };

  const showDetail = (statement) => {
    const detail = detailOf(statement);
    byId("hint").hidden = true;
    byId("detail").hidden = false;
    byId("detail").className = statement.className.replace("statement ", "");
    byId("verdict").textContent = detail.label;
    byId("sure").textContent = detail.sure;
    byId("claim").replaceChildren(...lay(detail.claim.text, 0, detail.claim.pieces));
    byId("reason").textContent = detail.reason;
    fill(byId("notes"), detail.notes);
    byId("where").textContent = detail.where;
    const [first] = detail.evidence;
    byId("places").hidden = !first;
    byId("sides").hidden = detail.evidence.length < 2;
    byId("sides").replaceChildren(...detail.evidence.map((place) => {
      const button = make("button", "", place.says);
      button.type = "button";
      button.addEventListener("click", () => showPlace(detail, place));
      return button;
    }));
    if (first) showPlace(detail, first);
  };

  // --- the choice of a statement

  const showArticle = (index) => {
    articles.forEach((article, each) => (article.hidden = each !== index));
    if (picker) picker.value = index;
  };

  const unselect = () => {
    selected?.removeAttribute("aria-current");
    selected = null;
    document.body.classList.remove("open");
    byId("hint").hidden = false;
    byId("detail").hidden = byId("places").hidden = true;
  };

  const close = () => {
    document.body.classList.remove("open");
    selected?.focus({ preventScroll: true });
  };

  const select = (statement, { focus = true } = {}) => {
    if (!fits(statement)) choose("all");
    selected?.removeAttribute("aria-current");
    selected = statement;
    selected.setAttribute("aria-current", "true");
    showArticle(articles.indexOf(selected.closest("article")));
    document.body.classList.add("open");
    showDetail(selected);
    if (focus) selected.focus({ preventScroll: true });
    selected.scrollIntoView({ block: "nearest" });
    if (!focus) return;
    history.replaceState(null, "", `#${selected.id}`);
    const { label, sure, reason, evidence } = detailOf(selected);
    const where = evidence.map((place) => `${place.where} ${place.says}`).join(", ");
    byId("status").textContent = `${label}, ${sure}: ${reason}. ${where}`;
  };

  // Goes from the selected statement to the next (1) or the one before (-1) of those that `may`.
  const step = (by, may) => {
    const top = marked.findIndex((statement) => !statement.closest("article").hidden);
    let index = selected ? marked.indexOf(selected) : Math.max(0, top) - (by > 0);
    do index += by;
    while (marked[index] && !may(marked[index]));
    if (marked[index]) select(marked[index]);
  };

  // Turns to a summary; where there is room, what matters most in it is selected.
  const turnTo = (index) => {
    showArticle(index);
    unselect();
    const own = statementsOf(articles[index]).filter(fits);
    const first = own.find(fails) ?? own[0];
    if (first && wide.matches) select(first, { focus: false });
  };

  const choose = (kind) => {
    filters.elements.show.value = kind;
    for (const statement of marked) {
      statement.classList.toggle("out", !fits(statement));
      statement.tabIndex = fits(statement) ? 0 : -1;
    }
    for (const option of picker?.options ?? [])
      option.hidden = option.disabled = !holds(articles[option.value]);
  };

  const follow = () => {
    const statement = /^#s\d+$/.test(location.hash) && byId(location.hash.slice(1));
    if (statement) select(statement);
    return Boolean(statement);
  };

  // --- events

  byId("summaries").addEventListener("click", (event) => {
    const statement = event.target.closest(".statement");
    if (statement && fits(statement)) select(statement);
    event.target.closest(".passage")?.classList.toggle("told");
  });
  byId("previous").addEventListener("click", () => step(-1, fits));
  byId("next").addEventListener("click", () => step(1, fits));
  byId("close").addEventListener("click", close);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("change", () => {
    choose(chosenKind());
    const here = articles.findIndex((article) => !article.hidden);
    if (!holds(articles[here])) turnTo(articles.findIndex(holds));
    else if (!selected || !fits(selected)) turnTo(here);
    const count = marked.filter(fits).length;
    byId("status").textContent = `${count} of ${marked.length} statements shown`;
  });
  picker?.addEventListener("change", () => turnTo(Number(picker.value)));
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select")) return;
    const statement = event.target.closest(".statement");
    const moves = {
      j: () => step(1, fits),
      k: () => step(-1, fits),
      n: () => step(1, fails),
      p: () => step(-1, fails),
      Escape: close,
    };
    if (statement) moves.Enter = moves[" "] = () => select(statement);
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  });

  document.documentElement.classList.add("js");
  choose("all"); // a browser that reloads a page restores its form
  const failing = articles.findIndex((article) => statementsOf(article).some(fails));
  if (articles.length && !follow()) turnTo(Math.max(0, failing));
})();
