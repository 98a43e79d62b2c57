// The clock: a captain extends a deadline and hands a request up; who is told; the numbers of the centre.
import assert from 'node:assert/strict';
import { openHouse, PHONE } from '../house.mjs';
import { Findings, look } from '../help/look.mjs';
import { anAsk, button, eventually, filed, history, link, says } from '../help/steps.mjs';
import { like, t } from '../help/words.mjs';

const house = await openHouse();
/** A window whose width can change, with JavaScript. */
const WINDOW = { ...PHONE, name: 'all', phone: false };

/** The resident files what waits for the captain, who opens its deadline. */
async function waits(visit) {
  const [granny, captain] = [await visit.as('resident'), await visit.as('squad_captain')];
  const ask = anAsk(visit.device, { category: 'mediation', urgency: 'normal' });
  const code = await filed(granny, ask);
  await captain.open(`/requests/${code}`);
  await captain.pressThrough(link(captain, 'requests.clock'));
  return { granny, captain, code, ask };
}

/** The form under a heading. */
const part = (page, key) => page.locator('section.card', { has: page.getByRole('heading', { name: t(key), exact: true }) });

house.everywhere('a deadline is extended, a request handed up, and everybody hears of it', async visit => {
  const { granny, captain, code } = await waits(visit);
  await says(captain, t('clock.here'));
  const extend = part(captain, 'clock.extend');
  await captain.pressThrough(extend.getByRole('button'));
  await says(captain, t('faults.reason'));
  await extend.getByRole('radio', { name: t('clock.agreed') }).check();
  await extend.getByLabel(t('clock.note')).fill('说好周六再谈');
  await captain.pressThrough(extend.getByRole('button'));
  await eventually(async () => assert.match((await history(captain)).at(-1), /梁队长延了时限/));
  await says(captain, `${t('clock.agreed')}：说好周六再谈`);
  await visit.shot(captain, 'clock-extended');

  await captain.open(`/requests/${code}/clock`);
  await says(captain, like('clock.extended_already'));
  await visit.shot(captain, 'clock-ladder');
  const raise = part(captain, 'clock.raise');
  await raise.getByRole('radio', { name: t('clock.beyond_us') }).check();
  await captain.pressThrough(raise.getByRole('button', { name: /苑队长/ }));
  await eventually(async () => assert.match((await history(captain)).at(-1), /梁队长报给苑队长/));
  await captain.open(`/requests/${code}/clock`);
  assert.equal(await captain.locator('section.card form').count(), 0, 'the captain above keeps the deadline now');

  const above = await visit.as('company_captain');
  await above.open('/me');
  await above.pressThrough(above.locator('a[href="/notices"]'));
  const told = above.locator(`a.rowlink[href="/requests/${code}"]`);
  await says(above, t('notices.raised'), told);
  await visit.shot(above, 'clock-notices');
  await above.pressThrough(button(above, 'notices.mark'));
  await says(above, t('notices.all_read'));
  assert.equal(await button(above, 'notices.mark').count(), 0);
  await above.open('/desk');
  assert.ok(await above.locator(`a[href="/requests/${code}"]`).count(), 'it lies on the desk above');

  await granny.open('/notices');
  await says(granny, t('notices.raised_asker'), granny.locator(`a[href="/requests/${code}"]`).first());
});

house.everywhere('the centre sets a number from a day on, and others do not', async visit => {
  const centre = await visit.as('centre_staff');
  await centre.open('/desk');
  await centre.pressThrough(link(centre, 'desk.numbers'));
  const field = centre.locator('#accept_normal');
  assert.equal(await field.inputValue(), '12');
  await field.fill('许多');
  await centre.getByLabel(t('clock.from'), { exact: true }).fill('2001-01-01');
  await centre.pressThrough(button(centre, 'clock.save'));
  await says(centre, t('clock.too_early'));
  assert.equal(await field.inputValue(), '许多', 'what was typed is kept');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  await visit.shot(centre, 'clock-numbers-faults');
  await field.fill('10');
  await centre.getByLabel(t('clock.from'), { exact: true }).fill('2099-01-01');
  await centre.pressThrough(button(centre, 'clock.save'));
  await says(centre, t('clock.saved'));
  await says(centre, /队长受理 · 不急：10 小时/);
  assert.equal(await field.inputValue(), '10', 'what is planned');
  assert.match(await centre.locator('#accept_normal-h').textContent(), /现在是 12/);
  await visit.shot(centre, 'clock-numbers');

  const captain = await visit.as('squad_captain');
  captain.announce(403, /\/clock$/);
  await captain.open('/clock');
  await says(captain, like('common.not_allowed'));
});

house.on(WINDOW, 'the pages of the clock in every look', async visit => {
  const findings = new Findings();
  const { granny, captain, code } = await waits(visit);
  await look(captain, 'clock-ladder', findings);
  await captain.pressThrough(part(captain, 'clock.raise').getByRole('button'));
  await look(captain, 'clock-ladder-faults', findings);
  await granny.open(`/requests/${code}/clock`);
  await look(granny, 'clock-ladder-asker', findings);
  await captain.open('/notices');
  await look(captain, 'clock-notices', findings);
  const centre = await visit.as('centre_staff');
  await centre.open('/clock');
  await look(centre, 'clock-numbers', findings);
  const wrong = findings.lines();
  assert.ok(!wrong.length, `${wrong.length} things are wrong:\n    ${wrong.join('\n    ')}`);
});
