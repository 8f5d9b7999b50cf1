"use strict";
// The labelling page. All state is on the server; this shows it, plays, and sends what is keyed.
const token = new URLSearchParams(location.search).get("token") || "";
const tab = tabName();
const $ = id => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");

let mode = "listen";            // listen, review or pass
let current = null;             // the clip shown
let classes = [];
let progress = null;
let audio = null;
let span = null;                // {from, to} in seconds of the clip
let loop = false;
let tailing = false;            // the last seconds are played first
let busy = false;
let unlocked = false;           // a key was pressed or the page clicked: the browser lets us play
let peaks = null;
let seconds = 0;
const ready = new Map();        // what was loaded before it is shown, by clip
const review = {items: [], offset: 0, total: 0, at: -1};

// The same after a reload, so that the tab gets its clip back; another in a copy of the tab.
function tabName() {
  const made = Array.from(crypto.getRandomValues(new Uint8Array(8)), b => b.toString(16).padStart(2, "0")).join("");
  try {
    const [how] = performance.getEntriesByType("navigation");
    const kept = how && how.type === "reload" && sessionStorage.getItem("tab");
    sessionStorage.setItem("tab", kept || made);
    return kept || made;
  } catch {
    return made; // a browser that keeps nothing
  }
}

// ---- talking to the server

async function api(path, body) {
  const options = {headers: {"X-Fieldnotes-Token": token}};
  if (body) {
    options.method = "POST";
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify({tab, ...body});
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("The server does not answer. Is the program still running? Nothing that was confirmed is lost.");
  }
  const told = await response.json();
  if (!response.ok) {
    throw new Error(told.error);
  }
  return told;
}

function wrong(error) {
  $("error").textContent = error.message;
  $("error").hidden = false;
}

function say(text) {
  $("said").textContent = text;
}

// One thing at a time: a key pressed meanwhile would be meant for a clip not yet shown. Only undo waits its turn.
const waiting = [];
async function once(work, waits) {
  if (busy) {
    if (waits) {
      waiting.push(work);
    }
    return;
  }
  busy = true;
  $("error").hidden = true;
  try {
    await work();
  } catch (error) {
    wrong(error);
  } finally {
    busy = false;
    if (waiting.length) {
      once(waiting.shift(), true);
    }
  }
}

// ---- words

function number(n) {
  return n.toLocaleString("en-US");
}

function time(s) {
  if (!Number.isFinite(s)) {
    return "–";
  }
  const tenths = Math.round(s * 10);
  const minutes = Math.floor(tenths / 600);
  return minutes + ":" + ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
}

function times(item) {
  return item.start === null && item.end === null
    ? "" : time(item.start || 0) + " to " + (item.end === null ? "the end" : time(item.end));
}

function colour(name) {
  const at = classes.findIndex(one => one.name === name);
  return at < 0 ? "" : "c" + at % 8 + (at < 8 ? "" : " r" + Math.floor(at / 8) % 4);
}

function element(kind, text, className) {
  const made = document.createElement(kind);
  if (text !== undefined) {
    made.textContent = text;
  }
  if (className) {
    made.className = className;
  }
  return made;
}

// ---- progress and classes

function showProgress(next) {
  progress = next;
  const left = next.total - next.done - next.skipped;
  $("done").textContent = number(next.done) + " of " + number(next.total) + " clips labelled";
  $("bar").max = next.total;
  $("bar").value = next.done;
  $("left").textContent = number(left) + " left"
    + (next.skipped ? ", " + number(next.skipped) + " skipped" : "")
    + (next.perHour ? "; " + number(next.perHour) + " per hour" : "");
  const names = [...new Set([...classes.map(one => one.name), ...Object.keys(next.counts)])];
  const blind = next.passLeft > 0;
  if (!blind || mode !== "pass") { // a count that changes would tell what a clip was the first time
    $("counts").replaceChildren(...names.map(name => {
      const row = element("li", undefined, colour(name));
      row.append(element("span", name), element("b", number(next.counts[name] || 0)));
      return row;
    }));
    // a line breaks between its parts only
    $("ratios").replaceChildren(...next.ratios.split(/(?<=; )/).map(part => element("span", part)));
  }
  $("agreement").textContent = next.checked && !blind ? agreement(next) : "";
  $("outlook").textContent = next.outlook ? outlook(next.outlook) : "";
  $("group").hidden = !next.group;
  $("group").textContent = "Take over labels of groups (" + number(next.group) + ") …";
  $("pass-state").textContent = next.passDrawn
    ? number(next.passDrawn - next.passLeft) + " of " + number(next.passDrawn) + " heard again. "
      + (blind ? "How well the two hearings agree is told at the end." : next.checked ? agreement(next) : "")
    : "";
}

