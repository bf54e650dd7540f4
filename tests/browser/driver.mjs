// A browser and a coder's hands in it: what every scenario shares.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

export const [browserName, executablePath, folder, scenario, ...rest] = process.argv.slice(2);
export const file = (name) => pathToFileURL(join(folder, name)).href;

/** Every browser of a scenario. */
export const launched = [];

/** More settings are for Firefox, which is not told of a colour scheme in any other way. */
export async function launch(more = {}) {
  const downloads = { 'browser.download.folderList': 2, 'browser.download.dir': folder, 'browser.download.useDownloadDir': true };
  const browser = await puppeteer.launch({
    browser: browserName, executablePath, headless: true, userDataDir: join(folder, 'profile'),
    args: browserName === 'chrome' ? ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] : [],
    extraPrefsFirefox: { ...downloads, ...more },
  });
  launched.push(browser);
  return browser;
}

export const wait = (milliseconds) => new Promise((go) => setTimeout(go, milliseconds));
/** Waits until something holds in a page. (What puppeteer has for that makes functions of text, which the page's policy stops.) */
export async function until(page, holds, ...given) {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await page.evaluate(holds, ...given)) return;
    await wait(20);
  }
  throw new Error(`waited in vain: ${holds} ${given}`);
}

/** Firefox sets the size, then refuses a command that it does not know. */
export async function resize(page, width, height = 800) {
  await page.setViewport({ width, height }).catch((error) => { if (browserName === 'chrome') throw error; });
  await until(page, (wanted) => window.innerWidth === wanted, width);
}

export const faults = [];
/** Opens a page; `before` runs in it first, as a browser that is made otherwise. */
export async function open(browser, name, before = null) {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  if (before) await page.evaluateOnNewDocument(before);
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

export const text = (page, id) => page.$eval('#' + id, (element) => element.textContent);
const keyNames = { Space: ' ', Esc: 'Escape', Up: 'ArrowUp', Down: 'ArrowDown' };
/** Keys as in tests/keys: characters, words in quotes, names in <>. */
export async function type(page, keys) {
  for (const [, words, name, key] of keys.matchAll(/"([^"]*)"|<(\w+)>|(\S+)/g)) {
    if (words !== undefined) await page.keyboard.type(words);
    else await page.keyboard.press(name ? keyNames[name] || name : keyNames[key] || key);
  }
}
/** Clicks an element, wherever it is; elements are made anew after each act. */
export async function click(page, selector) {
  await page.waitForSelector(selector);
  await page.$eval(selector, (element) => element.scrollIntoView({ block: 'center' }));
  await page.click(selector);
}
export async function save(page) {
  const files = () => readdirSync(folder).filter((name) => name.endsWith('.csv')).map((name) => [name, statSync(join(folder, name))]);
  const before = new Map(files().map(([name, { mtimeMs }]) => [name, mtimeMs]));
  await page.click('#save');
  for (let tries = 0; tries < 300; tries += 1) {
    const fresh = files().find(([name, { mtimeMs, size }]) => size && before.get(name) !== mtimeMs);
    if (fresh) return fresh[0];
    await wait(100);
  }
  throw new Error('nothing was downloaded');
}
/** Everything that any page opened from disk finds in this browser, as text. */
export const storage = (page) => page.evaluate(async () => {
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
export const seen = async (page) => ({
  where: await text(page, 'where'), progress: await text(page, 'progress'), warning: await text(page, 'warning'),
  unfiled: await text(page, 'unfiled'), told: await text(page, 'told'),
  note: await page.$eval('#note', (it) => it.value),
});
