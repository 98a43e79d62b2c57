// Opens one house for a test file: a server on its own copy of the demo county, one browser, and people who walk in.
import { after, test } from 'node:test';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { watch } from './help/gate.mjs';
import { BIN, SITE, seed, started } from './help/seed.mjs';

/** A device is a size of screen, with JavaScript or without. */
export const DEVICES = [true, false].flatMap(js => [
  { name: `phone-${js ? 'js' : 'nojs'}`, phone: true, js, viewport: { width: 390, height: 844 } },
  { name: `desktop-${js ? 'js' : 'nojs'}`, phone: false, js, viewport: { width: 1280, height: 900 } },
]);
export const [PHONE, DESKTOP, PHONE_PLAIN, DESKTOP_PLAIN] = DEVICES;

/** How long a condition may take to come true on a busy machine. */
export const PATIENCE = 20_000;

const SHOTS = new URL('./shots/', import.meta.url).pathname;
const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--force-color-profile=srgb',
];

/** The house of a test file; closed after its last test. */
export async function openHouse() {
  mkdirSync(SHOTS, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'fifteen-house-'));
  const db = join(folder, 'house.db');
  copyFileSync(await seed(), db);
  const server = await serve(db);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ARGS,
  });
  const house = new House(server, browser, folder);
  after(() => house.close());
  return house;
}

/** Starts the server on a free port and waits until it says that it is open. */
async function serve(db) {
  const args = ['serve', '--db', `sqlite:${db}`, '--demo=yes', '--listen', '127.0.0.1:0'];
  const child = await started(() => spawn(BIN, args, { env: { ...process.env, FIFTEEN_SITE: SITE } }));
  const server = { child, log: '', base: '' };
  child.stderr.on('data', said => (server.log += said));
  server.base = await new Promise((open, refuse) => {
    let told = '';
    const late = setTimeout(() => refuse(new Error(`the server did not open:\n${server.log}`)), PATIENCE);
    child.on('exit', code => refuse(new Error(`the server ended with ${code}:\n${server.log}`)));
    child.stdout.on('data', said => {
      told += said;
      server.log += said;
      const found = /open: (http:\S+)/.exec(told);
      if (found) clearTimeout(late), open(found[1]);
    });
  });
  return server;
}

class House {
  #server;
  #browser;
  #folder;
  #people;

  constructor(server, browser, folder) {
    this.#server = server;
    this.#browser = browser;
    this.#folder = folder;
  }

  get base() {
    return this.#server.base;
  }

  /** What the server has written down so far. */
  get log() {
    return this.#server.log;
  }

  /** One test for each device. Every visit ends with the test, and must have been calm. */
  everywhere(name, story, devices = DEVICES) {
    for (const device of devices) this.on(device, name, story);
  }

  /** One test on one device. */
  on(device, name, story) {
    test(`${name} · ${device.name}`, { timeout: 180_000 }, async () => {
      const visit = new Visit(this, this.#browser, device);
      try {
        await story(visit);
        visit.calm();
      } catch (error) {
        await visit.picturesOfTrouble(name);
        error.message += visit.noises();
        throw error;
      } finally {
        await visit.end();
      }
    });
  }

  /** The people of /demo by their part: id and how they are called. */
  async people() {
    this.#people ??= await this.#readPeople();
    return this.#people;
  }

  async #readPeople() {
    const html = await (await fetch(`${this.base}/demo`)).text();
    const row = /name="person" value="([^"]+)".*?data-part="([^"]+)".*?<b>([^<]+)</gs;
    const found = [...html.matchAll(row)].map(([, id, part, called]) => [part, { id, called }]);
    return Object.fromEntries(found);
  }

  async close() {
    await this.#browser.close();
    const { child } = this.#server;
    child.removeAllListeners('exit');
    const ended = new Promise(done => child.once('exit', done));
    if (child.exitCode === null) child.kill('SIGTERM'), await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The visits of one test: each person has a browser of their own. */
class Visit {
  #browser;
  #contexts = [];
  #watches = [];

  constructor(house, browser, device) {
    this.house = house;
    this.device = device;
    this.js = device.js;
    this.#browser = browser;
  }

  /** A page of somebody whom the house does not know. */
  async stranger({ prefs = {}, at, device = this.device } = {}) {
    const context = await this.#browser.newContext({
      viewport: device.viewport,
      isMobile: device.phone,
      hasTouch: device.phone,
      javaScriptEnabled: device.js,
      locale: 'zh-CN',
      reducedMotion: 'reduce',
      // A development build is large, and would be packed anew for every visitor.
      extraHTTPHeaders: { 'accept-encoding': 'identity' },
    });
    context.setDefaultTimeout(PATIENCE);
    this.#contexts.push(context);
    const cookies = Object.entries({ ...prefs, ...(at && { at }) });
    await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: this.house.base })));
    return this.#furnish(await context.newPage(), device);
  }

  /** A page of one of the people of /demo, signed in. */
  async as(part, options) {
    const page = await this.stranger(options);
    const person = (await this.house.people())[part];
    const answer = await page.request.post(`${this.house.base}/api/people/try_as`, {
      form: { person: person.id },
      headers: { accept: 'text/html' },
      maxRedirects: 0,
    });
    if (answer.status() !== 302) throw new Error(`/demo answered ${answer.status()} for ${part}`);
    return page;
  }

  /** A second page in the same browser. */
  async beside(page) {
    return this.#furnish(await page.context().newPage(), page.device);
  }

  /** Gives a page our own verbs. */
  #furnish(page, device) {
    this.#watches.push(watch(page, this.house.base, device.js));
    const settled = async () => {
      await page.waitForLoadState('load');
      if (device.js) await page.locator('html[data-live]').waitFor({ state: 'attached' });
    };
    return Object.assign(page, {
      device,
      /** Waits until the page stands, and with JavaScript until it lives. */
      settled,
      /** Goes to a path. */
      async open(path) {
        const answer = await page.goto(new URL(path, page.base).href);
        await settled();
        return answer;
      },
      /** Presses what loads a page anew: everything without JavaScript, plain forms with it. */
      async pressThrough(button) {
        await Promise.all([page.waitForEvent('load'), button.click()]);
        await settled();
      },
      /** Presses what works within the page where there is JavaScript. */
      async press(button) {
        if (device.js) return button.click();
        return page.pressThrough(button);
      },
      base: this.house.base,
    });
  }

  /** Keeps a picture of the page. */
  async shot(page, story, fullPage = true) {
    await page.screenshot({ path: `${SHOTS}${story}-${this.device.name}.png`, fullPage });
  }

  /** Nothing went wrong that was not announced. */
  calm() {
    const noises = this.noises();
    if (noises) throw new Error(`not calm:${noises}`);
  }

  noises() {
    const heard = this.#watches.flatMap(watch => watch.faults());
    return heard.length ? `\n  heard: ${heard.join('\n  heard: ')}` : '';
  }

  async picturesOfTrouble(name) {
    const pages = this.#contexts.flatMap(context => context.pages());
    for (const [at, page] of pages.entries()) {
      const path = `${SHOTS}FAILED-${name.replaceAll(/\W+/g, '-')}-${this.device.name}-${at}.png`;
      // A page that cannot be drawn any more must not hide why the test failed.
      await page.screenshot({ path, fullPage: true, timeout: 5_000 }).catch(() => {});
    }
  }

  async end() {
    await Promise.all(this.#contexts.map(context => context.close()));
  }
}