function agreement(p) {
  return "Heard twice: " + number(p.agreeing) + " of " + number(p.checked) + " agree ("
    + (100 * p.agreeing / p.checked).toFixed(1) + " %)"
    + (p.kappa === null ? "." : "; kappa " + p.kappa.toFixed(2) + ".");
}

function outlook(o) {
  const percent = share => (100 * share).toFixed(0);
  return "A model of " + number(o.heard) + " of these labels is right for about " + percent(o.accuracy) + " % of other clips ("
    + percent(o.low) + " to " + percent(o.high) + " %). " + number(o.more) + " more labels would add about "
    + (100 * o.gain).toFixed(1) + " points (" + (100 * o.gainLow).toFixed(1) + " to " + (100 * o.gainHigh).toFixed(1) + ").";
}

function showClasses(list) {
  classes = list;
  $("classes").replaceChildren(...list.map(one => {
    const button = element("button", undefined, colour(one.name));
    button.type = "button";
    button.dataset.name = one.name;
    button.append(element("span", one.name));
    if (one.key) {
      button.append(element("kbd", one.key));
    }
    button.addEventListener("click", () => answer(one.name));
    return button;
  }));
  $("class-keys").replaceChildren(...list.filter(one => one.key).map(one => {
    const row = element("tr");
    const key = element("th");
    key.scope = "row";
    key.append(element("kbd", one.key));
    row.append(key, element("td", one.name));
    return row;
  }));
  const chosen = $("by-class").value;
  $("by-class").replaceChildren(new Option("all", ""), ...list.map(one => new Option(one.name, one.name)));
  $("by-class").value = chosen;
}

// ---- the clip

function address(kind, clip, more) {
  return kind + "/" + clip + "?token=" + token + (more || "");
}

function load(clip, sound) {
  let it = ready.get(clip);
  if (!it) {
    const image = new Image();
    image.src = address("picture", clip);
    it = {image, peaks: api("api/clip/" + clip + "/peaks")};
    it.peaks.catch(() => {});
    ready.set(clip, it);
    if (ready.size > 6) {
      const oldest = ready.keys().next().value;
      release(ready.get(oldest));
      ready.delete(oldest);
    }
  }
  if (sound && !it.audio) {
    it.audio = new Audio();
    it.audio.preload = "auto";
    it.audio.src = address("sound", clip);
  }
  return it;
}

function release(it) {
  if (it.audio) {
    it.audio.pause();
    it.audio.removeAttribute("src");
    it.audio.load();
  }
}

function show(clip, upcoming) {
  stop();
  current = clip;
  span = null;
  peaks = null;
  seconds = 0;
  $("end").hidden = clip !== null;
  $("stage").hidden = $("answers").hidden = clip === null;
  if (clip === null) {
    return;
  }
  showName();
  $("about").textContent = times(clip);
  $("length").textContent = $("top").textContent = "";
  $("span-line").hidden = true;
  const it = load(clip.clip, true);
  ready.delete(clip.clip);
  take(it.audio, it.peaks);
  $("spectrogram").src = it.image.src;
  showState();
  draw();
  it.peaks.then(told => {
    if (current === clip) {
      peaks = told.peaks;
      $("top").textContent = "0 to " + (told.topHz / 1000).toFixed(told.topHz % 1000 ? 1 : 0) + " kHz, mel scale";
      length(told.seconds);
      draw();
    }
  }, error => current === clip && wrong(error));
  (upcoming || []).forEach((next, i) => load(next, i === 0));
}

