// The coder's page: everything that `themata pack` writes into one file runs here, offline.
//
// Four parts, top to bottom: the loop (acts on answers, no page), the file that is sent back, the hidden
// store of this browser, and what is seen. Text goes into the page as text, never as markup.
'use strict';
(() => {
const data = JSON.parse(document.getElementById('data').textContent);
const say = (key, values = {}) => (data.words[key] || key)
  .replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (_, name, one, many) => (String(values[name]) === '1' ? one : many))
  .replace(/\{(\w+)\}/g, (_, name) => (name in values ? visible(String(values[name])) : ''));
/** Control characters as pictures, and by its number what turns the text after it, so that it reads as something else. */
const visible = (text) => text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (mark) => {
  const code = mark.charCodeAt(0);
  if (code < 0x20 || code === 0x7f) return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
});
const LETTERS = 'qwertyuiop';
const units = data.units.filter((unit) => unit.talk);
const dims = data.dimensions;

// --- The loop -------------------------------------------------------------------------------------------

/** What the coder has decided. An answer is {codes, unsure, rest, at}; one that is missing is undecided. */
const state = {
  copy: '', save: 0, answers: new Map(), notes: new Map(), done: [], undone: [],
  unfiled: 0, at: 0, dimension: 0, latest: '', shortcuts: true,
};
const key = (unit, dimension) => unit + '/' + dimension;
const answer = (unit, dimension) => state.answers.get(key(unit, dimension));
const isWhole = (unit) => dims.every((_, dimension) => answer(unit, dimension));
/** The first dimension of a unit that is undecided, or its first. */
const firstOpen = (unit) => Math.max(0, dims.findIndex((_, dimension) => !answer(unit, dimension)));
const wholeUnits = () => units.reduce((n, _, unit) => n + (isWhole(unit) ? 1 : 0), 0);

/** Codes in codebook order; the dimension's own id gives way to what lies beneath it. */
function settled(dimension, codes) {
  const order = dims[dimension].codes.map((code) => code.id);
  const own = dims[dimension].id;
  const kept = codes.length > 1 ? codes.filter((id) => id !== own) : codes;
  return [...new Set(kept)].sort((one, other) => order.indexOf(one) - order.indexOf(other));
}

const same = (one, other) => JSON.stringify(one && [one.codes, one.unsure]) === JSON.stringify(other && [other.codes, other.unsure]);

/** One act: changes of answers or of a note, taken back together. */
function act(changes, where) {
  const real = changes.filter((change) => ('note' in change ? (state.notes.get(change.unit) || '') !== change.note
    : !same(answer(change.unit, change.dimension), change.next)));
  if (!real.length) return false;
  const entry = { where, changes: real.map((change) => ('note' in change
    ? { unit: change.unit, note: change.note, before: state.notes.get(change.unit) || '' }
    : { unit: change.unit, dimension: change.dimension, next: change.next || null,
      before: answer(change.unit, change.dimension) || null })) };
  state.undone = [];
  state.done.push(entry);
  if (state.done.length > 500) state.done.shift();
  apply(entry, 'next');
  return true;
}

function apply(entry, side) {
  for (const change of entry.changes) {
    if ('note' in change) {
      const text = side === 'next' ? change.note : change.before;
      if (text) state.notes.set(change.unit, text); else state.notes.delete(change.unit);
    } else {
      const value = change[side];
      const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
      if (value) state.answers.set(key(change.unit, change.dimension), { ...value, at });
      else state.answers.delete(key(change.unit, change.dimension));
    }
  }
  state.unfiled += 1;
  keep();
}

const here = () => ({ unit: state.at, dimension: state.dimension });
const decide = (unit, dimension, codes, unsure = false, rest = false) => ({
  unit, dimension, next: codes && { codes: settled(dimension, codes), unsure, rest } });

function toggle(unit, dimension, id) {
  const now = answer(unit, dimension);
  const had = now ? now.codes : [];
  const one = dims[dimension].select === 'one';
  state.latest = id;
  // The dimension alone is chosen instead of what lies beneath it.
  const alone = one || id === dims[dimension].id;
  const codes = had.includes(id) ? had.filter((code) => code !== id) : (alone ? [id] : [...had, id]);
  // The last code taken off leaves the question undecided; `none` is said by itself.
  act([decide(unit, dimension, codes.length ? codes : null, Boolean(now && now.unsure && codes.length))], here());
}

