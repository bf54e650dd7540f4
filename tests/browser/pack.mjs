// Drives the page that `themata pack` writes in a real browser, as a coder would.
//
//     node pack.mjs chrome|firefox EXECUTABLE FOLDER SCENARIO [ARGUMENT]…
//
// FOLDER holds the pages and a folder `profile` of the browser; what is downloaded goes there too. The
// last line of standard output is what was seen, as JSON. Rust asserts.
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [browserName, executablePath, folder, scenario, ...rest] = process.argv.slice(2);
const file = (name) => pathToFileURL(join(folder, name)).href;

/** Every browser of a scenario. */
const launched = [];

async function launch() {
  const downloads = { 'browser.download.folderList': 2, 'browser.download.dir': folder, 'browser.download.useDownloadDir': true };
  const browser = await puppeteer.launch({
    browser: browserName, executablePath, headless: true, userDataDir: join(folder, 'profile'),
    args: browserName === 'chrome' ? ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] : [],
    extraPrefsFirefox: downloads,
  });
  launched.push(browser);
  return browser;
}

/** Firefox sets the size, then refuses a command that it does not know. */
const resize = (page, width) => page.setViewport({ width, height: 800 }).catch((error) => {
  if (browserName === 'chrome') throw error;
});

const faults = [];
async function open(browser, name) {
  const page = await browser.newPage();
  await resize(page, 1280);
  page.on('pageerror', (error) => faults.push('error: ' + error.message));
  page.on('console', (message) => { if (message.type() === 'error') faults.push('console: ' + message.text()); });
  if (browserName === 'chrome') {
    const session = await page.createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  }
  await page.goto(file(name));
  await page.waitForSelector('body[data-ready=yes]');
  return page;
}

const text = (page, id) => page.$eval('#' + id, (element) => element.textContent);
const keyNames = { Space: ' ', Esc: 'Escape', Up: 'ArrowUp', Down: 'ArrowDown' };
/** Keys as in tests/keys: characters, words in quotes, names in <>. */
async function type(page, keys) {
  for (const [, words, name, key] of keys.matchAll(/"([^"]*)"|<(\w+)>|(\S+)/g)) {
    if (words !== undefined) await page.keyboard.type(words);
    else await page.keyboard.press(name ? keyNames[name] || name : keyNames[key] || key);
  }
}
/** Clicks an element, wherever it is; elements are made anew after each act. */
async function click(page, selector) {
  await page.waitForSelector(selector);
  await page.$eval(selector, (element) => element.scrollIntoView({ block: 'center' }));
  await page.click(selector);
}
async function save(page) {
  const before = new Set(readdirSync(folder));
  await page.click('#save');
  for (let wait = 0; wait < 300; wait += 1) {
    const fresh = readdirSync(folder).find((name) => !before.has(name) && name.endsWith('.csv'));
    if (fresh && readFileSync(join(folder, fresh)).length) return fresh;
    await new Promise((go) => setTimeout(go, 100));
  }
  throw new Error('nothing was downloaded');
}
/** Everything that any page opened from disk finds in this browser, as text. */
const storage = (page) => page.evaluate(async () => {
  const found = Object.entries(localStorage).flat();
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); request.onerror = () => done(null); });
  for (const { name } of await indexedDB.databases()) {
    found.push(name);
    const base = await asked(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      found.push(store);
      for (const value of await asked(base.transaction(store).objectStore(store).getAll())) {
        found.push(value instanceof Uint8Array ? Array.from(value, (byte) => String.fromCharCode(byte)).join('') : JSON.stringify(value));
      }
    }
  }
  return found;
});
const seen = async (page) => ({
  where: await text(page, 'where'), progress: await text(page, 'progress'), warning: await text(page, 'warning'),
  unfiled: await text(page, 'unfiled'), told: await text(page, 'told'),
  note: await page.$eval('#note', (it) => it.value),
});