/** What a clip is called: not by its file where that would tell what is to be heard. */
function called(clip) {
  return $("hide-name").checked ? "Clip " + number(clip.clip + 1) : clip.name;
}

function showName() {
  $("name").textContent = called(current);
}

function showState() {
  const clip = current;
  const about = [times(clip), seconds ? time(seconds) + " long" : ""];
  if (clip.label) {
    about.push("labelled " + clip.label.class + ", " + clip.label.how);
  }
  $("about").textContent = about.filter(part => part).join(" · ");
  for (const button of $("classes").children) {
    const is = Boolean(clip.label) && clip.label.class === button.dataset.name;
    button.setAttribute("aria-pressed", String(is));
  }
  $("remove").hidden = mode !== "review" || !clip.label;
  $("skip").hidden = mode !== "listen";
  const guess = clip.guess;
  $("guess").hidden = !$("show-guess").checked || mode === "pass";
  $("guess-text").replaceChildren("Guess: ", element("strong", guess ? guess.class : "none yet"),
    guess ? ", " + guess.why : "");
  $("guess-take").hidden = !guessed();
  showParts();
}

/** The guess that is shown and can be accepted: it is of all of the clip, not of a part. */
function guessed() {
  const part = span || mode === "review" && review.at >= 0 && review.items[review.at].from !== undefined;
  return current && current.guess && !$("guess").hidden && !part ? current.guess.class : null;
}

function showParts() {
  $("guess-take").hidden = !guessed();
  $("parts").replaceChildren(...(seconds ? current.parts || [] : []).map(part => {
    const mark = element("span", part.class, colour(part.class));
    mark.style.left = 100 * part.from / seconds + "%";
    mark.style.width = 100 * ((part.to === null ? seconds : part.to) - part.from) / seconds + "%";
    return mark;
  }));
  if (span && seconds) {
    $("span").hidden = false;
    $("span").style.left = 100 * span.from / seconds + "%";
    $("span").style.width = 100 * (span.to - span.from) / seconds + "%";
    $("span-text").textContent = "Span " + time(span.from) + " to " + time(span.to) + ": the next class is for it.";
    $("span-line").hidden = false;
  } else {
    $("span").hidden = true;
    $("span-line").hidden = true;
  }
}

function length(s) {
  if (s && current) {
    seconds = s;
    $("length").textContent = time(s);
    $("pictures").setAttribute("aria-valuemax", s.toFixed(1));
    showState();
    tick();
  }
}

function draw() {
  const canvas = $("wave");
  const scale = devicePixelRatio || 1;
  const width = canvas.width = Math.max(1, Math.round(canvas.clientWidth * scale));
  const height = canvas.height = Math.max(1, Math.round(canvas.clientHeight * scale));
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, width, height);
  if (!peaks) {
    return;
  }
  pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--wave");
  const columns = peaks.length / 2;
  let top = 1;
  for (const peak of peaks) {
    top = Math.max(top, Math.abs(peak));
  }
  const unit = (height / 2 - scale) / Math.max(top, 13); // quiet clips are shown up to ten times larger
  for (let x = 0; x < width; x++) {
    const from = Math.floor(x * columns / width);
    const to = Math.max(from + 1, Math.floor((x + 1) * columns / width));
    let low = 0;
    let high = 0;
    for (let c = from; c < to; c++) {
      low = Math.min(low, peaks[2 * c]);
      high = Math.max(high, peaks[2 * c + 1]);
    }
    pen.fillRect(x, height / 2 - high * unit, 1, Math.max(scale, (high - low) * unit));
  }
}

// ---- playing