const none = (unit, dimension) => {
  const now = answer(unit, dimension);
  const off = now && !now.codes.length;
  act([decide(unit, dimension, off ? null : [])], here());
};

function unsure(unit, dimension) {
  const now = answer(unit, dimension);
  if (!now) return tell(say('unsure_alone'));
  // Whoever doubts a none has looked at it: it no longer comes by closing.
  act([decide(unit, dimension, now.codes, !now.unsure)], here());
}

/** None wherever the unit is still undecided, and on to the next unit: one act. */
function close(unit) {
  if (data.asking === 'each' && !isWhole(unit)) return tell(say('each'));
  const open = dims.map((_, dimension) => dimension).filter((dimension) => !answer(unit, dimension));
  act(open.map((dimension) => decide(unit, dimension, [], false, true)), here());
  move(onward(unit));
}

/** The next unit with anything undecided, after the last one from the top; where less is shown, the next one of those, and
 *  where all is decided, the next one. */
function onward(from) {
  for (let away = 1; away < units.length && filter === 'all'; away += 1) {
    const unit = (from + away) % units.length;
    if (!isWhole(unit)) return unit;
  }
  return filter === 'all' && !isWhole(from) ? from : next(from, 1, () => true);
}

/** Leaves a unit as it is. */
function leave(unit) {
  const to = onward(unit);
  if (to === unit) tell(say('nothing_further')); else move(to);
}

/** To the next or previous undecided question: in the unit, then in others, then from the other end. */
function question(step) {
  const all = units.length, order = dims.map((_, nth) => nth);
  if (step < 0) order.reverse();
  const first = (unit, from) => order.find((nth) => (from === null || (nth - from) * step > 0) && !answer(unit, nth));
  const within = first(state.at, state.dimension);
  if (within !== undefined) { state.dimension = within; return; }
  // Forward, what is left before this question comes last; backward, nothing is.
  for (let away = 1; away < all + (step > 0 ? 1 : 0); away += 1) {
    const unit = (state.at + step * away + 2 * all) % all;
    const found = passes(unit) ? first(unit, null) : undefined;
    if (found !== undefined) { move(unit); state.dimension = found; return; }
  }
  tell(say('nothing_further'));
}

function undo(from, to, side, nothing) {
  const entry = state[from].pop();
  if (!entry) return tell(say(nothing));
  state[to].push(entry);
  apply(entry, side);
  // To the first of what changed; a note is no dimension's.
  const answered = entry.changes.filter((change) => 'dimension' in change && change.unit === entry.changes[0].unit);
  state.at = entry.changes[0].unit;
  state.dimension = answered.length ? Math.min(...answered.map((change) => change.dimension)) : entry.where.dimension;
  const unit = units[state.at];
  tell(say(side === 'before' ? 'undone' : 'redone', { unit: unit.id, dimension: dims[state.dimension].name }));
}

/** The next unit in a direction that passes the filter and a test; the same one where there is none. */
function next(from, step, test) {
  for (let unit = from + step; unit >= 0 && unit < units.length; unit += step) {
    if (passes(unit) && test(unit)) return unit;
  }
  return from;
}

let filter = 'all';
function passes(unit) {
  if (filter === 'undecided') return !isWhole(unit);
  if (filter === 'unsure') return dims.some((_, dimension) => (answer(unit, dimension) || {}).unsure);
  if (filter === 'noted') return state.notes.has(unit);
  return true;
}

// --- The file that is sent back -------------------------------------------------------------------------

