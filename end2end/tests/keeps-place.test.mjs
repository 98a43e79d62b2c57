// With JavaScript a move happens within the page and keeps address, scroll and focus; without, by whole pages.
import assert from 'node:assert/strict';
import { DESKTOP, DESKTOP_PLAIN, openHouse, PHONE, PHONE_PLAIN } from '../house.mjs';
import { anAsk, button, eventually, filed, moved, stateIs } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();
const LIVE = [PHONE, DESKTOP];
const PLAIN = [PHONE_PLAIN, DESKTOP_PLAIN];

/** The volunteer on the page of an open request with many words, so that it scrolls. */
async function before(visit) {
  const words = `${'墙角漏雨，要两个人抬梯子。\n'.repeat(12)}`;
  const [resident, captain] = [await visit.as('resident'), await visit.as('squad_captain')];
  const code = await filed(resident, anAsk(visit.device, { words }));
  await moved(captain, 'accept', { code });
  const page = await visit.as('volunteer');
  await page.open(`/requests/${code}`);
  return page;
}

const scroll = page => page.evaluate(() => Math.round(window.scrollY));
/** Where the words of the request stand on the screen: what was read stays under the eye. */
const words = page => page.locator('#what-h').evaluate(head => Math.round(head.getBoundingClientRect().top));
const focused = page => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);

/** Scrolls down a little, so far that the button is seen, and marks the page. A new document would know neither. */
async function mark(page, button) {
  // A tall desktop window shows the whole request; in a low one there is something to scroll.
  const { width, height } = page.viewportSize();
  if (width > 800) await page.setViewportSize({ width, height: Math.min(height, 520) });
  await page.evaluate(() => {
    window.marked = true;
    window.scrollTo(0, 120);
  });
  await eventually(async () => assert.ok((await scroll(page)) >= 100, 'the page scrolls'));
  await button.scrollIntoViewIfNeeded();
  return where(page);
}

const where = async page => ({ url: page.url(), at: await scroll(page), eye: await words(page) });

async function stillThere(page, { url, at, eye }) {
  assert.equal(await page.evaluate(() => window.marked), true, 'the page was not loaded anew');
  assert.equal(page.url(), url, 'the address stays');
  // The browser may make up for what appeared above, so that the words stay where they were.
  const moved = Math.min(Math.abs((await scroll(page)) - at), Math.abs((await words(page)) - eye));
  assert.ok(moved <= 2, `scrolled from ${at} to ${await scroll(page)}, words from ${eye} to ${await words(page)}`);
  await eventually(async () => assert.equal(await focused(page), 'state', 'the focus is on the head'));
}

house.everywhere('claiming keeps the place', async visit => {
  const page = await before(visit);
  const claim = button(page, 'steps.claim');
  const place = await mark(page, claim);
  await claim.click();
  await stateIs(page, 'claimed');
  await stillThere(page, place);

  // And so do the moves after it, from the keyboard too.
  await button(page, 'steps.start').focus();
  const again = await where(page);
  await page.keyboard.press('Enter');
  await stateIs(page, 'serving');
  await stillThere(page, again);
}, LIVE);

house.everywhere('a refusal keeps the place', async visit => {
  const page = await before(visit);
  const code = /[\d-]+$/.exec(page.url())[0];
  const first = await visit.as('company_captain');
  await moved(first, 'claim', { code });
  const place = await mark(page, button(page, 'steps.claim'));
  page.announce(409, /requests\/claim/);
  await button(page, 'steps.claim').click();
  await page.getByRole('alert').first().waitFor();
  assert.equal(await page.evaluate(() => window.marked), true, 'the page was not loaded anew');
  assert.equal(page.url(), place.url, 'the address stays');
  await eventually(async () => assert.notEqual(await focused(page), 'BODY', 'the focus is not lost'));
}, LIVE);

house.everywhere('without script the same happens by whole pages', async visit => {
  const page = await before(visit);
  const address = page.url();
  await page.evaluate(() => (window.marked = true));
  await page.pressThrough(button(page, 'steps.claim'));
  await stateIs(page, 'claimed');
  assert.equal(await page.evaluate(() => window.marked), undefined, 'a new page came');
  assert.equal(new URL(page.url()).pathname, new URL(address).pathname);
  await page.pressThrough(button(page, 'steps.start'));
  await stateIs(page, 'serving');
}, PLAIN);

house.everywhere('going around within the house loads no new document', async visit => {
  const page = await visit.as('volunteer');
  await page.open('/');
  await page.evaluate(() => (window.marked = true));
  const nav = page.getByRole('navigation', { name: t('common.main_nav') }).filter({ visible: true });
  for (const [key, path] of [['tab_mine', '/mine'], ['tab_helping', '/helping'], ['tab_board', '/']]) {
    await nav.getByRole('link', { name: t(`common.${key}`), exact: true }).click();
    await page.waitForURL(url => url.pathname === path);
    await nav.locator('a[aria-current="page"]').filter({ hasText: t(`common.${key}`) }).waitFor();
    const title = await page.title();
    assert.ok(title.endsWith(t('common.name')), title);
  }
  assert.equal(await page.evaluate(() => window.marked), true);
}, LIVE);
