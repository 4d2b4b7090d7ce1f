"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const seconds = () => Number(byId("time")?.dataset.seconds);
  let seen = document.body.dataset.seen;
  let opener = null;

  // The newest message is what one wants to see.
  const talk = () => byId("talk");
  const toEnd = () => { const box = talk(); if (box) box.scrollTop = box.scrollHeight; };
  const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 60;

  // Shows the children of another version of the same box: what is the same stays, so that nothing is read out twice.
  const sync = (box, fresh) => {
    const kept = new Map([...box.children].filter((one) => one.id).map((one) => [one.id, one]));
    const wanted = new Set([...fresh.children].map((one) => one.id));
    for (const [id, one] of kept) if (!wanted.has(id)) one.remove();
    let before = null;
    for (const one of [...fresh.children]) {
      const old = kept.get(one.id);
      const open = old?.querySelector("details[open]");
      if (open) one.querySelector("details")?.setAttribute("open", "");
      let here = old;
      if (!old || old.outerHTML !== one.outerHTML) {
        const held = old?.contains(document.activeElement) ? document.activeElement : null;
        const nth = held ? [...old.querySelectorAll("a,button,summary")].indexOf(held) : -1;
        here = document.importNode(one, true);
        if (old) old.replaceWith(here);
        if (nth >= 0) [...here.querySelectorAll("a,button,summary")][nth]?.focus();
      }
      const place = before ? before.nextSibling : box.firstChild;
      if (here !== place) box.insertBefore(here, place);
      before = here;
    }
  };

  // Shows another version of a part of the page; where the focus was in it, it comes back.
  const replace = (part, fresh) => {
    const plain = (one) => { const copy = one.cloneNode(true); copy.querySelectorAll("#time").forEach((time) => time.remove()); copy.querySelectorAll("details").forEach((more) => more.removeAttribute("open")); return copy.innerHTML; };
    if (plain(part) === plain(fresh)) {
      const [old, now] = [part.querySelector("#time"), fresh.querySelector("#time")];
      if (old && now) { old.dataset.seconds = now.dataset.seconds; old.dataset.at = Date.now(); }
      return;
    }
    const focusable = "a,button,input,summary";
    const nth = part.contains(document.activeElement) ? [...part.querySelectorAll(focusable)].indexOf(document.activeElement) : -1;
    part.querySelectorAll("details[open][id]").forEach((more) => fresh.querySelector("#" + more.id)?.setAttribute("open", ""));
    const typed = [...part.querySelectorAll("input[id]")].map((field) => [field.id, field.value]);
    part.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
    for (const [id, value] of typed) if (byId(id)) byId(id).value = value;
    if (nth >= 0) [...part.querySelectorAll(focusable)][nth]?.focus();
  };

  const raise = () => {
    const dialog = byId("dialog");
    if (!dialog) return;
    dialog.removeAttribute("open");
    dialog.showModal();
    (dialog.querySelector("[autofocus]") || dialog.querySelector("input,select,textarea,a"))?.focus();
    const leave = (event) => {
      event?.preventDefault();
      dialog.close();
      dialog.remove();
      const bare = new URL(location.href);
      for (const name of ["form", "at", "command", "told"]) bare.searchParams.delete(name);
      history.replaceState(null, "", bare);
      (opener?.isConnected ? opener : byId("text") || byId("main")).focus();
    };
    dialog.querySelector(".cancel")?.addEventListener("click", leave);
    dialog.addEventListener("cancel", leave);
  };

  const show = (html, address, whole) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    seen = fresh.body.dataset.seen || seen;
    document.title = fresh.title;
    for (const part of document.querySelectorAll("[data-live]")) {
      const other = part.id && fresh.getElementById(part.id);
      if (other) replace(part, other);
    }
    const [box, other] = [talk(), fresh.getElementById("talk")];
    if (box && other) {
      const end = atEnd(box);
      sync(box, other);
      if (end || whole) toEnd();
    }
    if (!whole) return;
    byId("told")?.replaceChildren(...fresh.getElementById("told")?.childNodes ?? []);
    byId("dialogs")?.replaceChildren(...fresh.getElementById("dialogs")?.childNodes ?? []);
    history.replaceState(null, "", address);
    raise();
  };

  const lost = (is) => { byId("lost").hidden = !is; };

  // Sends a form without a new page.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    event.preventDefault();
    const button = event.submitter;
    if (button?.getAttribute("aria-busy") === "true") return;
    const data = new FormData(form, button);
    const whole = form.enctype === "multipart/form-data";
    const body = whole ? data : new URLSearchParams();
    if (!whole) for (const [name, value] of data) body.append(name, typeof value === "string" ? value : value.name);
    button?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const html = await answer.text();
      // What is shown next must not differ from what stands here by this alone: the button would lose the focus.
      button?.removeAttribute("aria-busy");
      lost(!answer.ok);
      if (!answer.ok) return;
      const inDialog = form.closest("dialog");
      // What was opened to do this has done its work.
      const more = form.closest("details[open]");
      if (more) { more.querySelector("summary").focus(); more.removeAttribute("open"); }
      if (inDialog) { inDialog.close(); } else { opener = button; }
      const refused = new URL(answer.url).searchParams.has("told");
      show(html, answer.url, true);
      if (form.hasAttribute("data-resets") && !refused) renew(html);
      if (inDialog && !byId("dialog")) (opener?.isConnected ? opener : byId("text") || byId("main")).focus();
    } catch {
      lost(true);
    } finally {
      button?.removeAttribute("aria-busy");
    }
  });

  // After a message was sent the field is empty, and no longer answers or changes anything.
  const renew = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("compose");
    if (!fresh) return;
    byId("compose").replaceChildren(...fresh.childNodes);
    write();
    if (!byId("dialog")) byId("text")?.focus();
  };

  // Follows what happens, for as long as the page is open.
  const follow = async () => {
    for (;;) {
      try {
        const answer = await fetch("changes?seen=" + encodeURIComponent(seen));
        if (!answer.ok) throw new Error();
        const now = await answer.text();
        lost(false);
        if (now === seen) continue;
        const page = new URL(location.href);
        for (const name of ["form", "at", "command", "told", "draft", "reply", "edit"]) page.searchParams.delete(name);
        const fresh = await fetch(page);
        if (fresh.ok) show(await fresh.text(), null, false);
      } catch {
        lost(true);
        await new Promise((wake) => setTimeout(wake, 2000));
      }
    }
  };

  // Completes a command that is typed, with the keys of any list of choices.
  const write = () => {
    const [field, list] = [byId("text"), byId("choices")];
    if (!field || !field.form) return;
    let at = -1;
    let asked = 0;
    const close = () => { if (list) { list.hidden = true; list.replaceChildren(); } at = -1; field.removeAttribute("aria-activedescendant"); field.removeAttribute("aria-controls"); };
    const choose = (option) => {
      const rest = field.value.slice(field.selectionStart);
      field.value = option.dataset.text + rest.replace(/^\s+/, "");
      field.setSelectionRange(option.dataset.text.length, option.dataset.text.length);
      close();
      field.focus();
      complete();
    };
    const point = (to) => {
      const options = [...list.children];
      if (!options.length) return;
      at = (to + options.length) % options.length;
      options.forEach((option, nth) => option.setAttribute("aria-selected", String(nth === at)));
      options[at].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", options[at].id);
    };
    const complete = async () => {
      const text = field.value.slice(0, field.selectionStart);
      const mine = ++asked;
      if (!list || !text.startsWith("/")) return close();
      const query = new URLSearchParams(location.search);
      query.set("text", text);
      let found = [];
      try { found = await (await fetch("complete?" + query)).json(); } catch { /* Typing goes on without. */ }
      if (mine !== asked) return;
      // A late answer must not take back what was chosen: Enter would send half a command.
      const chosen = list.children[at]?.dataset.text;
      close();
      list.replaceChildren(...found.map((one, nth) => {
        const option = document.createElement("div");
        option.id = "choice-" + nth;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.text = one.text;
        option.append(one.label);
        if (one.help) { const help = document.createElement("small"); help.append(one.help); option.append(" ", help); }
        option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
        return option;
      }));
      list.hidden = found.length === 0;
      if (found.length) field.setAttribute("aria-controls", "choices");
      const again = chosen === undefined ? -1 : found.findIndex((one) => one.text === chosen);
      if (again >= 0) point(again);
    };
    field.addEventListener("input", complete);
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      const open = list && !list.hidden;
      if (open && event.key === "ArrowDown") { event.preventDefault(); point(at + 1); }
      else if (open && event.key === "ArrowUp") { event.preventDefault(); point(at < 0 ? -1 : at - 1); }
      else if (open && event.key === "Escape") { event.preventDefault(); close(); }
      else if (open && (event.key === "Tab" && !event.shiftKey || event.key === "Enter" && at >= 0)) { event.preventDefault(); choose(list.children[Math.max(at, 0)]); }
      else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && field.form.action.endsWith("/say")) { event.preventDefault(); field.form.requestSubmit(field.form.querySelector("button[type=submit]")); }
    });
  };

  // The clock goes on between two answers.
  setInterval(() => {
    const time = byId("time");
    if (!time) return;
    time.dataset.at ||= Date.now();
    const now = (seconds() + Math.floor((Date.now() - Number(time.dataset.at)) / 1000)) % 86400;
    const two = (number) => String(number).padStart(2, "0");
    time.textContent = two(Math.floor(now / 3600)) + ":" + two(Math.floor(now / 60) % 60) + ":" + two(now % 60);
  }, 1000);

  write();
  raise();
  if (!location.hash) toEnd();
  follow();
})();