const COLUMNS = ['unit', 'dimension', 'codes', 'certainty', 'note', 'via', 'at', 'coder', 'round', 'codebook', 'pack', 'copy', 'save'];
const quoted = (cell) => (/[",\n\r]/.test(cell) ? '"' + cell.replace(/"/g, '""') + '"' : cell);
// A spreadsheet that starts a cell like this would run it; the program takes exactly this guard off.
const guarded = (text) => (/^'*[=+\-@\t\r]/.test(text) ? "'" + text : text);

/** Every unit × dimension; `-` where nothing is decided, so that what was taken back comes across too. */
function file(save) {
  const rows = [COLUMNS.join(',')];
  units.forEach((unit, at) => dims.forEach((dimension, nth) => {
    const given = answer(at, nth);
    const note = nth === 0 ? state.notes.get(at) || '' : '';
    const codes = !given ? '-' : given.codes.length ? given.codes.join('; ') : 'none';
    rows.push([unit.id, dimension.id, codes, given && given.unsure ? 'unsure' : '', guarded(note),
      given && given.rest ? 'pack:rest' : 'pack', given ? given.at : '', data.coder, data.round, data.codebook,
      data.pack, state.copy, String(save)].map(quoted).join(','));
  }));
  return rows.join('\n') + '\n';
}

const fileName = (save) => `${data.coder}-${data.slug}-save-${String(save).padStart(3, '0')}-${wholeUnits()}-of-${units.length}.csv`;

function records(text) {
  const rows = [];
  let row = [], cell = '', inside = false;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at];
    if (inside) {
      if (mark !== '"') cell += mark;
      else if (text[at + 1] === '"') { cell += '"'; at += 1; } else inside = false;
    } else if (mark === '"') inside = true;
    else if (mark === ',') { row.push(cell); cell = ''; }
    else if (mark === '\n') { row.push(cell); rows.push(row); row = []; cell = ''; }
    else if (mark !== '\r') cell += mark;
  }
  if (cell || row.length) rows.push([...row, cell]);
  return rows;
}

/** Takes a saved file in again, whole or not at all; says why not. */
function load(text) {
  const [head, ...rows] = records(text.replace(/^\ufeff/, ''));
  const column = (name) => (head || []).indexOf(name);
  if (COLUMNS.some((name) => column(name) < 0)) return tell(say('load_other'));
  const changes = [];
  let save = 0;
  for (const row of rows) {
    const cell = (name) => row[column(name)] || '';
    const unit = units.findIndex((it) => it.id === cell('unit'));
    const dimension = dims.findIndex((it) => it.id === cell('dimension'));
    if (cell('pack') !== data.pack) return tell(say('load_other'));
    const codes = cell('codes') === 'none' ? [] : cell('codes') === '-' ? null : cell('codes').split('; ');
    const known = (id) => id === dims[dimension].id || dims[dimension].codes.some((code) => code.id === id);
    if (unit < 0 || dimension < 0 || (codes && !codes.every(known))) return tell(say('load_other'));
    save = Math.max(save, Number(cell('save')) || 0);
    changes.push(decide(unit, dimension, codes, cell('certainty') === 'unsure', cell('via') === 'pack:rest'));
    if (dimension === 0) changes.push({ unit, note: cell('note').replace(/^'(?='*[=+\-@\t\r])/, '') });
  }
  const anything = act(changes, here());
  state.save = Math.max(state.save, save);
  if (!anything) keep();
  tell(say('loaded', { done: wholeUnits(), all: units.length }));
}