function take(element, readable) {
  audio = element;
  $("player").replaceChildren(audio);
  audio.volume = $("volume").value / 100;
  audio.playbackRate = audio.defaultPlaybackRate = Number($("speed").value);
  let fallen = false;
  const fail = () => {
    if (audio !== element) {
      return;
    }
    if (fallen) {
      const cannot = new Error("This clip cannot be played: " + current.name);
      readable.then(() => wrong(cannot), wrong); // what is wrong with the file says more
      return;
    }
    fallen = true;
    const again = !element.paused;
    element.src = address("sound", current.clip, "&as=wav");
    if (again) {
      play();
    }
  };
  if (element.error) {
    fail();
  }
  element.addEventListener("error", fail);
  element.addEventListener("loadedmetadata", () => audio === element && !seconds && length(element.duration));
  element.addEventListener("play", showPlaying);
  element.addEventListener("pause", showPlaying);
  element.addEventListener("ended", () => audio === element && ended());
  element.addEventListener("timeupdate", () => audio === element && tick());
  showPlaying();
  tick();
}

function stop() {
  if (audio) {
    release({audio});
    audio = null;
  }
}

function showPlaying() {
  const playing = Boolean(audio) && !audio.paused && !audio.ended;
  $("play-sign").textContent = playing ? "❚❚" : "▶";
  $("play-word").textContent = playing ? "Pause" : "Play";
  if (playing) {
    requestAnimationFrame(frame);
  }
}

function frame() {
  tick();
  if (audio && !audio.paused) {
    if (still.matches) {
      setTimeout(() => requestAnimationFrame(frame), 200);
    } else {
      requestAnimationFrame(frame);
    }
  }
}

function tick() {
  if (!audio) {
    return;
  }
  if (span && audio.currentTime >= span.to && !audio.paused) {
    if (loop) {
      audio.currentTime = span.from;
    } else {
      audio.pause();
      audio.currentTime = span.from;
    }
  }
  const at = audio.currentTime;
  const share = seconds ? Math.min(1, at / seconds) : 0;
  $("head").style.left = 100 * share + "%";
  $("clock").textContent = time(at);
  $("pictures").setAttribute("aria-valuenow", at.toFixed(1));
  $("pictures").setAttribute("aria-valuetext", time(at) + " of " + time(seconds));
}

function ended() {
  if (tailing) {
    tailing = false;
    audio.currentTime = 0;
    play();
  } else if (loop) {
    audio.currentTime = 0;
    play();
  } else {
    showPlaying();
  }
}

async function play() {
  const mine = audio;
  try {
    await mine.play();
    unlocked = true;
  } catch (error) {
    if (error.name === "NotAllowedError" && audio === mine) {
      say("Press space to play.");
    }
  }
}

// Plays a clip that has just been shown.
async function begin() {
  const mine = audio;
  if (!mine || !$("auto").checked || !unlocked) {
    return;
  }
  const tail = $("tail").checked ? Number($("tail-seconds").value) : 0;
  tailing = false;
  if (tail > 0) {
    if (mine.readyState < 1) {
      await new Promise(resolve => {
        mine.addEventListener("loadedmetadata", resolve, {once: true});
        mine.addEventListener("error", resolve, {once: true});
      });
    }
    if (audio === mine && mine.duration > tail) {
      mine.currentTime = mine.duration - tail;
      tailing = true;
    }
  }
  if (audio === mine) {
    play();
  }
}

function toggle() {
  if (!audio) {
    return;
  }
  if (!audio.paused && !audio.ended) {
    audio.pause();
    return;
  }
  if (span && (audio.currentTime < span.from || audio.currentTime >= span.to)) {
    audio.currentTime = span.from;
  }
  play();
}

function seek(to) {
  if (audio && seconds) {
    tailing = false;
    audio.currentTime = Math.max(0, Math.min(seconds - 0.01, to));
    tick();
  }
}

// ---- answering

