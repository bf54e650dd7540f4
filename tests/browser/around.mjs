// What surrounds the coding: access, speed, what a browser lacks, what must not come in or go out.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { browserName, faults, file, click, launch, open, resize, save, seen, storage, text, type, until, wait } from './driver.mjs';

/** What axe finds in a page after each of some keys, at two widths and in both colour schemes; and whether it is too wide. */
async function accessible(opened, allKeys) {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const found = [];
  for (const width of [400, 1280]) {
    for (const scheme of ['light', 'dark']) {
      const page = await opened();
      await resize(page, width);
      if (browserName === 'chrome') await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const keys of allKeys) {
        if (keys) await type(page, keys);
        const result = await page.evaluate(`(() => { ${source}\n; return axe.run(document, { resultTypes: ['violations'] }); })()`);
        for (const violation of result.violations) found.push(`${width} ${scheme}: ${violation.id}: ${violation.nodes.map((it) => it.html.slice(0, 120)).join(' | ')}`);
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overflow > 1) found.push(`${width}: ${overflow} pixels too wide`);
      await page.close();
    }
  }
  return found;
}

export const around = {
  /** Accessibility at two widths, in both colour schemes. */
  async axe(browser, name) {
    return { found: await accessible(() => open(browser, name), ['', 'w', '?']) };
  },
  /** The same of a page that is only read, with everything unfolded. */
  async reading(browser, name) {
    const opened = async () => {
      const page = await browser.newPage();
      await page.goto(file(name));
      await page.evaluate(() => document.querySelectorAll('details').forEach((it) => { it.open = true; }));
      return page;
    };
    return { found: await accessible(opened, ['']) };
  },
  /** What texts become that would like to be more; nothing may call out. */
  async hostile(browser, name, port) {
    let calls = 0;
    const server = createServer((socket) => { calls += 1; socket.destroy(); }).listen(Number(port), '127.0.0.1');
    const page = await open(browser, name);
    const told = await page.$eval('#talk', (element) => element.textContent);
    const codes = await text(page, 'dimensions');
    await type(page, 'd');
    const definition = await text(page, 'definition');
    await type(page, 'Esc f');
    await page.keyboard.type('script');
    const found = await text(page, 'hits');
    await page.keyboard.press('Enter');
    await type(page, 'm');
    await page.keyboard.type('</textarea><img src=x>');
    await page.keyboard.press('Escape');
    const markup = await page.evaluate(() => document.querySelectorAll('img, iframe, a, #talk script, #dimensions script').length);
    await wait(1500);
    server.close();
    return { told, codes, definition, palette: found, markup, calls, scripts: await page.evaluate(() => document.scripts.length) };
  },
  /** How long it takes from opening a page until its first unit is there, in milliseconds, each time. */
  async speed(browser, name, times) {
    const all = [];
    for (let time = 0; time < Number(times); time += 1) {
      const page = await browser.newPage();
      await page.evaluateOnNewDocument(() => {
        new MutationObserver((_, observer) => {
          if (!document.body || !document.body.dataset.ready) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => { window.shown = performance.now(); }));
        }).observe(document, { subtree: true, childList: true, attributes: true });
      });
      await page.goto(file(name));
      await until(page, () => window.shown);
      all.push(Math.round(await page.evaluate(() => window.shown)));
      await page.close();
    }
    const page = await open(browser, name);
    const keys = await page.evaluate(async () => {
      const before = performance.now();
      for (let n = 0; n < 20; n += 1) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }));
        await new Promise((go) => requestAnimationFrame(go));
      }
      return (performance.now() - before) / 20;
    });
    return { all, key: Math.round(keys), after: await seen(page) };
  },
  /** A browser that lacks what the hidden store needs. */
  async missing(browser, name) {
    const without = {
      'crypto.subtle': () => Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined }),
      crypto: () => Object.defineProperty(window, 'crypto', { value: undefined }),
      locks: () => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }),
      'locks refused': () => { LockManager.prototype.request = () => Promise.reject(new DOMException('', 'SecurityError')); },
      indexedDB: () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
      'indexedDB refused': () => { IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }; },
    };
    const all = {};
    for (const [what, before] of Object.entries(without)) {
      const page = await open(browser, name, before);
      await type(page, 'q 1 Space');
      const coded = await seen(page);
      const file = await save(page);
      await page.close();
      all[what] = { coded, file };
    }
    // A browser that has everything looks what was kept.
    const other = await open(browser, name);
    return { all, storage: await storage(other), again: await seen(other) };
  },
  /** Keys of one letter switched off, and what the page knows of that when it is opened again. */
  async shortcuts(browser, name) {
    const page = await open(browser, name);
    const ticked = () => page.$eval('#shortcuts', (it) => it.checked);
    await click(page, '#shortcuts');
    await page.evaluate(() => document.activeElement.blur());
    await type(page, 'q 1 0 w 1 Space s n x a z f g ? m /');
    const off = await seen(page);
    const dialogs = await page.evaluate(() => document.querySelectorAll('dialog[open]').length);
    await wait(300);
    await page.reload();
    await page.waitForSelector('body[data-ready=yes]');
    const remembered = !(await ticked());
    await type(page, 'q 1 Space');
    const still = await seen(page);
    await click(page, '#shortcuts');
    await page.evaluate(() => document.activeElement.blur());
    await type(page, 'q 1 Space');
    return { off, dialogs, remembered, still, on: await seen(page) };
  },
  /** What stands in the page for whoever does not see it, or sees it large: sizes, focus, languages, names, colours. */
  async access(browser, name) {
    const found = [];
    const page = await open(browser, name);
    const small = (at) => page.evaluate((place) => [...document.querySelectorAll('button, input, select, textarea, label, [tabindex]')]
      .filter((it) => it.checkVisibility({ visibilityProperty: true }) && it.id !== 'load' && !['progress'].includes(it.id))
      .map((it) => [it.id || it.className || it.textContent.slice(0, 20), it.tagName === 'LABEL' && it.control ? [it, it.control].map((one) => one.getBoundingClientRect()) : [it.getBoundingClientRect()], it.tagName])
      .filter(([, boxes, tag]) => tag !== 'LABEL' && !boxes.some((box) => box.width >= 24 && box.height >= 24))
      .map(([what, boxes]) => `${place}: ${what} is ${Math.round(boxes[0].width)}×${Math.round(boxes[0].height)}`), at);
    const wide = (at) => page.evaluate((place) => [...document.querySelectorAll('body *')]
      .filter((it) => it.checkVisibility() && !it.closest('.hidden') && it.id !== 'load' && getComputedStyle(it).position !== 'absolute')
      .filter((it) => it.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((it) => `${place}: ${it.tagName} ${it.id || it.className} is cut off`)
      .concat(document.documentElement.scrollWidth > document.documentElement.clientWidth + 1 ? [`${place}: scrolls sideways`] : []), at);
    for (const [width, height] of [[1280, 800], [1366, 768], [400, 800], [320, 256]]) {
      await resize(page, width, height);
      for (const keys of ['', 'w', '?', 'd', 'f', 'g']) {
        await type(page, keys);
        found.push(...await small(`${width} ${keys}`), ...await wide(`${width} ${keys}`));
        if ('?dfg'.includes(keys) && keys) await type(page, 'Esc');
      }
    }
    await resize(page, 1280);
    await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
    const reached = [];
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      const [what, outline, first] = await page.evaluate(() => {
        const it = document.activeElement, at = it.closest('label.file') || it, style = getComputedStyle(at);
        return [it.id || it.textContent.slice(0, 30), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, it === document.body];
      });
      if (first || (reached.length && what === reached[0])) break;
      reached.push(what);
      if (!outline) found.push(`focus on ${what} is not seen`);
    }
    const told = await page.evaluate(() => ({
      types: [...document.querySelectorAll('#dimensions input')].map((it) => it.type),
      groups: [...document.querySelectorAll('#dimensions fieldset')].map((it) => Boolean(it.querySelector('legend'))),
      live: [...document.querySelectorAll('[aria-live], [role=alert]')].map((it) => it.id),
      fields: [...document.querySelectorAll('input, select, textarea')].filter((it) => !/^(file|checkbox|radio)$/.test(it.type) && it.autocomplete !== 'off').map((it) => it.id),
      written: [...document.querySelectorAll('input[type=text], textarea')].filter((it) => it.spellcheck || it.getAttribute('writingsuggestions') !== 'false').map((it) => it.id),
      translated: document.documentElement.translate,
    }));
    const spoken = () => page.$$eval('#talk section', (all) => all.map((it) => it.lang));
    const languages = [await spoken()];
    await type(page, 'g "4" Enter');
    languages.push(await spoken());
    await type(page, 'q 1 Space');
    const saved = await save(page);
    const said = await text(page, 'told');
    const colours = async (one) => one.evaluate(() => { const style = getComputedStyle(document.body); return `${style.color} on ${style.backgroundColor}`; });
    const light = await colours(page);
    let dark;
    if (browserName === 'chrome') {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
      dark = await colours(page);
    } else {
      await browser.close();
      dark = await colours(await open(await launch({ 'ui.systemUsesDarkTheme': 1 }), name));
    }
    return { found, reached, ...told, languages, said, saved, light, dark };
  },
  /** What stands there where no script runs. */
  async plain(browser, name) {
    const page = await browser.newPage();
    await page.setJavaScriptEnabled(false);
    await page.goto(file(name));
    return { text: await page.$eval('body', (it) => it.innerText) };
  },
  /** What the policy stops that somebody might bring into the page. */
  async policy(browser, name, port) {
    let calls = 0;
    // Chromium opens a connection for a frame or a form before it looks at the policy, and then says nothing on it.
    const server = createServer((socket) => { socket.on('data', () => { calls += 1; socket.destroy(); }); }).listen(Number(port), '127.0.0.1');
    const page = await open(browser, name);
    const stopped = await page.evaluate(async (url) => {
      const add = (tag, properties) => { const it = document.createElement(tag); Object.assign(it, properties); document.body.append(it); };
      const tries = {
        fetch: () => fetch(url), socket: () => new WebSocket(url.replace('http', 'ws')), beacon: () => navigator.sendBeacon(url, 'x'),
        image: () => add('img', { src: url }), frame: () => add('iframe', { src: url }), style: () => add('style', { textContent: 'body { color: red }' }),
        link: () => add('link', { rel: 'stylesheet', href: url }), script: () => add('script', { src: url }),
        inline: () => add('script', { textContent: 'window.ran = 1' }), markup: () => { document.body.innerHTML += '<b>x</b>'; },
        worker: () => new Worker(url), form: () => { const form = document.createElement('form'); form.action = url; document.body.append(form); form.submit(); },
      };
      const outcome = {};
      for (const [what, run] of Object.entries(tries)) {
        const before = window.violations.length;
        try { await run(); } catch (error) { outcome[what] = error.name; }
        // A busy browser tells of it later.
        for (let looks = 0; looks < 150 && window.violations.length === before; looks += 1) await new Promise((go) => setTimeout(go, 20));
        if (window.violations.length > before) outcome[what] = 'stopped';
      }
      const ran = Boolean(window.ran);
      window.violations = [];
      return { outcome, ran };
    }, `http://127.0.0.1:${port}/x`);
    faults.length = 0;
    await wait(500);
    server.close();
    return { ...stopped, calls };
  },
  async shot(browser, name, path, width, keys = '') {
    const page = await open(browser, name);
    await resize(page, Number(width));
    await type(page, keys);
    await page.screenshot({ path });
    return {};
  },
};
