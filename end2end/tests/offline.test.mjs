// Without a network: the board as it was with its time, a request that waits on the phone and is sent once, and nothing left for who comes next.
import assert from 'node:assert/strict';
import { PHONE, openHouse } from '../house.mjs';
import { anAsk, button, eventually, says, typeAsk } from '../help/steps.mjs';
import { like, t } from '../help/words.mjs';

const house = await openHouse();
const bar = page => page.locator('.bannerbar');

/** Somebody whose phone has kept the house: the worker runs and has the board. */
async function keptBy(visit, part) {
  const page = await visit.as(part, { worker: true });
  await page.open('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await eventually(async () => assert.ok(await page.evaluate(() => !!navigator.serviceWorker.controller)));
  await page.open('/');
  await eventually(async () => assert.ok(await page.evaluate(async () => !!(await caches.match('/')) && !!(await caches.match('/offline')))));
  return page;
}

/** The net is away for the page and for its worker: Chromium takes only pages off it for good. */
async function netIs(visit, page, there) {
  // What fails while the net is away is no fault.
  page.netMayBeAway();
  await (there ? visit.server.comesBack() : visit.server.goesAway());
  await page.context().setOffline(!there);
}

/** A request that waits on the phone of the resident, without a network. */
async function waiting(visit) {
  const granny = await keptBy(visit, 'resident');
  const ask = anAsk(visit.device);
  await granny.open('/requests/new');
  await typeAsk(granny, ask);
  await netIs(visit, granny, false);
  await button(granny, 'requests.send').click();
  await granny.waitForURL('**/offline');
  await says(granny, ask.words);
  return { granny, ask };
}

house.on(PHONE, 'the board is shown as it was, with its time, and other pages say what still works', async visit => {
  const granny = await keptBy(visit, 'resident');
  const before = await granny.locator('.req-list h3').allInnerTexts();
  await netIs(visit, granny, false);
  await granny.open('/');
  await says(granny, /没网了。先看 \d\d:\d\d 存的，电话能打。/);
  assert.deepEqual(await granny.locator('.req-list h3').allInnerTexts(), before);
  assert.ok(await granny.locator('a[href^="tel:"]').count(), 'the captain can be called');
  await visit.shot(granny, 'offline-board', false);
  await granny.evaluate(async () => {
    const last = await caches.open('last');
    const board = await last.match('/');
    const html = (await board.text()).replace(/data-kept="\d+"/, `data-kept="${Date.now() - 864e5}"`);
    await last.put('/', new Response(html, { headers: board.headers }));
  });
  await granny.open('/');
  await says(granny, /没网了。先看 \d+月\d+日 \d\d:\d\d 存的，电话能打。/);
  await granny.goto(`${granny.base}/mine`);
  await says(granny, t('offline.title'));
  await visit.shot(granny, 'offline-page');
  const urls = await granny.evaluate(async () => {
    const all = [];
    for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) all.push(new URL(one.url).pathname);
    return all;
  });
  assert.ok(urls.every(path => path === '/' || path === '/offline' || /^\/(pkg\/|icon|manifest)/.test(path)), String(urls));
});

house.on(PHONE, 'a request typed without a network waits, is sent once when it is back, and can be deleted', async visit => {
  const granny = await keptBy(visit, 'resident');
  const [one, other] = [anAsk(visit.device), anAsk(visit.device)];
  await granny.open('/requests/new');
  await typeAsk(granny, one);
  await netIs(visit, granny, false);
  await button(granny, 'requests.send').click();
  await granny.waitForURL('**/offline');
  await says(granny, t('offline.count').replace('#', '1'));
  await says(granny, one.words);
  await visit.shot(granny, 'offline-waits');
  await granny.getByRole('radio', { name: t('kinds.errand') }).check();
  await granny.getByLabel(t('requests.words'), { exact: true }).fill(other.words);
  await granny.getByRole('radio', { name: new RegExp(`^${t('kinds.today')}`) }).check();
  await granny.getByLabel(t('requests.phone'), { exact: true }).fill(other.phone);
  await button(granny, 'requests.send').click();
  await says(granny, t('offline.count').replace('#', '2'));
  await granny.locator('.waiting li', { hasText: other.words }).getByRole('button', { name: t('offline.drop') }).click();
  await says(granny, t('offline.count').replace('#', '1'));

  await netIs(visit, granny, true);
  await granny.waitForURL(/\/requests\/[\d-]+$/);
  await says(granny, one.words);
  await granny.open('/mine');
  assert.equal(await granny.getByText(one.headline).count(), 1, 'sent once');
  assert.equal(await granny.getByText(other.headline).count(), 0, 'what was deleted is not sent');
});

house.on(PHONE, 'whoever was signed out meanwhile is told so and keeps the words', async visit => {
  const { granny, ask } = await waiting(visit);
  await granny.context().clearCookies({ name: 'fifteen' });
  await netIs(visit, granny, true);
  await says(granny, t('offline.refused'));
  await says(granny, ask.words);
  await visit.shot(granny, 'offline-refused');
});

house.on(PHONE, 'when somebody else signs in nothing of who was there before is left', async visit => {
  const { granny, ask } = await waiting(visit);
  await granny.context().clearCookies({ name: 'fifteen' });
  await netIs(visit, granny, true);
  await says(granny, t('offline.refused'));
  const zhai = (await visit.people()).volunteer;
  await granny.request.post(`${granny.base}/api/people/try_as`, { form: { person: zhai.id }, headers: { accept: 'text/html' }, maxRedirects: 0 });
  await granny.open('/offline');
  await eventually(async () => assert.equal(await granny.locator('[data-waiting]').isVisible(), false));
  await granny.open('/offline');
  assert.equal(await granny.getByText(ask.words).count(), 0);
});

house.on(PHONE, 'signing out clears what the phone kept', async visit => {
  const granny = await keptBy(visit, 'resident');
  await granny.open('/me');
  await granny.pressThrough(button(granny, 'people.sign_out'));
  await eventually(async () => assert.equal(await granny.evaluate(async () => !!(await (await caches.open('last')).match('/'))), false));
});