/** Hands a file to the browser to be put where she wants it. */
async function saveFile() {
  const save = state.save + 1, before = state.unfiled;
  const url = URL.createObjectURL(new Blob([file(save)], { type: 'text/csv;charset=utf-8' }));
  const link = make('a', { href: url, download: fileName(save) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  filed(save, before);
}

/** So many acts are in a file now; what was done while it was written is not. */
function filed(save, acts) {
  state.save = Math.max(state.save, save);
  state.unfiled = Math.max(0, state.unfiled - acts);
  keep();
  tell(say('saved', { done: wholeUnits(), all: units.length }));
  show();
}

let handle = null, writing = Promise.resolve();
/** Chooses one file that is written again after each unit, where the browser can do that. */
async function chooseFile() {
  try {
    handle = await window.showSaveFilePicker({ suggestedName: `${data.coder}-${data.slug}.csv` });
    fileAgain();
  } catch (error) {
    handle = null;
    if (error.name !== 'AbortError') tell(say('file_failed'));
  }
}
function fileAgain() {
  if (!handle) return;
  writing = writing.then(async () => {
    // The number is taken at once: what is saved by hand meanwhile is another file.
    state.save += 1;
    const save = state.save, before = state.unfiled;
    try {
      const stream = await handle.createWritable();
      await stream.write(file(save));
      await stream.close();
      filed(save, before);
    } catch (error) { handle = null; tell(say('file_failed')); show(); }
  });
}

// --- The hidden store -----------------------------------------------------------------------------------
// Every page opened from disk shares one storage, so what is kept there is unreadable without this very file.

let secret = null, writable = true, base = null, keeping = false, changed = false;
const bytes = (text) => new TextEncoder().encode(text);
const asked = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

/** A store of this pack alone; named by its id, so that nothing readable stands there. */
function openBase() {
  const request = indexedDB.open(data.pack, 1);
  request.onupgradeneeded = () => request.result.createObjectStore('s');
  return asked(request);
}

async function openStore() {
  if (!(window.crypto && crypto.subtle && navigator.locks && window.indexedDB)) return tell(say('no_store'), true);
  try { base = await openBase(); } catch (error) { return tell(say('no_store'), true); }
  const source = await crypto.subtle.importKey('raw', bytes(document.getElementById('data').textContent), 'HKDF', false, ['deriveKey']);
  secret = await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: bytes(data.pack), info: bytes('store') },
    source, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await new Promise((ready) => {
    navigator.locks.request(data.pack, { ifAvailable: true }, (lock) => {
      writable = Boolean(lock);
      ready();
      return lock ? new Promise(() => {}) : undefined;
    }).catch(() => { secret = null; ready(); });
  });
  if (!secret) return tell(say('no_store'), true);
  await recall();
  if (!writable) tell(say('second_tab'), true);
}

async function recall() {
  const all = await asked(base.transaction('s').objectStore('s').get('s'));
  if (!all) return;
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: all.slice(0, 12) }, secret, all.slice(12));
    const was = JSON.parse(new TextDecoder().decode(plain));
    Object.assign(state, was, { answers: new Map(was.answers), notes: new Map(was.notes) });
  } catch (error) { tell(say('store_damaged'), true); }
}

/** Puts the state away; nothing of it is readable there. While one state is on its way, only the newest waits behind it. */
async function keep() {
  if (!secret || !writable) return;
  changed = true;
  if (keeping) return;
  keeping = true;
  while (changed) {
    changed = false;
    try { await putAway(bytes(JSON.stringify({ ...state, answers: [...state.answers], notes: [...state.notes] }))); }
    catch (error) { tell(say('store_failed'), true); }
  }
  keeping = false;
}

async function putAway(plain) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const hidden = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, secret, plain));
  const all = new Uint8Array(iv.length + hidden.length);
  all.set(iv);
  all.set(hidden, iv.length);
  // Strict: what is put away is on the disk, should the browser be killed the next moment.
  const put = base.transaction('s', 'readwrite', { durability: 'strict' });
  put.objectStore('s').put(all, 's');
  await new Promise((done, failed) => { put.oncomplete = done; put.onabort = put.onerror = () => failed(put.error); });
}

// --- What is seen ---------------------------------------------------------------------------------------

const $ = (id) => document.getElementById(id);
function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [property, value] of Object.entries(properties)) {
    if (property === 'class') element.className = value;
    else if (property.includes('-') || property === 'for' || property === 'lang' || property === 'role') element.setAttribute(property, value);
    else element[property] = value;
  }
  const there = children.filter((child) => child !== null && child !== undefined);
  element.append(...there.map((child) => (typeof child === 'string' ? visible(child) : child)));
  return element;
}

/** Says something aloud to whoever hears the page, and in the line beneath it. */
function tell(text, stays = false) {
  $('told').textContent = text;
  if (stays) $('warning').textContent = text;
}

function passage(at) {
  const unit = data.units[at];
  const attributes = { class: unit.talk ? 'unit' : 'prompt', id: 'unit-' + at };
  if (unit.lang) attributes.lang = unit.lang;
  return make('section', attributes, ...unit.paragraphs.map(([label, text]) => make('p', {},
    label ? make('b', {}, label + ': ') : null, text)));
}

