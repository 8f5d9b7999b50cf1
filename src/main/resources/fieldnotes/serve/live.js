"use strict";
// The live detector: sound of the microphone or of a file goes to the service, events come back.
const $ = id => document.getElementById(id);
const SIZE = 512;                 // samples of a column of the spectrogram
const SECONDS = 10;               // that it shows

let source = null;                // {stop()} of what is listened to
let socket = null;
let rate = 0;
let held = new Float32Array(0);   // samples that wait to be a column
let events = 0;

// ---- the Fourier transform of a column

const cos = new Float32Array(SIZE / 2), sin = new Float32Array(SIZE / 2), hann = new Float32Array(SIZE);
for (let i = 0; i < SIZE; i++) {
  hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / SIZE);
  if (i < SIZE / 2) {
    cos[i] = Math.cos(2 * Math.PI * i / SIZE);
    sin[i] = Math.sin(2 * Math.PI * i / SIZE);
  }
}

function decibels(samples) {
  const re = new Float32Array(SIZE), im = new Float32Array(SIZE);
  for (let i = 0, j = 0; i < SIZE; i++) {
    re[j] = samples[i] * hann[i];
    let bit = SIZE >> 1;
    while (j & bit) { j ^= bit; bit >>= 1; }
    j |= bit;
  }
  for (let half = 1; half < SIZE; half *= 2) {
    const step = SIZE / (2 * half);
    for (let from = 0; from < SIZE; from += 2 * half) {
      for (let k = 0; k < half; k++) {
        const a = from + k, b = a + half, c = cos[k * step], s = sin[k * step];
        const x = re[b] * c + im[b] * s, y = im[b] * c - re[b] * s;
        re[b] = re[a] - x; im[b] = im[a] - y;
        re[a] += x; im[a] += y;
      }
    }
  }
  const out = new Float32Array(SIZE / 2);
  for (let k = 0; k < out.length; k++) {
    out[k] = 10 * Math.log10((re[k] * re[k] + im[k] * im[k]) / (SIZE * SIZE / 16) + 1e-10);
  }
  return out;
}

// ---- drawing

const canvas = $("spectrogram"), ink = canvas.getContext("2d");

function show(samples) {
  const all = new Float32Array(held.length + samples.length);
  all.set(held);
  all.set(samples, held.length);
  const hop = Math.max(SIZE, Math.round(rate * SECONDS / canvas.width)); // samples a column
  let at = 0;
  for (; at + hop <= all.length; at += hop) draw(all.subarray(at, at + hop));
  held = all.slice(at);
}

function draw(block) {
  let sum = 0;
  for (const x of block) sum += x * x;
  const level = Math.max(-80, 10 * Math.log10(sum / block.length + 1e-10));
  $("meter").firstElementChild.style.width = (level + 80) / 0.8 + "%";
  $("meter").setAttribute("aria-valuenow", Math.round(level));
  const wide = Math.max(1, Math.round(canvas.width * block.length / (rate * SECONDS)));
  ink.drawImage(canvas, -wide, 0);
  const db = decibels(block);
  const picture = ink.createImageData(wide, canvas.height);
  for (let y = 0; y < canvas.height; y++) {
    const t = Math.min(1, Math.max(0, (db[Math.floor((canvas.height - 1 - y) * db.length / canvas.height)] + 90) / 80));
    for (let x = 0; x < wide; x++) {
      const p = 4 * (y * wide + x);
      picture.data[p] = 255 * Math.min(1, 1.8 * t * t + 0.02);
      picture.data[p + 1] = 255 * Math.max(0, 1.3 * t - 0.35);
      picture.data[p + 2] = 255 * (t < 0.5 ? 0.06 + 1.1 * t : Math.max(0, 1.2 - 1.3 * t));
      picture.data[p + 3] = 255;
    }
  }
  ink.putImageData(picture, canvas.width - wide, 0);
}

function add(event) {
  const row = $("events").insertRow(0);
  for (const text of [event.start.toFixed(2) + " s", event.end.toFixed(2) + " s", event.label, event.confidence.toFixed(2)]) {
    row.insertCell().textContent = text;
  }
  while ($("events").rows.length > 100) $("events").deleteRow(-1);
  $("count").textContent = ++events;
}

function say(text) {
  $("said").textContent = text;
}

function fail(text) {
  $("error").textContent = text;
  $("error").hidden = !text;
}

// ---- the service

function headers() {
  const key = $("key").value.trim();
  return key ? {"X-API-Key": key} : {};
}