function answer(name) {
  once(async () => {
    if (!current) {
      return;
    }
    const clip = current;
    if (mode === "pass") {
      arrived(await api("api/check", {clip: clip.clip, class: name}));
      say("Noted: " + name + ". " + number(progress.passLeft) + " to hear again.");
      return;
    }
    const part = span ? {from: span.from, to: span.to}
      : mode === "review" && review.at >= 0 && review.items[review.at].from !== undefined
        ? {from: review.items[review.at].from, to: review.items[review.at].to} : null;
    const stay = Boolean(part) || mode === "review";
    const told = await api("api/label", {clip: clip.clip, class: name, ...part, stay});
    if (!stay) {
      arrived(told);
      say(name + ": " + called(clip) + ". " + number(progress.total - progress.done - progress.skipped) + " left.");
      return;
    }
    showProgress(told.progress);
    span = null;
    current = {...current, ...told.clip};
    showState();
    say(part ? name + ": " + time(part.from) + " to " + time(part.to) + " of " + called(clip)
      : name + ": " + called(clip));
    if (mode === "review") {
      await list(review.offset, review.at);
    }
  });
}

function arrived(told) {
  showProgress(told.progress);
  show(told.next, told.upcoming);
  if (told.next) {
    begin();
  } else {
    const p = told.progress;
    $("end").textContent = mode === "pass"
      ? p.passDrawn ? "The second pass is done. " + agreement(p) : "Draw a sample first."
      : "Nothing is left to hear." + (p.skipped ? " " + number(p.skipped) + " skipped clips are in the review, under How: skipped." : "");
    $("end").focus();
  }
}

function next() {
  return once(async () => arrived(await api("api/next", {pass: mode === "pass"})));
}

function undo() {
  once(async () => {
    const told = await api("api/undo", {});
    const it = told.undone;
    showProgress(told.progress);
    const what = {label: "label", check: "second hearing", skip: "skip", remove: "removal"}[it.kind];
    say("Taken back: " + what + (it.class ? " " + it.class : "") + " of "
      + (it.clips > 1 ? number(it.clips) + " clips." : it.name + "."));
    if (mode === "review") {
      await list(review.offset, review.at);
    } else if (it.clip !== null && it.clips === 1) {
      const blind = mode === "pass";
      show(await fetched(it.clip, blind ? "&blind=1" : ""));
      begin();
    }
  }, true);
}

function acceptGuess() {
  const name = guessed();
  if (name) {
    answer(name);
  }
}

function skip() {
  if (mode === "listen" && current) {
    once(async () => {
      const name = called(current);
      arrived(await api("api/skip", {clip: current.clip}));
      say("Skipped: " + name + ".");
    });
  }
}

function remove() {
  const item = review.items[review.at];
  if (mode === "review" && item && item.class) {
    once(async () => {
      const part = item.from === undefined ? {} : {from: item.from, to: item.to};
      const told = await api("api/remove", {clip: item.clip, ...part});
      showProgress(told.progress);
      say("Removed: " + item.class + " of " + item.name + ".");
      await list(review.offset, Math.min(review.at, review.items.length - 2));
    });
  }
}

// ---- the views

function view(to) {
  mode = to;
  say("");
  for (const one of ["listen", "review", "pass"]) {
    $("to-" + one).toggleAttribute("aria-current", one === to);
    if (one === to) {
      $("to-" + one).setAttribute("aria-current", "page");
    }
  }
  $("review").hidden = to !== "review";
  $("pass").hidden = to !== "pass";
  if (to === "review") {
    once(() => list(0, 0));
  } else if (to === "pass" && !(progress && progress.passLeft)) {
    show(null);
    $("end").hidden = true;
  } else {
    next();
  }
}