/** The talk around a unit: enough before and after it to understand it, the unit between bars. */
function showTalk() {
  const unit = units[state.at];
  const middle = data.units.indexOf(unit);
  let first = middle, last = middle;
  while (first > 0 && middle - first < 4 && data.units[first - 1].transcript === unit.transcript) first -= 1;
  while (last + 1 < data.units.length && last - middle < 2 && data.units[last + 1].transcript === unit.transcript) last += 1;
  const parts = [];
  for (let at = first; at <= last; at += 1) {
    const part = passage(at);
    if (at === middle) { part.classList.add('current'); part.setAttribute('aria-current', 'true'); }
    parts.push(part);
  }
  const talk = $('talk');
  talk.replaceChildren(...parts);
  const current = $('unit-' + middle);
  // A third of what is seen lies before the unit, less where the unit would not fit beneath.
  const room = Math.max(0, Math.min(talk.clientHeight / 3, talk.clientHeight - current.offsetHeight));
  talk.scrollTop += current.getBoundingClientRect().top - talk.getBoundingClientRect().top - room;
  $('where').textContent = say('where', { case: unit.case, unit: unit.id, n: state.at + 1, all: units.length });
}

const nameOf = (dimension, id) => (id === dimension.id ? say('itself', { dimension: dimension.name })
  : (dimension.codes.find((code) => code.id === id) || { name: id }).name);

function said(dimension, given) {
  if (!given) return say('undecided');
  const codes = given.codes.length ? given.codes.map((id) => nameOf(dimension, id)).join(', ') : say('none');
  return given.unsure ? say('is_unsure', { codes }) : codes;
}

function choices(dimension) {
  const list = dimension.codes.map((code) => ({ ...code, own: false }));
  return [...list, { id: dimension.id, name: say('itself', { dimension: dimension.name }), brief: dimension.brief, depth: 0, own: true }];
}

function choice(dimension, nth, type, id, label, brief, checked, disabled, chosen, digit, depth) {
  const input = make('input', { type, name: 'd' + nth, id: `c-${nth}-${id}`, checked, disabled, autocomplete: 'off' });
  input.addEventListener('change', () => { state.dimension = nth; chosen(); show(); if (!byMouse) $(`c-${nth}-${id}`)?.focus(); });
  const row = make('label', { class: 'choice', for: input.id, title: brief || '' }, input,
    digit ? make('kbd', {}, digit) : null, make('span', {}, label));
  row.style.setProperty('--depth', depth);
  return row;
}

function dimensionBox(dimension, nth) {
  const given = answer(state.at, nth), active = nth === state.dimension, locked = !writable;
  const box = make('fieldset', { class: active ? 'dimension active' : 'dimension' });
  const head = make('button', { type: 'button', class: 'head', 'aria-expanded': String(active) },
    LETTERS[nth] ? make('kbd', {}, LETTERS[nth].toUpperCase()) : null,
    make('span', { class: 'name' }, dimension.name), make('span', { class: given ? 'given' : 'open' }, said(dimension, given)));
  head.addEventListener('click', () => { state.dimension = nth; show(); if (!byMouse) $('dimensions').children[nth].querySelector('button').focus(); });
  box.style.setProperty('--color', dimension.color || 'currentColor');
  box.append(make('legend', {}, head));
  if (!active) return box;
  const type = dimension.select === 'one' ? 'radio' : 'checkbox';
  const body = make('div', { class: 'choices' });
  choices(dimension).forEach((code, place) => {
    const checked = Boolean(given && given.codes.includes(code.id));
    body.append(choice(dimension, nth, type, code.id, code.name, code.brief, checked, locked,
      () => toggle(state.at, nth, code.id), place < 9 ? String(place + 1) : '', code.depth));
  });
  body.append(choice(dimension, nth, type, '-none', say('none_here'), '', Boolean(given && !given.codes.length), locked,
    () => none(state.at, nth), '0', 0));
  body.append(choice(dimension, nth, 'checkbox', '-unsure', say('unsure'), '', Boolean(given && given.unsure), locked || !given,
    () => unsure(state.at, nth), 'A', 0));
  const back = make('button', { type: 'button', disabled: locked || !given }, make('kbd', {}, 'X'), say('take_back'));
  back.addEventListener('click', () => { act([decide(state.at, nth, null)], here()); show(); });
  const more = make('button', { type: 'button' }, make('kbd', {}, 'D'), say('definitions'));
  more.addEventListener('click', () => define(nth));
  // What the code at hand means, in a line: the one that is pointed at or has the focus, else the one given last.
  const brief = make('p', { class: 'brief' });
  const all = choices(dimension);
  const tellBrief = (id) => {
    const code = all.find((it) => it.id === id) || all[all.length - 1];
    brief.textContent = code.brief ? visible(`${code.name}: ${code.brief}`) : '';
  };
  const latest = given && given.codes.find((id) => id === state.latest) || given && given.codes[0];
  tellBrief(latest);
  for (const event of ['pointerover', 'focusin']) {
    body.addEventListener(event, (it) => { const row = it.target.closest('.choice'); if (row) tellBrief(row.control.id.slice(`c-${nth}-`.length)); });
  }
  body.addEventListener('pointerleave', () => tellBrief(latest));
  box.append(body, brief, make('div', { class: 'buttons' }, back, more));
  return box;
}

