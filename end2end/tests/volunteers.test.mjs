// Volunteers: a resident registers, the captain lets them in, they claim; a minor is asked for a guardian.
import assert from 'node:assert/strict';
import { CROSSED, PHONE, PHONES, TURNED, openHouse } from '../house.mjs';
import { VILLAGE, anAsk, button, eventually, filed, moved, says, signInAs, stateIs } from '../help/steps.mjs';
import { Findings, look } from '../help/look.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();

/** A newcomer who has settled in the circle of the demo. */
async function newcomer(visit) {
  const nth = String(Math.trunc(Math.random() * 1e6)).padStart(6, '0');
  const page = await signInAs(visit, `154${nth}33`, await visit.stranger());
  await page.open(`/places?village=${VILLAGE}&next=home`);
  await page.pressThrough(page.getByRole('button', { name: /荷花村 3 小队/ }));
  await page.getByLabel(t('people.surname'), { exact: true }).fill('褚');
  await page.getByLabel(t('people.title'), { exact: true }).fill('师傅');
  await page.press(button(page, 'people.save_home'));
  await page.waitForURL(url => url.pathname === '/');
  // The board has been read: nothing of it is given up by what comes next.
  await page.locator('#list-h').waitFor();
  await page.settled();
  return page;
}

async function skillIs(page, group, skill) {
  await page.locator('.skills summary', { hasText: t(`volunteers.${group}`) }).click();
  await page.getByRole('checkbox', { name: t(`volunteers.${skill}`), exact: true }).check();
}

house.everywhere('a resident registers, the captain lets them in, and they claim', async visit => {
  const page = await newcomer(visit);
  await page.open('/me/volunteer');
  await says(page, t('volunteers.register_title'));
  await visit.shot(page, 'volunteers-register');

  // Everything that is missing is told at once, and what was ticked stays.
  await skillIs(page, 'repairs', 's_plumbing');
  await page.pressThrough(button(page, 'volunteers.register'));
  await page.locator('.error-summary').waitFor();
  await says(page, t('volunteers.birth_missing'));
  await visit.shot(page, 'volunteers-faults');
  assert.ok(await page.locator('#skills-plumbing').isChecked());

  await page.locator('#birth').fill('1980-05-01');
  await page.locator('[name="draft[free][sat_morning]"]').check();
  await page.locator('#agree').check();
  await page.pressThrough(button(page, 'volunteers.register'));
  await says(page, t('volunteers.applied'));
  await visit.shot(page, 'volunteers-applied');

  const captain = await visit.as('squad_captain');
  await captain.open('/teams');
  await captain.pressThrough(captain.getByRole('link', { name: new RegExp(t('volunteers.waiting_title')) }));
  await visit.shot(captain, 'volunteers-waiting');
  await captain.pressThrough(captain.getByRole('main').getByRole('link', { name: /褚师傅/ }).last());
  await says(captain, t('volunteers.s_plumbing'));
  await visit.shot(captain, 'volunteers-sheet');
  await captain.pressThrough(button(captain, 'volunteers.approve'));
  await says(captain, t('volunteers.member'));
  await visit.shot(captain, 'volunteers-admitted');

  await page.open('/me/volunteer');
  await says(page, /RQ03\d{7}/);
  await visit.shot(page, 'volunteers-own');
  // That the captain read it stands with the other looks, here and at the centre.
  const { called } = (await visit.people()).squad_captain;
  const centre = await visit.as('centre_staff');
  for (const [who, path] of [[page, '/me/looks'], [centre, '/looks']]) {
    await who.open(path);
    const row = who.locator('main li', { hasText: called }).first();
    await says(who, t('people.looks_sheet'), row);
    await visit.shot(who, `volunteers${path.replaceAll('/', '-')}`);
  }

  const resident = await visit.as('resident');
  const code = await filed(resident, anAsk(visit));
  await moved(captain, 'accept', { code });
  await page.open(`/requests/${code}`);
  await page.press(button(page, 'steps.claim'));
  await stateIs(page, 'claimed');

  // A break: nothing is sent, and coming back is one button.
  await page.open('/me/volunteer');
  await page.locator('summary', { hasText: t('volunteers.pause') }).click();
  await page.pressThrough(button(page, 'volunteers.pause_do'));
  await says(page, t('volunteers.paused_open'));
  await visit.shot(page, 'volunteers-paused');
  await page.pressThrough(button(page, 'volunteers.resume'));
  await says(page, t('volunteers.member'));
}, PHONES);

