// Door cards: the captain prints them, the household scans the square, asks, follows; an old neighbour reads her code out.
import assert from 'node:assert/strict';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { CROSSED, PHONE, PHONES, TURNED, openHouse } from '../house.mjs';
import { Findings, look } from '../help/look.mjs';
import { picture } from '../help/pictures.mjs';
import { NEIGHBOUR, button, file, anAsk, link, says, signInAs, stateIs } from '../help/steps.mjs';
import { like, t } from '../help/words.mjs';

const house = await openHouse();
const LAMP = picture('lamp.png', [230, 200, 120]);
/** A window whose width can change, with JavaScript. */
const WINDOW = { ...PHONE, name: 'all', phone: false };

/** The page with the cards of the captain's own circle. */
async function cardsOf(captain) {
  await captain.open('/teams');
  await captain.pressThrough(captain.getByRole('main').getByRole('link', { name: /小队/ }).first());
  await captain.pressThrough(link(captain, 'cards.title'));
}

/** What the square of the first card opens: read from its pixels, as a camera does. */
async function scanned(page, number = 0) {
  const square = page.locator('.dc-qr').nth(number);
  const { data, width, height } = PNG.sync.read(await square.screenshot({ scale: 'device' }));
  const read = jsQR(new Uint8ClampedArray(data), width, height)?.data ?? 'not readable';
  assert.match(read, /^http:\/\/127\.0\.0\.1:\d+\/d\/[0-9a-f]{32}$/);
  return new URL(read).pathname;
}

/** Types the form of a household. */
async function typeNeed(page, words) {
  await page.getByRole('radio', { name: new RegExp(`^${t('kinds.repair')}`) }).check();
  await page.getByLabel(t('requests.words'), { exact: true }).fill(words);
  await page.getByRole('radio', { name: new RegExp(`^${t('kinds.today')}`) }).check();
  await page.getByLabel(t('cards.called'), { exact: true }).fill('霍奶奶');
  await page.getByLabel(t('requests.phone'), { exact: true }).fill('15400000555');
}

