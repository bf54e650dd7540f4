// Coding on the page, and what becomes of it: keys, the mouse, a finger, files, what the browser keeps.
import { join } from 'node:path';
import { browserName, file, folder, click, launch, open, resize, save, seen, storage, text, type, until, wait } from './driver.mjs';

export const coding = {
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
    await wait(500);
    browser.process().kill('SIGKILL');
    await wait(500);
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
    await until(page, () => document.getElementById('told').textContent);
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
  /** One file that is written again after each unit: what stands in it each time. The picker of files cannot be clicked
   *  without a window, so that what it gives is a file in memory, which is replaced when it is closed, as a real one is. */
  async again(browser, name) {
    const page = await open(browser, name, () => {
      window.kept = [];
      window.full = false;
      window.showSaveFilePicker = async ({ suggestedName }) => {
        if (window.dismissed) throw new DOMException('', 'AbortError');
        window.offered = suggestedName;
        return { async createWritable() {
          let text = '';
          return {
            async write(more) { text += more; },
            async close() { if (window.full) throw new DOMException('', 'QuotaExceededError'); window.kept.push(text); },
          };
        } };
      };
    });
    const kept = async (n) => { await until(page, (wanted) => window.kept.length >= wanted, n); return page.evaluate(() => window.kept); };
    await page.evaluate(() => { window.dismissed = true; });
    await click(page, '#again');
    const dismissed = await seen(page);
    await page.evaluate(() => { window.dismissed = false; });
    await click(page, '#again');
    await kept(1);
    await type(page, 'q 1 Space');
    await kept(2);
    await type(page, 'w 1');
    const within = await seen(page);
    await type(page, 'Space');
    const files = await kept(3);
    const filed = await seen(page);
    await page.evaluate(() => { window.full = true; });
    await type(page, 'w 2 Space');
    await until(page, () => document.getElementById('told').textContent.includes('could not'));
    const failed = await seen(page);
    await page.evaluate(() => { window.full = false; });
    const saved = await save(page);
    return { offered: await page.evaluate(() => window.offered), files, dismissed, within, filed, failed, saved, after: await seen(page) };
  },
  /** What is asked when the page is left: before anything, with something that is in no file, and once it is in one. */
  async leave(browser, name) {
    const page = await open(browser, name);
    const asked = [];
    let now = 'before';
    page.on('dialog', async (dialog) => { asked.push(`${now}: ${dialog.type()}`); await dialog.accept(); });
    const again = async (step) => { now = step; await page.reload(); await page.waitForSelector('body[data-ready=yes]'); };
    await click(page, '#where');
    await again('before');
    await type(page, 'q 1');
    await again('unfiled');
    const kept = await seen(page);
    await save(page);
    await again('filed');
    return { asked, kept, after: await seen(page) };
  },
  /** The rest of the loop: looking for a code, less of the units, definitions, going somewhere, in the language of the page. */
  async loop(browser, name, wish, unit) {
    const page = await open(browser, name);
    const steps = {};
    await type(page, 'f');
    await page.keyboard.type(wish);
    steps.hits = await page.$$eval('#hits button', (all) => all.map((it) => it.textContent));
    await page.keyboard.press('Enter');
    await type(page, 'a');
    steps.given = await seen(page);
    await type(page, 'd');
    steps.definition = await text(page, 'definition');
    await type(page, 'Esc');
    await type(page, 'g');
    await page.keyboard.type(unit);
    await page.keyboard.press('Enter');
    steps.gone = await seen(page);
    await type(page, 'Space');
    const less = async (which) => { await page.select('#filter', which); await page.evaluate(() => document.activeElement.blur()); return (await seen(page)).where; };
    steps.undecided = await less('undecided');
    steps.unsure = await less('unsure');
    await less('all');
    await type(page, 'm "why" Esc s');
    steps.noted = await less('noted');
    await less('all');
    steps.about = await text(page, 'about');
    steps.lang = await page.evaluate(() => document.documentElement.lang);
    steps.file = await save(page);
    return steps;
  },
  /** A finger instead of a mouse. */
  async touch(browser, name, ...taps) {
    const page = await open(browser, name);
    if (browserName === 'chrome') await page.setViewport({ width: 400, height: 800, hasTouch: true, isMobile: true });
    else await resize(page, 400);
    for (const id of taps) {
      const head = /^head-(\d+)$/.exec(id);
      const selector = head ? `#dimensions > :nth-child(${Number(head[1]) + 1}) .head` : `[id="${id}"]`;
      await page.waitForSelector(selector);
      await page.$eval(selector, (element) => element.scrollIntoView({ block: 'center' }));
      const [x, y] = await page.$eval(selector, (element) => { const box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; });
      await page.touchscreen.tap(x, y);
      await wait(50);
    }
    return { after: await seen(page), file: await save(page) };
  },
};