house.everywhere('a child registers with a guardian and claims with one along', async visit => {
  const page = await newcomer(visit);
  await page.open('/me/volunteer');
  await page.locator('#birth').fill('2014-06-01');
  await page.locator('#agree').check();
  await page.pressThrough(button(page, 'volunteers.register'));
  await says(page, t('volunteers.guardian_name_missing'));
  await visit.shot(page, 'volunteers-guardian');

  await page.locator('#guardian_name').fill('褚大嫂');
  await page.locator('#guardian_phone').fill('15400009955');
  await page.getByRole('radio', { name: t('volunteers.parent') }).check();
  await page.getByRole('radio', { name: t('volunteers.in_person') }).check();
  await page.locator('#guardian_agreed').check();
  await page.pressThrough(button(page, 'volunteers.register'));
  await says(page, t('volunteers.applied'));

  const captain = await visit.as('squad_captain');
  await captain.open('/volunteers');
  await captain.pressThrough(captain.getByRole('main').getByRole('link', { name: /褚师傅/ }).last());
  await says(captain, t('volunteers.minor'));
  await says(captain, t('volunteers.guardian_said'));
  await visit.shot(captain, 'volunteers-minor');
  await captain.pressThrough(button(captain, 'volunteers.approve'));

  const resident = await visit.as('resident');
  const code = await filed(resident, anAsk(visit));
  await moved(captain, 'accept', { code });
  await page.open(`/requests/${code}`);
  if (visit.js) page.announce(409, /requests\/claim/);
  await page.press(button(page, 'steps.claim'));
  await says(page, t('refusals.guardian_along'));
  await visit.shot(page, 'volunteers-along');
  await page.getByRole('checkbox', { name: t('requests.along') }).check();
  await page.press(button(page, 'steps.claim'));
  await stateIs(page, 'claimed');
}, CROSSED);

house.everywhere('the captain reads the members page by page', async visit => {
  const captain = await visit.as('squad_captain');
  await captain.open('/teams');
  await captain.pressThrough(captain.getByRole('main').getByRole('link', { name: /3 小队/ }));
  await captain.pressThrough(captain.getByRole('link', { name: t('volunteers.members') }));
  await eventually(async () => assert.ok((await captain.locator('main li').count()) > 1));
  await visit.shot(captain, 'volunteers-members');
}, TURNED);

/** Looks at pages one after the other; says everything at the end. */
const looks = (name, story) => house.on({ ...PHONE, name: 'all', phone: false }, name, async visit => {
  const findings = new Findings();
  await story(visit, (page, called) => look(page, called, findings));
  const wrong = findings.lines();
  assert.ok(!wrong.length, `${wrong.length} things are wrong:\n    ${wrong.join('\n    ')}`);
});

looks('registering, in every look', async (visit, see) => {
  const resident = await visit.as('resident');
  await resident.open('/me/volunteer');
  await resident.locator('#birth').fill('2014-06-01');
  await resident.pressThrough(button(resident, 'volunteers.register'));
  await see(resident, 'volunteer-faults');
});

looks('a volunteer’s own pages, in every look', async (visit, see) => {
  const volunteer = await visit.as('volunteer');
  for (const [path, called] of [['/me/volunteer', 'volunteer-own'], ['/me/volunteer/edit', 'volunteer-edit']]) {
    await volunteer.open(path);
    await see(volunteer, called);
  }
});

looks('the captain’s pages of volunteers, in every look', async (visit, see) => {
  const captain = await visit.as('squad_captain');
  await captain.open('/volunteers');
  await see(captain, 'volunteer-waiting');
  await captain.pressThrough(captain.getByRole('main').getByRole('link', { name: /同学/ }));
  await see(captain, 'volunteer-child');
  await captain.open('/teams');
  await captain.pressThrough(captain.getByRole('main').getByRole('link', { name: /3 小队/ }));
  await captain.pressThrough(captain.getByRole('link', { name: t('volunteers.members') }));
  await see(captain, 'volunteer-members');
});