house.everywhere('a household scans its card, asks and follows', async visit => {
  const captain = await visit.as('squad_captain');
  await cardsOf(captain);
  await visit.shot(captain, 'cards-circle');
  await captain.pressThrough(link(captain, 'cards.print_all'));
  await visit.shot(captain, 'cards-print');
  const path = await scanned(captain);

  const household = await visit.stranger();
  await household.open(path);
  assert.equal(new URL(household.url()).pathname, '/card');
  assert.equal(await household.locator('html').getAttribute('data-size'), 'elder');
  await visit.shot(household, 'card-home');
  await household.pressThrough(link(household, 'cards.ask'));
  await household.pressThrough(button(household, 'requests.send'));
  await says(household, t('faults.category'));
  await visit.shot(household, 'card-form-faults');
  await typeNeed(household, '灯泡坏了，够不着。');
  await household.locator('#photos').setInputFiles([LAMP]);
  await household.pressThrough(button(household, 'requests.send'));
  await household.locator('#state').waitFor();
  const code = /\/card\/requests\/(\S+)$/.exec(household.url())[1];
  await says(household, '灯泡坏了，够不着。');
  await household.locator('.timeline li.past, .timeline li.here').first().waitFor();
  assert.equal(await household.locator('section[aria-labelledby=photos-title] img.photo').count(), 1);
  await visit.shot(household, 'card-follow');

  // The captain sees whom to call; nobody else's request opens.
  await captain.open(`/requests/${code}`);
  await says(captain, '霍奶奶');
  const other = await file(await visit.as('resident'), anAsk(visit.device));
  household.announce(404, /\/card\/requests\//);
  await household.open(`/card/requests/${other}`);
  await says(household, t('common.not_found'));

  await household.open(`/card/requests/${code}`);
  const fold = household.locator('details', { hasText: t('steps.withdraw') });
  await fold.locator('summary').click();
  await household.getByRole('radio', { name: t('reasons.no_longer_needed') }).check();
  await household.pressThrough(button(household, 'steps.withdraw_do'));
  await stateIs(household, 'withdrawn');

  // The card is replaced: the old one leads to the captain.
  await cardsOf(captain);
  const door = captain.locator('details.door').first();
  await door.locator('summary').click();
  await captain.pressThrough(door.getByRole('button', { name: t('cards.replace') }));
  await household.open(path);
  await says(household, t('cards.over'));
  assert.equal(await household.getByRole('link', { name: like('common.call_person') }).count(), 1);
  await visit.shot(household, 'card-over');
}, PHONES);

house.everywhere('an old neighbour reads her code out and the captain files for her', async visit => {
  const captain = await visit.as('squad_captain');
  await cardsOf(captain);
  const spoken = await captain.locator('details.door .meta').first().innerText();
  assert.match(spoken, /^[0-9A-Z]{4} [0-9A-Z]{4}$/);
  await captain.pressThrough(link(captain, 'cards.said_title'));
  await captain.getByLabel(t('cards.code'), { exact: true }).fill('2222 2222');
  await captain.pressThrough(button(captain, 'cards.find'));
  await says(captain, t('faults.spoken'));
  await visit.shot(captain, 'cards-said');
  await captain.getByLabel(t('cards.code'), { exact: true }).fill(spoken.toLowerCase());
  await captain.pressThrough(button(captain, 'cards.find'));
  await visit.shot(captain, 'cards-file-for');
  await typeNeed(captain, '药吃完了，捎一盒。');
  await captain.pressThrough(button(captain, 'requests.send'));
  await captain.locator('#state').waitFor();
  await says(captain, '霍奶奶');
}, TURNED);

house.everywhere('whoever is signed in is asked before a card is used', async visit => {
  const captain = await visit.as('squad_captain');
  await cardsOf(captain);
  await captain.pressThrough(link(captain, 'cards.print_all'));
  const path = await scanned(captain);
  const resident = await visit.as('resident');
  await resident.open(path);
  await visit.shot(resident, 'card-choose');
  await resident.pressThrough(resident.getByRole('button', { name: like('cards.keep') }));
  await resident.open('/mine');
  await says(resident, t('requests.mine_title'));
}, PHONES);

house.everywhere('whom a neighbour filed for takes it over', async visit => {
  const filer = await visit.as('resident');
  const ask = anAsk(visit.device, { neighbour: { name: '翟师傅', phone: NEIGHBOUR, consent: true } });
  const code = await file(filer, ask);
  const neighbour = await signInAs(visit, NEIGHBOUR, await visit.stranger());
  await neighbour.open('/mine');
  await neighbour.pressThrough(link(neighbour, 'requests.named'));
  await visit.shot(neighbour, 'named');
  // Others may have filed for them as well, by the dice of the hour.
  const line = neighbour.locator('section', { has: neighbour.locator(`input[value="${code}"]`) });
  await neighbour.pressThrough(button(line, 'requests.take_over'));
  await stateIs(neighbour, 'submitted');
  await says(neighbour, t('requests.said_take_over'));
  await visit.shot(neighbour, 'named-taken');
  await filer.open(`/requests/${code}`);
  assert.equal(await filer.getByText(ask.phone).count(), 0, 'the phone is not the filer\'s to read any more');
}, CROSSED);

house.on(WINDOW, 'the pages of cards in every size and look', async visit => {
  const findings = new Findings();
  const captain = await visit.as('squad_captain');
  await cardsOf(captain);
  const circle = captain.url();
  await look(captain, 'cards-circle', findings);
  await captain.open('/cards/said');
  await look(captain, 'cards-said', findings);
  await captain.open(`${new URL(circle).pathname}/print`);
  const path = await scanned(captain);
  await captain.emulateMedia({ media: 'print' });
  await captain.pdf({ path: new URL('../shots/cards.pdf', import.meta.url).pathname, preferCSSPageSize: true, printBackground: true });
  const household = await visit.stranger();
  await household.open(path);
  await look(household, 'card-home', findings);
  await household.open('/card/new');
  await look(household, 'card-new', findings);
  await typeNeed(household, '灯泡坏了，够不着。');
  await household.pressThrough(button(household, 'requests.send'));
  await household.locator('#state').waitFor();
  await look(household, 'card-follow', findings);
  const resident = await visit.as('resident');
  await resident.open(path);
  await look(resident, 'card-choose', findings);
  assert.deepEqual(findings.lines(), []);
});