function show() {
  const focused = document.activeElement && document.activeElement.id;
  showTalk();
  $('dimensions').replaceChildren(...dims.map(dimensionBox));
  $('progress').textContent = say('progress', { done: wholeUnits(), all: units.length });
  $('bar').value = wholeUnits();
  $('unfiled').textContent = state.unfiled ? say('unfiled', { n: state.unfiled }) : say('all_filed');
  $('unfiled').className = state.unfiled ? 'warn' : '';
  $('note').value = state.notes.get(state.at) || '';
  $('note').disabled = $('close').disabled = $('undo').disabled = $('redo').disabled = !writable;
  $('last').textContent = visible(lastActs());
  if (!byMouse && focused && focused.startsWith('c-')) $(focused)?.focus();
}

function lastActs() {
  const acts = state.done.slice(-3).reverse().map((entry) => {
    const change = entry.changes[0];
    const what = 'note' in change ? say('noted') : entry.changes.length > 1 ? say('closed')
      : `${dims[change.dimension].name}: ${said(dims[change.dimension], change.next)}`;
    return `${units[change.unit].id} ${what}`;
  });
  return acts.join(' · ');
}

function move(unit) {
  if (state.unfiled) fileAgain();
  state.at = unit;
  state.dimension = firstOpen(unit);
  keep();
  show();
  if (window.matchMedia('(max-width: 60rem)').matches) $('where').scrollIntoView();
}

const dialogs = [];
function open(id) {
  const dialog = $(id);
  dialogs.push(document.activeElement);
  dialog.showModal();
  // The button that gets the focus may stand at the end of a long text.
  dialog.scrollTop = 0;
  return dialog;
}
function shut(dialog) {
  // A field that is no longer seen keeps the focus until the next frame, and would swallow keys typed before it.
  document.activeElement?.blur();
  dialog.close();
  const back = dialogs.pop();
  if (back && back.isConnected) back.focus();
}

function define(nth) {
  const dimension = dims[nth];
  const entry = (item, level) => [make(level, {}, item.name), ...[['', item.brief], ['', item.definition], [say('use_when'), item.use_when],
    [say('not_when'), item.not_when], [say('examples'), (item.examples || []).join(' · ')]]
    .filter(([, text]) => text).map(([label, text]) => make('p', {}, label ? make('b', {}, label + ' ') : null, text))];
  $('definition').replaceChildren(...entry(dimension, 'h2'), ...dimension.codes.flatMap((code) => entry(code, 'h3')));
  open('define');
}

