// Opens one house for a test file: a server on its own copy of the demo county, one browser, and people who walk in.
import { after, test } from 'node:test';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { watch } from './help/gate.mjs';
import { BIN, SITE, now, seed, started } from './help/seed.mjs';

/** A device is a size of screen, with JavaScript or without. */
export const DEVICES = [true, false].flatMap(js => [
  { name: `phone-${js ? 'js' : 'nojs'}`, phone: true, js, viewport: { width: 390, height: 844 } },
  { name: `desktop-${js ? 'js' : 'nojs'}`, phone: false, js, viewport: { width: 1280, height: 900 } },
]);
export const [PHONE, DESKTOP, PHONE_PLAIN, DESKTOP_PLAIN] = DEVICES;
/** Two devices that have every size and both ways of working: enough for what is not the main story. */
export const CROSSED = [PHONE, DESKTOP_PLAIN];
/** The other two. */
export const TURNED = [PHONE_PLAIN, DESKTOP];
/** For what people do with a phone in their hand. */
export const PHONES = [PHONE, PHONE_PLAIN];

/** How long a condition may take to come true on a busy machine. */
export const PATIENCE = 20_000;

const SHOTS = new URL('./shots/', import.meta.url).pathname;
const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--force-color-profile=srgb',
];

/** The house of a test file: one browser; every test gets a server and a county of its own. */
export async function openHouse() {
  mkdirSync(SHOTS, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ARGS,
  });
  after(() => browser.close());
  return new House(browser, await seed());
}

class House {
  #browser;
  #seed;

  constructor(browser, seed) {
    this.#browser = browser;
    this.#seed = seed;
  }

  /** One test for each device. Every visit ends with the test, and must have been calm. */
  everywhere(name, story, devices = DEVICES) {
    for (const device of devices) this.on(device, name, story);
  }

  /** One test on one device. */
  on(device, name, story) {
    test(`${name} · ${device.name}`, { timeout: 180_000 }, async () => {
      const server = await Server.open(this.#seed);
      const visit = new Visit(server, this.#browser, device);
      try {
        await story(visit);
        visit.calm();
      } catch (error) {
        await visit.picturesOfTrouble(name);
        if (!error.message.startsWith('not calm')) error.message += visit.noises();
        throw error;
      } finally {
        await visit.end();
        await server.close();
      }
    });
  }
}

/** A server on a free port, with its own copy of the demo county. */
class Server {
  log = '';

  static async open(county) {
    const server = new Server();
    server.folder = mkdtempSync(join(tmpdir(), 'fifteen-house-'));
    copyFileSync(county, join(server.folder, 'house.db'));
    await server.#start('127.0.0.1:0');
    return server;
  }

  async #start(listen) {
    const db = `sqlite:${join(this.folder, 'house.db')}`;
    const args = ['serve', '--db', db, '--demo=yes', `--begin=${now()}`, '--listen', listen];
    const env = { ...process.env, FIFTEEN_SITE: SITE };
    this.log = '';
    this.child = await started(() => spawn(BIN, args, { env }));
    this.base = await this.#saysOpen();
  }

  /** Nobody reaches it any more: neither pages nor their workers. */
  async goesAway() {
    const ended = new Promise(done => this.child.once('exit', done));
    if (this.child.exitCode === null) this.child.kill('SIGTERM'), await ended;
  }

  /** It is there again, at the same address and with the same books. */
  comesBack() {
    return this.#start(new URL(this.base).host);
  }

  async #saysOpen() {
    const { child } = this;
    child.stderr.on('data', said => (this.log += said));
    return new Promise((open, refuse) => {
      const fail = why => refuse(new Error(`the server ${why}:\n${this.log}`));
      const late = setTimeout(() => fail('did not open'), PATIENCE);
      child.once('exit', code => fail(`ended with ${code}`));
      child.stdout.on('data', said => {
        this.log += said;
        const found = /open: (http:\S+)/.exec(this.log);
        if (found) clearTimeout(late), open(found[1]);
      });
    });
  }

  async close() {
    await this.goesAway();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The visits of one test: each person has a browser of their own. */
class Visit {
  #browser;
  #contexts = [];
  #watches = [];
  #people;

  constructor(server, browser, device) {
    this.server = server;
    this.device = device;
    this.js = device.js;
    this.#browser = browser;
  }

  /** The people of /demo by their part: id and how they are called. */
  async people() {
    this.#people ??= await this.#readPeople();
    return this.#people;
  }

  async #readPeople() {
    const html = await (await fetch(`${this.server.base}/demo`)).text();
    const row = /name="person" value="([^"]+)".*?data-part="([^"]+)".*?<b>([^<]+)</gs;
    const found = [...html.matchAll(row)].map(([, id, part, called]) => [part, { id, called }]);
    return Object.fromEntries(found);
  }

  /** A page of somebody whom the house does not know. */
  async stranger({ prefs = {}, at, device = this.device, worker = false } = {}) {
    const context = await this.#browser.newContext({
      viewport: device.viewport,
      isMobile: device.phone,
      hasTouch: device.phone,
      javaScriptEnabled: device.js,
      locale: 'zh-CN',
      serviceWorkers: worker ? 'allow' : 'block',
      reducedMotion: 'reduce',
      // A development build is large, and would be packed anew for every visitor.
      extraHTTPHeaders: { 'accept-encoding': 'identity' },
    });
    context.setDefaultTimeout(PATIENCE);
    this.#contexts.push(context);
    const cookies = Object.entries({ ...prefs, ...(at && { at }) });
    await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: this.server.base })));
    return this.#furnish(await context.newPage(), device);
  }

  /** A page of one of the people of /demo, signed in. */
  async as(part, options) {
    const page = await this.stranger(options);
    const person = (await this.people())[part];
    const answer = await page.request.post(`${this.server.base}/api/people/try_as`, {
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
    this.#watches.push(watch(page, this.server.base, device.js));
    const settled = async () => {
      await page.waitForLoadState('load');
      // A plain page stands when it has loaded; another lives once the program took it over.
      const stands = 'html[data-live], html:not(:has(script[type=module]))';
      if (device.js) await page.locator(stands).waitFor({ state: 'attached' });
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
      base: this.server.base,
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

  /** Forgets the noises: only the test of the gates may. */
  hush() {
    this.#watches.forEach(watch => watch.hush());
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
