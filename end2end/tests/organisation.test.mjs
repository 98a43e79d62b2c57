// Areas and teams: the office keeps its circles, the centre merges two villages, and nobody is lost.
import assert from 'node:assert/strict';
import { CROSSED, PHONE, TURNED, openHouse } from '../house.mjs';
import { anAsk, button, filed, link, says, stateIs, VILLAGE } from '../help/steps.mjs';
import { Findings, look } from '../help/look.mjs';
import { like, t } from '../help/words.mjs';

const house = await openHouse();
const STREET = '130982003000';
const inMain = (page, name) => page.getByRole('main').getByRole('link', { name }).first();
const choose = (page, key) => page.getByRole('radio', { name: t(key) }).check();

/** From the list of one's teams down to a lane of 荷花村. */
async function toTheLane(page) {
  await page.open('/teams');
  await page.pressThrough(link(page, 'organisation.title'));
  await page.pressThrough(inMain(page, /永丰路街道/));
  await page.getByLabel(t('organisation.filter')).fill('荷花');
  await page.pressThrough(button(page, 'organisation.find'));
  await page.pressThrough(inMain(page, /荷花村/));
  await page.pressThrough(inMain(page, /荷花村 1 中队/));
}

house.everywhere('the office adds a circle with doors, moves it and closes it', async visit => {
  const page = await visit.as('office_staff');
  await toTheLane(page);
  await visit.shot(page, 'organisation-lane');

  await page.pressThrough(link(page, 'organisation.add_kind', { kind: t('organisation.squad') }));
  await page.pressThrough(button(page, 'organisation.add'));
  const squad = page.url();

  // A wrong range is told at its field; what was typed is kept.
  await page.getByLabel(t('organisation.lane')).fill('荷花新巷');
  await page.getByLabel(t('organisation.first'), { exact: true }).fill('3');
  await page.getByLabel(t('organisation.last'), { exact: true }).fill('1');
  await page.pressThrough(button(page, 'organisation.add_doors'));
  await says(page, like('faults.out_of_range'));
  assert.equal(await page.getByLabel(t('organisation.lane')).inputValue(), '荷花新巷');
  await page.getByLabel(t('organisation.last'), { exact: true }).fill('4');
  await page.pressThrough(button(page, 'organisation.add_doors'));
  await says(page, /荷花新巷 4 号/);
  await visit.shot(page, 'organisation-circle');

  await page.pressThrough(link(page, 'organisation.move_it'));
  await page.pressThrough(inMain(page, /荷花村 2 中队/));
  await says(page, like('organisation.follows'));
  await choose(page, 'organisation.regrouped');
  await visit.shot(page, 'organisation-move');
  await page.pressThrough(button(page, 'organisation.move_to', { into: '荷花村 2 中队' }));
  await says(page, new RegExp(t('organisation.regrouped')));

  // It does not close while a door is there.
  await page.pressThrough(link(page, 'organisation.close'));
  await says(page, like('organisation.still_there'));
  await visit.shot(page, 'organisation-blocked');
  for (const number of [3, 4]) {
    await page.open(squad);
    await page.pressThrough(inMain(page, new RegExp(`荷花新巷 ${number} 号`)));
    await page.pressThrough(button(page, 'organisation.remove_door'));
  }
  await page.pressThrough(link(page, 'organisation.close'));
  await page.pressThrough(button(page, 'organisation.close'));
  await says(page, t('refusals.choose_reason'));
  await choose(page, 'organisation.mistake');
  await page.pressThrough(button(page, 'organisation.close'));
  await says(page, t('organisation.gone'));
}, TURNED);

house.everywhere('a resident of a merged village still finds their request', async visit => {
  const resident = await visit.as('resident');
  const ask = anAsk(visit.device);
  const code = await filed(resident, ask);
  const centre = await visit.as('centre_staff');
  await centre.open(`/organisation/areas/${VILLAGE}`);
  await centre.pressThrough(link(centre, 'organisation.merge'));
  await centre.pressThrough(inMain(centre, /永丰村/));
  await says(centre, like('organisation.follows'));
  await visit.shot(centre, 'organisation-merge');
  await choose(centre, 'organisation.decreed');
  await centre.getByLabel(t('organisation.note')).fill('任政〔2026〕12 号');
  await centre.pressThrough(button(centre, 'organisation.merge_into', { into: '永丰村' }));
  await says(centre, /永丰村/);
  await centre.open(`/organisation/areas/${VILLAGE}`);
  await says(centre, new RegExp(t('organisation.gone_into')));
  await visit.shot(centre, 'organisation-merged');

  await resident.open('/mine');
  await says(resident, new RegExp(ask.headline));
  await resident.open(`/requests/${code}`);
  await stateIs(resident, 'submitted');
}, CROSSED);

house.on({ ...PHONE, name: 'all', phone: false }, 'the pages of the organisation in every look', async visit => {
  const findings = new Findings();
  const page = await visit.as('centre_staff');
  await page.open(`/organisation/areas/${VILLAGE}`);
  const lane = await inMain(page, /荷花村 1 中队/).getAttribute('href');
  await page.open(lane);
  const squad = await inMain(page, /荷花村 1 小队/).getAttribute('href');
  await page.open(squad);
  const door = await inMain(page, / 1 号/).getAttribute('href');
  const pages = [
    ['/organisation', 'city'], [`/organisation/areas/${STREET}`, 'township'],
    [`/organisation/areas/${VILLAGE}`, 'village'], [lane, 'lane'], [squad, 'squad'], [door, 'door'],
    [`/organisation/leads?area=${STREET}`, 'leads'], ['/organisation/leads?only=vacant', 'vacant'],
    [`/organisation/areas/${VILLAGE}/merge`, 'choose'],
    [`/organisation/areas/${VILLAGE}/merge?to=130982003210`, 'merge'],
    [`/organisation/areas/${VILLAGE}/close`, 'blocked'],
    [`/organisation/areas/${STREET}/add?to=village`, 'add'], [`${lane}/rename`, 'rename'],
  ];
  for (const [path, called] of pages) {
    await page.open(path);
    await look(page, `organisation-${called}`, findings);
  }
  const wrong = findings.lines();
  assert.ok(!wrong.length, `${wrong.length} things are wrong:\n    ${wrong.join('\n    ')}`);
});