async function list(offset, at) {
  const query = new URLSearchParams({
    class: $("by-class").value, how: $("by-how").value, text: $("by-text").value, offset});
  const told = await api("api/review?" + query);
  if (offset > 0 && offset >= told.total) { // all of the last page were removed
    await list(Math.max(0, Math.floor((told.total - 1) / 50) * 50), 49);
    return;
  }
  review.items = told.items;
  review.offset = offset;
  review.total = told.total;
  $("found").textContent = told.total
    ? number(told.total) + ($("by-how").value === "skipped" ? " skipped clip" : " label") + (told.total === 1 ? "" : "s") + (told.total > told.items.length
      ? ", " + number(offset + 1) + " to " + number(offset + told.items.length) : "")
    : $("by-how").value === "skipped" ? "No skipped clip matches." : "No label matches.";
  $("page-before").disabled = offset === 0;
  $("page-after").disabled = offset + told.items.length >= told.total;
  $("pages").hidden = told.total <= told.items.length;
  $("items").replaceChildren(...told.items.map((item, i) => {
    const row = element("li");
    const button = element("button", undefined, colour(item.class));
    button.type = "button";
    button.append(element("span", item.name + (times(item) ? ", " + times(item) : ""), "file"),
      element("span", item.class ? item.class + ", " + item.how : "skipped", "what"));
    button.addEventListener("click", () => once(() => choose(i)));
    row.append(button);
    return row;
  }));
  await choose(Math.max(0, Math.min(at, told.items.length - 1)), true);
}

/** A clip by its number. Without an answer none is shown, so that no key is for the one before. */
async function fetched(clip, more) {
  try {
    return await api("api/clip/" + clip + "?tab=" + tab + more);
  } catch (error) {
    show(null);
    $("end").hidden = true;
    throw error;
  }
}

async function choose(i, quiet) {
  const item = review.items[i];
  review.at = item ? i : -1;
  [...$("items").querySelectorAll("button")].forEach((button, j) => {
    button.toggleAttribute("aria-current", j === i);
    if (j === i) {
      button.setAttribute("aria-current", "true");
      button.scrollIntoView({block: "nearest"});
    }
  });
  if (!item) {
    show(null);
    $("end").hidden = true;
    return;
  }
  if (item.clip < 0) {
    show(null);
    $("end").textContent = item.name + " is not in this list of clips: it cannot be played here.";
    return;
  }
  const clip = await fetched(item.clip, "");
  if (!quiet || !current || current.clip !== clip.clip) {
    show(clip);
  } else {
    current = {...current, ...clip};
    span = null;
    showState();
  }
  if (item.from !== undefined) {
    span = {from: item.from, to: item.to};
    showParts();
    seek(item.from);
  }
  if (!quiet) {
    say(item.name + ", " + (item.class || "skipped"));
    begin();
  }
}

function step(by) {
  if (mode !== "review") {
    return;
  }
  once(async () => {
    const to = review.at + by;
    if (to >= 0 && to < review.items.length) {
      await choose(to);
    } else if (by > 0 && review.offset + review.items.length < review.total) {
      await list(review.offset + review.items.length, 0);
    } else if (by < 0 && review.offset > 0) {
      await list(Math.max(0, review.offset - 50), 49);
    }
  });
}

// ---- a span inside the clip

function mark(from, to) {
  span = to - from >= 0.01 ? {from: Math.max(0, from), to: Math.min(seconds, to)} : null;
  showParts();
}

function bracket(end) {
  if (!audio || !seconds || mode === "pass") {
    return;
  }
  const at = audio.currentTime;
  if (end) {
    mark(span && span.from < at ? span.from : 0, at);
  } else {
    mark(at, span && span.to > at ? span.to : seconds);
  }
  if (span) {
    say($("span-text").textContent);
  }
}

function clearSpan() {
  span = null;
  showParts();
}

let drag = null;
function place(event) {
  const box = $("pictures").getBoundingClientRect();
  return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * seconds;
}
$("pictures").addEventListener("pointerdown", event => {
  if (seconds && event.button === 0) {
    drag = {x: event.clientX, at: place(event)};
    $("pictures").setPointerCapture(event.pointerId);
  }
});
$("pictures").addEventListener("pointermove", event => {
  if (drag && mode !== "pass" && Math.abs(event.clientX - drag.x) > 4) {
    const at = place(event);
    mark(Math.min(drag.at, at), Math.max(drag.at, at));
  }
});
$("pictures").addEventListener("pointerup", event => {
  if (drag && Math.abs(event.clientX - drag.x) <= 4) {
    clearSpan();
    seek(drag.at);
  } else if (drag && span) {
    seek(span.from);
    say($("span-text").textContent);
  }
  drag = null;
});

// ---- keys

