// Finding on the board: filters in the address, words in the session, pages by key, saved filters.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE_PLAIN, openHouse } from '../house.mjs';
import { anAsk, button, filed, link, says } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();

const cards = page => page.locator('.req-list > .req');
const headlines = page => page.locator('.req-list h3').allInnerTexts();
const chips = page => page.getByRole('navigation', { name: t('board.filters_label') });
const where = page => new URL(page.url());

async function search(page, words) {
  await page.getByLabel(t('board.words'), { exact: true }).fill(words);
  await page.pressThrough(button(page, 'search.find'));
}

house.everywhere('a volunteer narrows the board, saves that, and clears it again', async visit => {
  const page = await visit.as('volunteer');
  await page.open('/?ring=3');
  await page.pressThrough(link(page, 'board.find'));
  const all = await cards(page).count();
  assert.ok(all > 3, `${all} cards`);
  await visit.shot(page, 'finding-board');

  // Everything that can be chosen stands on one page.
  await page.pressThrough(chips(page).getByRole('link', { name: t('board.choose'), exact: true }));
  await page.getByRole('checkbox', { name: t('kinds.repair') }).check();
  await page.getByRole('radio', { name: t('board.sorted_near') }).check();
  await visit.shot(page, 'finding-choose');
  await page.pressThrough(button(page, 'board.apply'));
  assert.equal(where(page).pathname, '/board');
  const some = await cards(page).count();
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  for (const who of await page.locator('.req-list .who').allInnerTexts()) {
    assert.ok(who.includes(t('kinds.repair')), who);
  }
  await visit.shot(page, 'finding-narrowed');

  // Saved without a name it says so, with one it stands as a chip.
  await page.locator('summary', { hasText: t('board.save') }).first().click();
  await page.pressThrough(button(page, 'board.save_now'));
  await says(page, t('faults.name'));
  await page.getByLabel(t('board.filter_name')).fill('我会修的');
  await page.pressThrough(button(page, 'board.save_now'));
  const saved = page.getByRole('navigation', { name: t('board.saved_label') });
  await page.open('/board');
  await page.pressThrough(saved.getByRole('link', { name: '我会修的' }));
  assert.equal(await cards(page).count(), some);
  await visit.shot(page, 'finding-saved');

  // One choice is taken away by its chip.
  await page.pressThrough(chips(page).getByRole('link', { name: t('board.take_away', { what: t('kinds.repair') }) }));
  assert.equal(await cards(page).count(), all);
  await page.locator('summary', { hasText: t('board.saved_mine') }).click();
  await page.pressThrough(page.getByRole('button', { name: t('board.forget_it', { name: '我会修的' }) }));
  assert.equal(await saved.count(), 0);
});

house.everywhere('words of one letter and two find what the board shows; phone and door find nothing', async visit => {
  const [resident, captain] = [await visit.as('resident'), await visit.as('squad_captain')];
  const ask = anAsk(visit.device, { words: '缝纫机踏板断了，电话 15412349876。', headline: '缝纫机踏板断了' });
  const code = await filed(resident, ask);
  const page = await visit.as('volunteer');
  await captain.open(`/requests/${code}`);
  if (await button(captain, 'steps.accept').count()) await captain.press(button(captain, 'steps.accept'));
  await page.open('/board');

  for (const words of ['缝', '踏板', '缝纫机踏板']) {
    await search(page, words);
    assert.ok((await headlines(page)).some(one => one.includes('缝纫机')), words);
    assert.ok(!decodeURIComponent(page.url()).includes(words), 'words stand in the address');
  }
  await visit.shot(page, 'finding-words');
  for (const words of ['15412349876', '9876', ask.door, ask.phone]) {
    await search(page, words);
    await says(page, t('board.none_words', { words }));
  }
  await visit.shot(page, 'finding-nothing');
  assert.ok(!visit.server.log.includes('踏板'), 'words stand in the log');

  // The words hold while the filter changes, and go when asked to.
  await search(page, '踏板');
  await page.pressThrough(page.getByRole('link', { name: t('board.ring_3'), exact: true }));
  assert.ok((await headlines(page)).some(one => one.includes('缝纫机')));
  await page.pressThrough(link(page, 'board.clear_words').first());
  assert.ok((await cards(page).count()) > 1);
});

house.everywhere('more than a page is turned by links, each request once', async visit => {
  const [resident, captain] = [await visit.as('resident'), await visit.as('squad_captain')];
  for (let n = 0; n < 32; n += 1) {
    const code = await filed(resident, anAsk(visit.device, { category: 'tech', words: `第${n}部手机没声音。` }));
    await captain.request.post(`${captain.base}/api/requests/accept`, { form: { code }, headers: { accept: 'text/html' }, maxRedirects: 0 });
  }
  const page = await visit.as('volunteer');
  await page.open('/board?kind=tech&sort=due');
  const seen = [];
  for (;;) {
    seen.push(...(await page.locator('.req-list h3 a').evaluateAll(all => all.map(one => one.pathname))));
    const more = page.locator('.onward a');
    if (!(await more.count())) break;
    await page.pressThrough(more);
    assert.match(where(page).search, /kind=tech.*sort=due.*after=/, 'the filter stays');
  }
  assert.ok(seen.length >= 32, `${seen.length}`);
  assert.equal(new Set(seen).size, seen.length);
  await visit.shot(page, 'finding-last-page');
  await page.pressThrough(link(page, 'board.from_start'));
  assert.equal(await cards(page).count(), 30);
}, [DESKTOP, PHONE_PLAIN]);

house.everywhere('the form says where the request goes before it is sent', async visit => {
  const page = await visit.as('resident');
  await page.open('/requests/new');
  const head = await page.locator('.page-head .meta').innerText();
  assert.match(head, /^3\s小队的.队长会先看到/);
  await visit.shot(page, 'finding-routed', false);
});

house.on(PHONE_PLAIN, 'in every look', async visit => {
  for (const [name, prefs] of Object.entries({ dark: { theme: 'dark' }, elder: { size: 'elder' }, en: { lang: 'en' } })) {
    const page = await visit.as('volunteer', { prefs });
    await page.open('/board?kind=repair&kind=errand&state=open');
    await visit.shot(page, `finding-look-${name}`);
    await page.open('/board/filter?kind=repair&skill=plumbing');
    await visit.shot(page, `finding-choose-${name}`);
    await page.open('/board?kind=legal&state=serving&ring=1');
    await visit.shot(page, `finding-empty-${name}`);
  }
});
