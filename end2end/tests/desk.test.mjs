// The captain's desk beside its lists: standing in, the round on paper and back, finding in all of a reach.
import assert from 'node:assert/strict';
import { openHouse, PHONE } from '../house.mjs';
import { Findings, look } from '../help/look.mjs';
import { now } from '../help/seed.mjs';
import { anAsk, button, eventually, filed, history, link, moved, says, stateIs } from '../help/steps.mjs';
import { like, t } from '../help/words.mjs';

const house = await openHouse();
/** A window whose width can change, with JavaScript. */
const WINDOW = { ...PHONE, name: 'all', phone: false };

/** A day so many days from now, as a date field has it. */
const inDays = days => new Date(now() + days * 864e5).toISOString().slice(0, 10);

/** The resident files, the captain accepts. */
async function open(visit, more) {
  const [granny, captain] = [await visit.as('resident'), await visit.as('squad_captain')];
  const ask = anAsk(visit.device, more);
  const code = await filed(granny, ask);
  await moved(captain, 'accept', { code });
  return { granny, captain, code, ask };
}

house.everywhere('a captain who is away lets somebody stand in, who gives it back', async visit => {
  const granny = await visit.as('resident');
  const code = await filed(granny, anAsk(visit.device, { category: 'mediation' }));
  const captain = await visit.as('squad_captain');
  const { called } = (await visit.people()).volunteer;
  await captain.open('/desk');
  await captain.pressThrough(link(captain, 'deputies.link'));
  await captain.pressThrough(button(captain, 'deputies.name_it'));
  await says(captain, t('faults.choose'));
  await captain.getByLabel(t('deputies.whom'), { exact: true }).selectOption({ label: called });
  await captain.getByLabel(t('deputies.back'), { exact: true }).fill(inDays(5));
  await captain.pressThrough(button(captain, 'deputies.name_it'));
  await says(captain, like('deputies.stands_in'));
  await visit.shot(captain, 'desk-deputy');
  await captain.open('/desk');
  await says(captain, like('deputies.for_you', { who: called }));

  const deputy = await visit.as('volunteer');
  await deputy.open('/desk');
  await says(deputy, like('deputies.you_for'));
  await visit.shot(deputy, 'desk-of-deputy');
  await deputy.open(`/requests/${code}`);
  await deputy.press(button(deputy, 'steps.accept_private'));
  await stateIs(deputy, 'open');

  await deputy.open('/desk/deputy');
  await deputy.pressThrough(button(deputy, 'deputies.give_back'));
  deputy.announce(403, /\/desk$/);
  await deputy.open('/desk');
  await says(deputy, like('common.not_allowed'));
});

house.everywhere('a round goes out on paper and its results come back', async visit => {
  const { captain, code, ask } = await open(visit);
  const { called } = (await visit.people()).volunteer;
  await captain.open('/desk');
  await captain.pressThrough(link(captain, 'desk.print'));
  const stop = captain.locator('.stop', { hasText: code });
  await says(captain, new RegExp(ask.door), stop);
  await says(captain, t('round.signed'), stop);
  await visit.shot(captain, 'desk-round');

  await captain.open('/desk');
  await captain.pressThrough(link(captain, 'desk.paper'));
  await captain.getByLabel(t('paper.code'), { exact: true }).fill(code.replaceAll('-', ''));
  await captain.pressThrough(button(captain, 'paper.find'));
  await captain.getByLabel(t('paper.whom'), { exact: true }).selectOption({ label: called });
  await captain.locator('#m-other').fill('40');
  await captain.getByLabel(t('requests.done_words'), { exact: true }).fill('换了接头');
  await captain.pressThrough(button(captain, 'paper.enter'));
  await says(captain, t('paper.not_agreed'));
  assert.equal(await captain.locator('#m-other').inputValue(), '40', 'what was typed is kept');
  await visit.shot(captain, 'desk-paper');
  await captain.getByRole('checkbox', { name: t('paper.agreed') }).check();
  await captain.pressThrough(button(captain, 'paper.enter'));
  await says(captain, like('paper.done', { code }));

  await captain.open(`/requests/${code}`);
  await stateIs(captain, 'done');
  assert.equal(await button(captain, 'steps.approve').count(), 0, 'who entered it does not approve it');
  const above = await visit.as('company_captain');
  await above.open(`/requests/${code}`);
  await says(above, like('paper.entered'));
  await eventually(async () => assert.match((await history(above)).at(-1), like('paper.event', { about: called })));
  await visit.shot(above, 'desk-paper-above');
  await above.press(button(above, 'steps.approve'));
  await stateIs(above, 'closed');
});

house.everywhere('who is above finds in all of their reach', async visit => {
  const { code, ask } = await open(visit);
  const office = await visit.as('centre_staff');
  await office.open('/desk');
  await office.pressThrough(link(office, 'desk.search'));
  await office.getByLabel(t('desk.search_words'), { exact: true }).fill(ask.headline);
  await office.pressThrough(button(office, 'desk.search_do'));
  await says(office, like('desk.search_found'));
  assert.ok(!office.url().includes(encodeURIComponent(ask.headline)), 'the words stand in no address');
  assert.ok(await office.locator(`a[href="/requests/${code}"]`).count());
  await visit.shot(office, 'desk-search');
});

house.on(WINDOW, 'the pages beside the desk in every look', async visit => {
  const findings = new Findings();
  const { captain, code } = await open(visit);
  const { id } = (await visit.people()).volunteer;
  await captain.open('/desk');
  await look(captain, 'desk-links', findings);
  await captain.open(`/requests/${code}/dispatch`);
  await look(captain, 'desk-dispatch', findings);
  await captain.open('/desk/deputy');
  await look(captain, 'desk-deputy-form', findings);
  await captain.open('/desk/print');
  await look(captain, 'desk-print', findings);
  await captain.open(`/desk/paper?code=${code}`);
  await look(captain, 'desk-paper', findings);
  await captain.open('/desk/search');
  await look(captain, 'desk-search', findings);
  await moved(captain, 'dispatch', { code, volunteer: id });
  await captain.open(`/requests/${code}/dispatch`);
  await look(captain, 'desk-dispatch-waits', findings);
  const wrong = findings.lines();
  assert.ok(!wrong.length, `${wrong.length} things are wrong:\n    ${wrong.join('\n    ')}`);
});
