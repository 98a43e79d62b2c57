// Language, size, colours and contrast by plain forms: kept, on every page, with and without JavaScript.
import assert from 'node:assert/strict';
import { CROSSED, DESKTOP_PLAIN, PHONE, TURNED, openHouse } from '../house.mjs';
import { anAsk, filed } from '../help/steps.mjs';
import { t, WORDS } from '../help/words.mjs';

const house = await openHouse();
const html = (page, name) => page.locator('html').getAttribute(name);

/** A button of the display settings on my page. */
const choice = (page, key, value) => page
  .locator('form.display')
  .locator(`button[name="${key}"][value="${value}"]`);

house.everywhere('each preference is kept and shown on the page', async visit => {
  const page = await visit.as('resident');
  await page.open('/me');
  const steps = [
    ['size', 'data-size', 'elder', 'std'],
    ['theme', 'data-theme', 'dark', 'light'],
    ['contrast', 'data-contrast', 'more', 'std'],
    ['lang', 'lang', 'en', 'zh-CN'],
  ];
  for (const [name, attribute, first, second] of steps) {
    for (const value of [first, second]) {
      await page.pressThrough(choice(page, name, value));
      assert.equal(new URL(page.url()).pathname, '/me', 'back on the same page');
      assert.equal(await html(page, attribute), value);
      const pressed = await choice(page, name, value).getAttribute('aria-pressed');
      assert.equal(pressed, 'true', `${name}=${value} is marked as chosen`);
    }
    await page.pressThrough(choice(page, name, first));
  }
  // All four are still there on another page.
  await page.open('/requests/new');
  for (const [, attribute, first] of steps) assert.equal(await html(page, attribute), first);
  const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.match(dark, /rgb\((\d|[1-5]\d), /, 'the ground is dark');
}, CROSSED);

house.everywhere('large letters and English are one tap on the board', async visit => {
  const page = await visit.as('resident');
  await page.open('/?ring=2');
  const size = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  await page.pressThrough(page.getByRole('button', { name: t('common.elder') }));
  assert.equal(await html(page, 'data-size'), 'elder');
  assert.equal(new URL(page.url()).search, '?ring=2', 'the ring stays');
  const larger = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  assert.ok(larger > size * 1.2, `letters grew from ${size} to ${larger}`);
  await visit.shot(page, 'prefs-elder');
  await page.pressThrough(page.getByRole('button', { name: t('common.standard') }));
  assert.equal(await html(page, 'data-size'), 'std');
  await page.pressThrough(page.getByRole('button', { name: /English|^EN$/ }));
  assert.equal(await html(page, 'lang'), 'en');
  await page.getByRole('heading', { level: 1, name: WORDS.en.board.heading }).waitFor();
  await visit.shot(page, 'prefs-english');
}, TURNED);

/** Words of the interface: of controls, headings, labels and names for readers; not what people wrote. */
const interfaceWords = page => page.evaluate(() => {
  const all = 'nav a, button, .btn, h1, legend, label, summary, dt, .hint, .page-head p, [role=alert], .topbar a, .status';
  const own = '.req h3, .areas, .rowlink b, .val, .who, .chips, [lang="zh-CN"], [data-part] b';
  const written = [...document.querySelectorAll(all)]
    .filter(one => !one.closest('body [lang="zh-CN"]') && !one.matches('[data-part], .captain *'))
    .filter(one => one.getClientRects().length)
    .map(one => {
      const copy = one.cloneNode(true);
      copy.querySelectorAll(own).forEach(name => name.remove());
      return `${copy.textContent}`.trim();
    });
  const spoken = [...document.querySelectorAll('nav[aria-label]')].map(one => one.getAttribute('aria-label'));
  return [...written, ...spoken, document.title];
});

house.everywhere('in English no interface word is Chinese', async visit => {
  const prefs = { lang: 'en' };
  const pages = [
    ['resident', ['/', '/?ring=3', '/requests/new', '/mine', '/me', '/me/home', '/places']],
    ['volunteer', ['/helping']],
    ['squad_captain', ['/desk', '/desk?post=0&tab=running', '/desk?post=0&tab=closed']],
    [null, ['/', '/sign-in', '/demo']],
  ];
  const asker = await visit.as('resident');
  const code = await filed(asker, anAsk(visit.device));
  pages[0][1].push(`/requests/${code}`);
  pages[2][1].push(`/requests/${code}`);
  const found = [];
  for (const [part, paths] of pages) {
    const page = part ? await visit.as(part, { prefs }) : await visit.stranger({ prefs });
    for (const path of paths) {
      await page.open(path);
      assert.equal(await html(page, 'lang'), 'en');
      assert.ok((await interfaceWords(page)).length >= 3, 'there are words to look at');
      const chinese = (await interfaceWords(page)).filter(words => /\p{Script=Han}/u.test(words));
      // Names of people and places stay as they are; a circle's has 小队 in it, so short words count alone.
      const ours = Object.values(WORDS['zh-CN']).flatMap(file => Object.values(file));
      const says = (words, our) => (our.length > 2 ? words.includes(our) : words.trim() === our);
      const leaked = chinese.filter(words => ours.some(our => our.length > 1 && !our.includes('{{') && says(words, our)));
      found.push(...leaked.map(words => `${path}: ${words.slice(0, 60)}`));
    }
  }
  assert.deepEqual(found, []);
}, [PHONE, DESKTOP_PLAIN]);