function keyed(event) {
  unlocked = true;
  pointed = false;
  const target = event.target;
  const speed = target === $("speed") && /^[a-z?[\]]$/i.test(event.key); // it has numbers only
  const typing = target.matches("input:not([type=checkbox]):not([type=range]), select, textarea") && !speed;
  if (event.key === "Escape" && typing && !target.closest("dialog")) {
    target.blur(); // back to the keys of the page
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing || document.querySelector("dialog[open]")) {
    return;
  }
  const key = event.key;
  const range = target.matches("input[type=range]");
  const own = target.matches("button, input, summary, a") && !range;
  const slider = target === $("pictures");
  const here = audio ? audio.currentTime : 0;
  const letter = key.length === 1 && key !== " ";
  if (letter && !$("keys-on").checked && key !== "?") {
    return;
  }
  if (key === " " && !own) {
    toggle();
  } else if ((key === "ArrowLeft" || key === "ArrowRight") && !range) {
    seek(here + (key === "ArrowLeft" ? -1 : 1) * (event.shiftKey ? 5 : 1));
  } else if ((key === "Home" || key === "End") && !range) {
    seek(key === "Home" ? 0 : seconds);
  } else if ((key === "PageUp" || key === "PageDown") && slider) {
    seek(here + (key === "PageUp" ? 1 : -1) * Math.max(1, seconds / 10));
  } else if ((key === "ArrowUp" || key === "ArrowDown") && !range && mode === "review") {
    step(key === "ArrowUp" ? -1 : 1);
  } else if (key === "Delete" && mode === "review") {
    remove();
  } else if (key === "Escape") {
    clearSpan();
  } else if (key === "?") {
    $("keys").showModal();
  } else if (key === "[" || key === "]") {
    bracket(key === "]");
  } else if (event.repeat) {
    return;
  } else if (letter && key.toLowerCase() === "z") {
    undo();
  } else if (letter && key.toLowerCase() === "s") {
    skip();
  } else if (letter && key.toLowerCase() === "g") {
    acceptGuess();
  } else {
    const one = letter && classes.find(c => c.key === key.toLowerCase());
    if (!one || !current) {
      return;
    }
    answer(one.name);
  }
  event.preventDefault();
}
document.addEventListener("keydown", keyed);
let pointed = false; // the last that was used is the mouse, not the keys
document.addEventListener("pointerdown", () => {
  unlocked = true;
  pointed = true;
});
// After a choice with the mouse, the keys are for the clip again.
document.addEventListener("change", event => {
  if (pointed && event.target.matches("select, input[type=range], input[type=checkbox]")) {
    event.target.blur();
  }
});
// After a click with the mouse, space plays again instead of pressing the button once more.
document.addEventListener("click", event => {
  const button = event.target.closest("button");
  if (button && event.detail > 0 && !button.closest("dialog")) {
    button.blur();
  }
});

// ---- wiring

$("play").addEventListener("click", toggle);
$("loop").addEventListener("click", () => {
  loop = !loop;
  $("loop").setAttribute("aria-pressed", String(loop));
});
$("speed").addEventListener("change", () => {
  if (audio) {
    audio.playbackRate = Number($("speed").value);
  }
});
$("volume").addEventListener("input", () => {
  if (audio) {
    audio.volume = $("volume").value / 100;
  }
});
$("undo").addEventListener("click", undo);
$("skip").addEventListener("click", skip);
$("remove").addEventListener("click", remove);
$("span-clear").addEventListener("click", clearSpan);
$("show-guess").addEventListener("change", () => current && showState());
$("hide-name").addEventListener("change", () => current && showName());
$("to-listen").addEventListener("click", () => view("listen"));
$("to-review").addEventListener("click", () => view("review"));
$("to-pass").addEventListener("click", () => view("pass"));
$("to-keys").addEventListener("click", () => $("keys").showModal());
$("guess-take").addEventListener("click", acceptGuess);
$("filter").addEventListener("submit", event => {
  event.preventDefault();
  document.activeElement.blur();
});
for (const id of ["by-class", "by-how"]) {
  $(id).addEventListener("change", () => once(() => list(0, 0)));
}
let typed = 0;
$("by-text").addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(() => once(() => list(0, 0)), 200);
});
$("page-before").addEventListener("click", () => once(() => list(Math.max(0, review.offset - 50), 0)));
$("page-after").addEventListener("click", () => once(() => list(review.offset + review.items.length, 0)));
$("pass-form").addEventListener("submit", event => {
  event.preventDefault();
  once(async () => {
    arrived(await api("api/pass", {count: Number($("pass-count").value), seed: Number($("pass-seed").value)}));
    (current ? $("name") : $("end")).focus(); // the keys are for the clip now
  });
});
let offered = []; // for each class, how many labels so many heard clips agree on