async function models() {
  const answer = await fetch("/v1/models", {headers: headers()});
  $("key-part").hidden = answer.status !== 401 && $("key-part").hidden;
  if (!answer.ok) throw new Error((await answer.json()).error);
  const before = $("model").value;
  $("model").replaceChildren();
  for (const model of (await answer.json()).models) {
    if (model.takes === "sound") $("model").add(new Option(model.name, model.name, false, model.name === before));
  }
  if ($("model").length === 0) throw new Error("This service has no model of sounds.");
}

async function connect() {
  if ($("model").length === 0) await models();
  const query = new URLSearchParams({model: $("model").value, rate, format: "f32le"});
  if ($("key").value.trim()) {
    const answer = await fetch("/v1/tickets", {method: "POST", headers: headers()});
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    query.set("ticket", told.ticket);
  }
  const opened = new WebSocket(`${location.origin.replace(/^http/, "ws")}/v1/stream?${query}`);
  await new Promise((done, failed) => {
    opened.onopen = done;
    opened.onerror = () => failed(new Error("The service takes no stream now."));
  });
  opened.onmessage = message => {
    const told = JSON.parse(message.data);
    if (told.type === "event") add(told);
    else if (told.type === "window") $("now").textContent = told.label;
    else if (told.type === "end") say(`${told.seconds.toFixed(1)} s heard, ${told.events} events`);
  };
  opened.onclose = close => {
    if (close.code !== 1000) fail(close.reason || "The connection was lost.");
    over();
  };
  socket = opened;
}

function send(samples) {
  show(samples);
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(samples);
}

// ---- the sources

async function microphone(context) {
  const media = await navigator.mediaDevices.getUserMedia(
    {audio: {echoCancellation: false, noiseSuppression: false, autoGainControl: false}});
  await context.audioWorklet.addModule("/live-capture.js");
  const input = context.createMediaStreamSource(media), node = new AudioWorkletNode(context, "capture");
  let parts = [], length = 0;
  node.port.onmessage = message => {
    parts.push(message.data);
    length += message.data.length;
    if (length < rate / 10) return;
    const block = new Float32Array(length);
    let at = 0;
    for (const part of parts) { block.set(part, at); at += part.length; }
    parts = []; length = 0;
    send(block);
  };
  input.connect(node);
  return {stop() { media.getTracks().forEach(track => track.stop()); context.close(); }};
}

async function file(context, chosen) {
  const sound = await context.decodeAudioData(await chosen.arrayBuffer());
  const mono = new Float32Array(sound.length);
  for (let c = 0; c < sound.numberOfChannels; c++) {
    const channel = sound.getChannelData(c);
    for (let i = 0; i < mono.length; i++) mono[i] += channel[i] / sound.numberOfChannels;
  }
  context.close();
  const started = performance.now();
  let at = 0;
  const timer = setInterval(() => { // as fast as it would sound
    if (socket && socket.bufferedAmount > 1e6) return;
    const end = Math.min(mono.length, Math.round((performance.now() - started) / 1000 * rate));
    if (end > at) send(mono.slice(at, end));
    at = Math.max(at, end);
    if (at === mono.length) stop();
  }, 100);
  return {stop() { clearInterval(timer); }};
}

async function start(open) {
  stop();
  fail("");
  say("starting …");
  busy(true);
  const context = new AudioContext();
  rate = context.sampleRate;
  held = new Float32Array(0);
  $("top").textContent = `0 to ${Math.round(rate / 2000)} kHz`;
  try {
    await connect();
    source = await open(context);
    say(`listening, ${rate} samples a second`);
  } catch (error) {
    context.close().catch(() => {});
    if (socket) { socket.onclose = null; socket.close(); socket = null; }
    say("");
    busy(false);
    fail(error.name === "NotAllowedError" ? "The browser may not use the microphone." : error.message);
  }
}

function busy(is) {
  $("stop").disabled = !is;
  $("microphone").disabled = is;
  $("file").disabled = is;
}

function stop() {
  if (source) { source.stop(); source = null; }
  if (socket && socket.readyState === WebSocket.OPEN) socket.send("end");
}

function over() {
  if (source) { source.stop(); source = null; }
  socket = null;
  $("now").textContent = "";
  busy(false);
}

$("microphone").onclick = () => start(microphone);
$("file").onchange = () => {
  const chosen = $("file").files[0];
  if (chosen) start(context => file(context, chosen));
};
$("stop").onclick = stop;
$("key").onchange = () => models().then(() => fail(""), error => fail(error.message));
ink.fillRect(0, 0, canvas.width, canvas.height);
models().catch(error => fail(error.message));