const plain = (text) => (text || '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
/** Whether all marks of a wish stand in a text in that order: how a palette finds. */
function near(text, wish) {
  let at = 0;
  for (const mark of wish) { at = text.indexOf(mark, at) + 1; if (!at) return false; }
  return true;
}

function palette() {
  open('palette');
  $('wish').value = '';
  found();
  $('wish').focus();
}
function found() {
  const wish = plain($('wish').value.trim());
  const all = dims.flatMap((dimension, nth) => choices(dimension).map((code) => ({ dimension, nth, code })));
  const rank = ({ code }) => (plain(code.name).includes(wish) || code.id.toLowerCase().includes(wish) ? 0
    : plain([code.brief, ...(code.names || [])].join(' ')).includes(wish) ? 1 : near(plain(code.name + ' ' + code.id), wish) ? 2 : 3);
  const hits = all.map((hit) => ({ ...hit, rank: rank(hit) })).filter((hit) => hit.rank < 3)
    .sort((one, other) => one.rank - other.rank).slice(0, 12);
  $('hits').replaceChildren(...hits.map(({ dimension, nth, code }) => {
    const button = make('button', { type: 'button', disabled: !writable }, make('b', {}, code.name), ' ', make('small', {}, `${dimension.name} · ${code.brief || ''}`));
    button.addEventListener('click', () => { shut($('palette')); state.dimension = nth; toggle(state.at, nth, code.id); show(); });
    return make('li', {}, button);
  }));
  if (!hits.length) $('hits').replaceChildren(make('li', {}, say('not_found')));
}

function goTo(text) {
  const wish = text.trim();
  const number = Number(wish);
  const unit = Number.isInteger(number) && number > 0 && wish ? number - 1
    : units.findIndex((it) => it.id.toLowerCase() === wish.toLowerCase());
  if (!units[unit]) return tell(say('no_unit'));
  move(unit);
}

/** The keys of the loop; each says what it does to the unit and dimension in view. */
function press(event) {
  const field = /^(TEXTAREA|SELECT)$/.test(event.target.tagName)
    || (event.target.tagName === 'INPUT' && !/^(checkbox|radio)$/.test(event.target.type));
  if (field || document.querySelector('dialog[open]') || event.ctrlKey || event.metaKey || event.altKey) return;
  const button = event.target.tagName === 'BUTTON' || event.target.tagName === 'SUMMARY' || event.target.tagName === 'A';
  const box = event.target.tagName === 'INPUT';
  if (!state.shortcuts) return;
  if ((button || box) && (event.key === ' ' || event.key === 'Enter')) return;
  if (box && event.target.type === 'radio' && event.key.startsWith('Arrow')) return;
  const unit = state.at, dimension = state.dimension;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
  const letter = LETTERS.indexOf(event.key);
  const changing = () => {
    if (!writable) { tell(say('second_tab')); return false; }
    // A key that is held down decides once.
    return !event.repeat;
  };
  let known = true;
  if (digit || /^[0-9]$/.test(event.key)) {
    const number = Number(digit ? digit[1] : event.key);
    const code = choices(dims[dimension])[number - 1];
    if (changing()) {
      if (number === 0) { if (answer(unit, dimension)?.codes.length === 0) tell(say('is_none')); else none(unit, dimension); }
      else if (code) toggle(unit, dimension, code.id);
      else tell(say('no_number', { last: Math.min(9, choices(dims[dimension]).length) }));
    }
  } else if (letter >= 0 && letter < dims.length) state.dimension = letter;
  else switch (event.key) {
    case ' ': if (changing()) close(unit); break;
    case 'Enter':
      if (dimension + 1 < dims.length) state.dimension += 1;
      else if (!event.repeat) leave(unit);
      break;
    case 'a': if (changing()) unsure(unit, dimension); break;
    case 'x': if (changing()) act([decide(unit, dimension, null)], here()); break;
    case 'z': if (changing()) undo('done', 'undone', 'before', 'no_undo'); break;
    case 'Z': if (changing()) undo('undone', 'done', 'next', 'no_redo'); break;
    case 's': if (!event.repeat) leave(unit); break;
    case 'ArrowDown': case 'ArrowRight': move(next(unit, 1, () => true)); break;
    case 'ArrowUp': case 'ArrowLeft': move(next(unit, -1, () => true)); break;
    case 'n': question(1); break;
    case 'N': question(-1); break;
    case 'm': $('note').focus(); break;
    case 'd': define(dimension); break;
    case 'f': case '/': palette(); break;
    case 'g': open('go'); $('place').value = ''; $('place').focus(); break;
    case '?': open('help'); break;
    default: known = false;
  }
  if (!known) return;
  event.preventDefault();
  if (!document.querySelector('dialog[open]') && document.activeElement !== $('note')) show();
}

/** Whether the last act was the mouse's: what it touched keeps no focus, so that Space goes on closing units. */
let byMouse = false;

function wire() {
  document.addEventListener('pointerdown', () => { byMouse = true; }, true);
  document.addEventListener('keydown', () => { byMouse = false; }, true);
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (byMouse && button && !button.closest('dialog')) button.blur();
  });
  document.addEventListener('keydown', press);
  // What is pasted outside a field decides nothing.
  document.addEventListener('paste', (event) => { if (!/^(TEXTAREA|INPUT)$/.test(event.target.tagName)) event.preventDefault(); });
  window.addEventListener('beforeunload', (event) => { if (state.unfiled && writable) event.preventDefault(); });
  const on = (id, what, run) => $(id).addEventListener(what, run);
  on('close', 'click', () => { close(state.at); show(); });
  on('before', 'click', () => move(next(state.at, -1, () => true)));
  on('after', 'click', () => move(next(state.at, 1, () => true)));
  on('undo', 'click', () => { undo('done', 'undone', 'before', 'no_undo'); show(); });
  on('redo', 'click', () => { undo('undone', 'done', 'next', 'no_redo'); show(); });
  on('search', 'click', palette);
  on('jump', 'click', () => { open('go'); $('place').value = ''; $('place').focus(); });
  on('keys', 'click', () => open('help'));
  on('wish', 'input', found);
  on('save', 'click', saveFile);
  on('filter', 'change', () => { filter = $('filter').value; if (!passes(state.at)) move(next(-1, 1, () => true)); });
  on('shortcuts', 'change', () => { state.shortcuts = $('shortcuts').checked; keep(); });
  on('note', 'change', () => { if (act([{ unit: state.at, note: $('note').value.trim() }], here())) show(); });
  on('note', 'keydown', (event) => { if (event.key === 'Escape') $('note').blur(); });
  on('load', 'change', async () => {
    const chosen = $('load').files[0];
    if (chosen && writable) { load(await chosen.text()); show(); }
    $('load').value = '';
  });
  on('gone', 'click', () => { const text = $('place').value; shut($('go')); goTo(text); });
  on('place', 'keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); $('gone').click(); } });
  on('wish', 'keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); $('hits').querySelector('button')?.click(); } });
  for (const button of document.querySelectorAll('dialog .shut')) button.addEventListener('click', () => shut(button.closest('dialog')));
  for (const dialog of document.querySelectorAll('dialog')) dialog.addEventListener('cancel', (event) => { event.preventDefault(); shut(dialog); });
  if (window.showSaveFilePicker) {
    $('again').hidden = false;
    on('again', 'click', chooseFile);
  }
}

async function begin() {
  $('bar').max = units.length;
  data.earlier.forEach(([unit, dimension, codes, uncertain]) => state.answers.set(key(unit, dimension), { codes, unsure: uncertain, rest: false, at: '' }));
  wire();
  await openStore();
  if (!state.copy) {
    // Where a browser draws no numbers for secrets, any numbers tell one copy from another.
    const drawn = window.crypto ? crypto.getRandomValues(new Uint8Array(6)) : Array.from({ length: 6 }, () => Math.floor(Math.random() * 256));
    state.copy = Array.from(drawn, (byte) => byte.toString(16).padStart(2, '0')).join('');
    state.at = Math.max(0, units.findIndex((_, unit) => !isWhole(unit)));
    state.dimension = firstOpen(state.at);
  }
  state.at = Math.min(state.at, units.length - 1);
  $('shortcuts').checked = state.shortcuts;
  show();
  document.body.dataset.ready = 'yes';
}
begin();
})();