function showOffer() {
  const least = Math.max(1, Math.floor(Number($("agree").value)) || 1);
  let all = 0;
  $("offer").replaceChildren(...offered.map(one => {
    const row = element("tr");
    const head = element("th", one.name);
    head.scope = "row";
    let labels = 0;
    let taken = 0;
    for (const [agreeing, count] of Object.entries(one.labels)) {
      labels += count;
      taken += Number(agreeing) >= least ? count : 0;
    }
    all += taken;
    row.append(head, ...[labels, one.labels[1] || 0, taken].map(n => element("td", number(n))));
    return row;
  }));
  $("group-all").textContent = all ? number(all) + (all === 1 ? " clip gets" : " clips get") + " a label by group."
    : "No label is agreed on by so many heard clips: hear some more, or choose a smaller number.";
  $("group-take").disabled = !all;
}

$("group").addEventListener("click", () => once(async () => {
  offered = (await api("api/group")).classes;
  $("agree").value = 2;
  showOffer();
  $("groups").showModal();
}));
$("agree").addEventListener("input", showOffer);
$("group-cancel").addEventListener("click", () => $("groups").close());
$("group-form").addEventListener("submit", event => {
  event.preventDefault();
  $("groups").close();
  once(async () => {
    const told = await api("api/group", {agree: Number($("agree").value)});
    if (mode === "review") {
      showProgress(told.progress);
      await list(review.offset, review.at);
    } else {
      arrived(await api("api/next", {pass: mode === "pass"}));
    }
    say(number(told.taken) + (told.taken === 1 ? " label" : " labels") + " taken over.");
  });
});
$("add").addEventListener("click", () => {
  $("new-form").reset();
  $("new-error").textContent = "";
  $("new").showModal();
});
$("new-cancel").addEventListener("click", () => $("new").close());
$("new-form").addEventListener("submit", async event => {
  event.preventDefault();
  try {
    const told = await api("api/class", {name: $("new-name").value, key: $("new-key").value.toLowerCase()});
    showClasses(told.classes);
    showProgress(progress);
    if (current) {
      showState();
    }
    $("new").close();
    say("Class added: " + $("new-name").value.trim());
  } catch (error) {
    $("new-error").textContent = error.message;
  }
});
new ResizeObserver(draw).observe($("wave"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

function keepTail() {
  const field = $("tail-seconds");
  field.value = Math.min(600, Math.max(1, Number(field.value) || 5));
}
$("tail-seconds").addEventListener("change", keepTail);

// The options of this browser.
for (const id of ["auto", "tail", "tail-seconds", "show-guess", "hide-name", "keys-on", "speed", "volume"]) {
  const field = $(id);
  const what = field.type === "checkbox" ? "checked" : "value";
  try {
    const kept = localStorage.getItem(id);
    if (kept !== null) {
      field[what] = what === "checked" ? kept === "true" : kept;
    }
    field.addEventListener("change", () => localStorage.setItem(id, field[what]));
  } catch {
    break; // a browser that keeps nothing
  }
}
keepTail();

once(async () => {
  const told = await api("api/state");
  $("title").textContent = told.title;
  document.title = "Label by ear: " + told.title;
  showClasses(told.classes);
  showProgress(told.progress);
  arrived(await api("api/next", {}));
});
