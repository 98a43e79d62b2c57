// Abuse: a report, what the captain decides, a block, and a word against it.
import assert from 'node:assert/strict';
import { CROSSED, PHONE, openHouse } from '../house.mjs';
import { Findings, look } from '../help/look.mjs';
import { anAsk, button, filed, link, moved, says } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();
/** A window whose width can change, with JavaScript. */
const WINDOW = { ...PHONE, name: 'all', phone: false };

/** The resident files, the captain accepts, the volunteer reports it; gives the reporter's page. */
async function reported(visit) {
  const [granny, captain, zhai] = [await visit.as('resident'), await visit.as('squad_captain'), await visit.as('volunteer')];
  const code = await filed(granny, anAsk(visit.device, {}));
  await moved(captain, 'accept', { code }).catch(() => {});
  await zhai.open(`/requests/${code}`);
  await zhai.pressThrough(link(zhai, 'requests.report'));
  return { granny, captain, zhai, code };
}

/** Says who, why and in which words. */
async function says_it(page, words) {
  await page.getByRole('radio', { name: t('abuse.r_insult') }).check();
  await page.getByLabel(t('abuse.say')).fill(words);
  await page.pressThrough(button(page, 'abuse.send'));
}

house.everywhere('a report is made, blocked upon, appealed and lifted', async visit => {
  const { granny, captain, zhai, code } = await reported(visit);
  await page_needs_a_reason(zhai);
  await visit.shot(zhai, 'abuse-report');
  await says_it(zhai, '骂人，电话15400000001');
  await says(zhai, t('abuse.sent'));
  await visit.shot(zhai, 'abuse-mine');

  await captain.open('/desk');
  await captain.pressThrough(link(captain, 'desk.reports'));
  await visit.shot(captain, 'abuse-queue');
  await captain.pressThrough(captain.getByRole('link', { name: /佟大娘.*骂人/ }).first());
  await says(captain, '骂人，电话****');
  await captain.getByRole('radio', { name: t('abuse.o_blocked') }).check();
  await captain.pressThrough(button(captain, 'abuse.decide'));
  await says(captain, t('faults.term'));
  await captain.getByRole('radio', { name: t('abuse.t_week'), exact: true }).check();
  await captain.getByLabel(t('abuse.answer')).fill('当面骂人，不肯认');
  await visit.shot(captain, 'abuse-sheet');
  await captain.pressThrough(button(captain, 'abuse.decide'));
  await says(captain, t('abuse.decided'));
  await zhai.open('/me/reports');
  await says(zhai, '当面骂人，不肯认');

  await granny.open('/requests/new');
  await says(granny, t('refusals.blocked_open'));
  await visit.shot(granny, 'abuse-no-ask');
  await granny.pressThrough(link(granny, 'refusals.see_why'));
  await says(granny, t('abuse.blocked_title'));
  await granny.getByLabel(t('abuse.appeal_words')).fill('我急了才喊的');
  await visit.shot(granny, 'abuse-blocked');
  await granny.pressThrough(button(granny, 'abuse.appeal_send'));
  await says(granny, t('abuse.appealed'));

  const above = await visit.as('company_captain');
  await above.open('/reports');
  const card = above.locator('section.card', { hasText: '我急了才喊的' });
  // The only appeal that waits is open already.
  if (!(await card.locator('details').evaluate(fold => fold.open))) await card.locator('summary').click();
  await card.getByRole('radio', { name: t('abuse.lift'), exact: true }).check();
  await card.getByLabel(t('abuse.answer')).fill('说开了');
  await visit.shot(above, 'abuse-hear');
  await above.pressThrough(button(card, 'abuse.hear'));
  await granny.open('/me/reports');
  await says(granny, /说开了/);
  await granny.open('/requests/new');
  await granny.getByLabel(t('requests.words'), { exact: true }).waitFor();
  assert.ok(code);
}, CROSSED);

/** Sent without a reason it says so, and nothing was sent. */
async function page_needs_a_reason(page) {
  await page.pressThrough(button(page, 'abuse.send'));
  await says(page, t('faults.reason'));
}

house.on(WINDOW, 'the pages of reports in every look', async visit => {
  const findings = new Findings();
  const { zhai } = await reported(visit);
  await look(zhai, 'abuse-report', findings);
  await zhai.pressThrough(button(zhai, 'abuse.send'));
  await look(zhai, 'abuse-report-faults', findings);
  await says_it(zhai, '骂人');
  await look(zhai, 'abuse-mine', findings);
  const above = await visit.as('company_captain');
  await above.open('/reports');
  await look(above, 'abuse-queue', findings);
  await above.pressThrough(above.locator('a[href^="/reports/"]').first());
  await look(above, 'abuse-sheet', findings);
  const wrong = findings.lines();
  assert.ok(!wrong.length, `${wrong.length} things are wrong:\n    ${wrong.join('\n    ')}`);
});