const scenarios = {
  /** Keys, one after the other, then a file. */
  async keys(browser, name, keys) {
    const page = await open(browser, name);
    await type(page, keys);
    const before = await seen(page);
    return { before, file: await save(page), after: await seen(page), storage: await storage(page) };
  },
  /** Only the mouse: gives a code, says unsure, closes the unit, takes back, saves. */
  async mouse(browser, name, ...clicks) {
    const page = await open(browser, name);
    for (const id of clicks) {
      const head = /^head-(\d+)$/.exec(id);
      await click(page, head ? `#dimensions > :nth-child(${Number(head[1]) + 1}) .head` : `[id="${id}"]`);
    }
    return { file: await save(page), after: await seen(page) };
  },
  /** Keys, then a file, and so on: the name of each file. */
  async saves(browser, name, ...steps) {
    const page = await open(browser, name);
    const files = [];
    for (const keys of steps) {
      await type(page, keys);
      files.push(await save(page));
    }
    return { files };
  },
  /** What another page of the same profile finds. */
  async other(browser, name) {
    const page = await open(browser, name);
    return { seen: await seen(page), storage: await storage(page) };
  },
  /** The same page twice: the second only reads. */
  async tabs(browser, name) {
    const first = await open(browser, name);
    const second = await open(browser, name);
    await type(second, 'q 1 Space');
    const read = await seen(second);
    await first.bringToFront();
    await type(first, 'q 1');
    return { first: await seen(first), second: read };
  },
  /** Codes some units, then the browser is killed, not closed. */
  async kill(browser, name, units) {
    const page = await open(browser, name);
    for (let unit = 0; unit < Number(units); unit += 1) await type(page, 'Space');
    const before = await seen(page);
    await new Promise((go) => setTimeout(go, 1500));
    browser.process().kill('SIGKILL');
    await new Promise((go) => setTimeout(go, 500));
    const again = await launch();
    const after = await seen(await open(again, name));
    await again.close();
    return { before, after };
  },
  /** Writes a note, loads a file again. */
  async load(browser, name, csv) {
    const page = await open(browser, name);
    const input = await page.$('#load');
    await input.uploadFile(join(folder, csv));
    for (let wait = 0; wait < 100 && !(await text(page, 'told')); wait += 1) await new Promise((go) => setTimeout(go, 50));
    return { after: await seen(page), file: await save(page) };
  },
  async note(browser, name, words) {
    const page = await open(browser, name);
    await type(page, 'm');
    await page.keyboard.type(words);
    await page.keyboard.press('Escape');
    await type(page, 'q 1 a z Z Space');
    return { after: await seen(page), file: await save(page) };
  },
  /** Accessibility at two widths, in both colour schemes. */
  async axe(browser, name) {
    const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const found = [];
    for (const width of [400, 1280]) {
      for (const scheme of ['light', 'dark']) {
        const page = await open(browser, name);
        await resize(page, width);
        if (browserName === 'chrome') await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
        for (const keys of ['', 'w', '?']) {
          await type(page, keys);
          const result = await page.evaluate(`(() => { ${source}\n; return axe.run(document, { resultTypes: ['violations'] }); })()`);
          for (const violation of result.violations) found.push(`${width} ${scheme}: ${violation.id}: ${violation.nodes.map((it) => it.html.slice(0, 120)).join(' | ')}`);
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (overflow > 1) found.push(`${width}: ${overflow} pixels too wide`);
        await page.close();
      }
    }
    return { found };
  },
  /** What texts become that would like to be more; nothing may call out. */
  async hostile(browser, name, port) {
    let calls = 0;
    const server = createServer((socket) => { calls += 1; socket.destroy(); }).listen(Number(port), '127.0.0.1');
    const page = await open(browser, name);
    const told = await page.$eval('#talk', (element) => element.textContent);
    const markup = await page.evaluate(() => document.querySelectorAll('#talk img, #talk script, #talk a').length);
    await type(page, 'f');
    await page.keyboard.type('x');
    await page.keyboard.press('Escape');
    await new Promise((go) => setTimeout(go, 1500));
    server.close();
    return { told, markup, calls, scripts: await page.evaluate(() => document.scripts.length) };
  },
  async shot(browser, name, path, width, keys = '') {
    const page = await open(browser, name);
    await resize(page, Number(width));
    await type(page, keys);
    await page.screenshot({ path });
    return {};
  },
};

const browser = await launch();
try {
  const result = await scenarios[scenario](browser, ...rest);
  console.log(JSON.stringify({ ...result, faults }));
} finally {
  // Firefox now and then says that it is closed and lives on.
  for (const one of launched) {
    await one.close().catch(() => {});
    one.process()?.kill('SIGKILL');
  }
}
