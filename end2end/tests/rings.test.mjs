// The rings: each number is the number of cards under it. A stranger chooses a place to look from.
import assert from 'node:assert/strict';
import { CROSSED, TURNED, openHouse } from '../house.mjs';
import { eventually, link, says } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();
const RINGS = ['1', '2', '3'];

const ring = (page, key) => page
  .getByRole('navigation', { name: t('board.rings_label') })
  .getByRole('link', { name: new RegExp(t(`board.ring_${key}`)) });
const cards = page => page.locator('.req-list > .req');
const codes = page => page.locator('.req-list h3 a').evaluateAll(all => all.map(one => new URL(one.href).pathname));

/** The number in a ring. */
const numberIn = async (page, key) => Number(/\d+/.exec(await ring(page, key).innerText())[0]);

/** The requests of the ring, page by page, and back. */
async function allCodes(page, key) {
  const all = await codes(page);
  const more = page.locator('.onward a[href*="after="]');
  while (await more.count()) {
    await page.pressThrough(more);
    all.push(...(await codes(page)));
  }
  if (new URL(page.url()).pathname !== '/') await page.open(`/?ring=${key}`);
  return all;
}

house.everywhere('each ring says how many it holds, and holds those of the rings inside it', async visit => {
  const page = await visit.as('volunteer');
  await page.open('/');
  const numbers = await Promise.all(RINGS.map(key => numberIn(page, key)));
  assert.ok(numbers[0] > 0 && numbers[0] <= numbers[1] && numbers[1] <= numbers[2], numbers.join(' '));
  let inside = [];
  for (const [at, key] of RINGS.entries()) {
    // On its words: they lie in its own band, outside the rings within.
    await ring(page, key).locator('span').click();
    await page.locator(`.ring-${key}[aria-current="true"]`).waitFor();
    assert.equal(new URL(page.url()).search, `?ring=${key}`);
    assert.deepEqual(await Promise.all(RINGS.map(key => numberIn(page, key))), numbers, 'the numbers stay');
    await eventually(async () => {
      const heading = await page.locator('#list-h').innerText();
      assert.equal(heading, t(`board.list_${key}`, { n: numbers[at] }));
    });
    const listed = await allCodes(page, key);
    assert.equal(listed.length, numbers[at], `ring ${key}`);
    assert.equal(new Set(listed).size, listed.length, 'no card twice');
    for (const code of inside) assert.ok(listed.includes(code), `${code} is in ring ${key} too`);
    inside = listed;
  }
  assert.equal(await page.locator('.ring[aria-current]').count(), 1, 'one ring is chosen');
  await visit.shot(page, 'rings-village');
  // Back goes back to the ring before.
  await page.open('/?ring=1');
  await ring(page, '2').locator('span').click();
  await page.locator('.ring-2[aria-current="true"]').waitFor();
  await page.goBack();
  await page.locator('.ring-1[aria-current="true"]').waitFor();
}, CROSSED);

house.everywhere('a stranger chooses township, village and squad, and sees the board there', async visit => {
  const page = await visit.stranger();
  await page.open('/');
  await says(page, t('board.pick_hint'));
  await link(page, 'board.pick_place').click();
  await page.getByRole('link', { name: '永丰路街道' }).click();
  await page.getByRole('link', { name: '荷花村' }).click();
  const squad = page.getByRole('button', { name: new RegExp(t('kinds.squad', { n: 3 }).replace('\u00a0', '\\s')) });
  await squad.waitFor();
  await page.settled();
  await visit.shot(page, 'rings-place');
  await page.pressThrough(squad);
  await page.waitForURL(url => url.pathname === '/');
  await page.locator('.rings').waitFor();
  const numbers = await Promise.all(RINGS.map(key => numberIn(page, key)));
  assert.ok(numbers[0] > 0, 'the circle of the demo has requests');
  assert.equal(await cards(page).count(), numbers[0]);
  await says(page, '荷花村');
  // The captain can be called without an account.
  assert.equal(await page.locator('.captain a[href^="tel:"]').count(), 1);

  // The whole village instead.
  await link(page, 'board.change_place').click();
  await page.getByRole('link', { name: '永丰路街道' }).click();
  await page.getByRole('link', { name: '荷花村' }).click();
  const whole = page.getByRole('button', { name: t('board.whole_village') });
  await whole.waitFor();
  await page.settled();
  await page.pressThrough(whole);
  await page.locator('.ring-3[aria-current="true"]').waitFor();
  assert.equal(await numberIn(page, '3'), numbers[2]);
}, TURNED);
