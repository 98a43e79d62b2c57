// One's own data: reading it, taking a copy, a correction with its answer, leaving and staying.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { CROSSED, PHONE, TURNED, openHouse } from '../house.mjs';
import { Findings, look } from '../help/look.mjs';
import { NEIGHBOUR, button, link, says, signInAs } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();
/** A window whose width can change, with JavaScript. */
const WINDOW = { ...PHONE, name: 'all', phone: false };

house.everywhere('she reads what is kept about her and takes a copy along', async visit => {
  const page = await visit.as('resident');
  await page.open('/me');
  await link(page, 'people.data_row').click();
  await says(page, t('rights.held_title'));
  await visit.shot(page, 'rights-data');

  // What is kept as a file is given up as a page.
  page.forgive(/\/api\/rights\/copy$/);
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'rights.download').click()]);
  assert.equal(download.suggestedFilename(), 'fifteen-metres-data.zip');
  const zip = await readFile(await download.path());
  assert.ok(zip.includes('data.json') && zip.includes('data.html'));
  assert.ok(zip.includes(Buffer.from('"format": 1')));
}, CROSSED);

house.everywhere('a correction is asked for and answered with a reason', async visit => {
  const page = await visit.as('resident');
  await page.open('/me/data/correct');
  await page.pressThrough(button(page, 'rights.send_correction'));
  await says(page, t('rights.x_field'));
  await page.getByRole('radio', { name: t('rights.f_minutes') }).check();
  await page.getByLabel(t('rights.correct_words')).fill('少记了 5 分钟');
  await page.pressThrough(button(page, 'rights.send_correction'));
  await says(page, t('rights.waits'));
  await visit.shot(page, 'rights-correct');

  const staff = await visit.as('office_staff');
  await staff.open('/desk');
  await staff.pressThrough(link(staff, 'desk.corrections'));
  const card = staff.locator('section.card', { hasText: '少记了 5 分钟' });
  await card.locator('summary').click();
  await card.getByRole('radio', { name: t('rights.not_granted') }).check();
  await card.getByLabel(t('rights.answer_words')).fill('查了签到，是 35 分钟');
  await visit.shot(staff, 'rights-corrections');
  await staff.pressThrough(button(card, 'rights.answer'));

  await page.open('/me/data/correct');
  await says(page, '查了签到，是 35 分钟');
}, TURNED);

house.everywhere('whoever leaves sees the way back and stays', async visit => {
  // 温大娘 leads nothing and helps nobody.
  const page = await signInAs(visit, NEIGHBOUR, await visit.stranger());
  await page.open('/me/data/delete');
  await says(page, t('rights.goes'));
  await visit.shot(page, 'rights-delete');
  await link(page, 'rights.next_step').click();
  await says(page, t('rights.sure_title'));
  await visit.shot(page, 'rights-sure');
  await page.pressThrough(button(page, 'rights.delete_do'));
  await says(page, t('rights.leaving_title'));
  await visit.shot(page, 'rights-leaving');

  page.announce(403, /\/me$/);
  await page.open('/me');
  await says(page, t('common.not_now'));
  await link(page, 'refusals.see_why').click();
  await page.pressThrough(button(page, 'rights.keep'));
  await says(page, '温');
}, CROSSED);

house.everywhere('another phone is taken with a code', async visit => {
  const page = await visit.as('resident');
  await page.open('/me/data/phone');
  await page.getByLabel(t('rights.new_phone')).fill('154');
  await page.pressThrough(button(page, 'rights.send'));
  await says(page, t('faults.phone_digits', { n: 3 }));
  await page.getByLabel(t('rights.new_phone')).fill('15400006077');
  await page.pressThrough(button(page, 'rights.send'));
  await says(page, t('people.code_sent'));
  const [, code] = /sign-in code (\d{6}) for a phone ending in \*{4}77/.exec(visit.server.log);
  await page.getByLabel(t('people.code'), { exact: true }).fill(code);
  await visit.shot(page, 'rights-phone');
  await page.pressThrough(button(page, 'rights.change_phone'));
  await says(page, t('rights.phone_changed'));
  assert.ok(!page.url().includes('15400006077'));
}, TURNED);

house.on(WINDOW, 'the pages of one\'s own data in every look', async visit => {
  const findings = new Findings();
  const page = await visit.as('resident');
  for (const path of ['/me/data', '/me/data/phone', '/me/data/correct', '/me/data/delete', '/me/data/delete/confirm', '/me/terms', '/terms', '/terms/1']) {
    await page.open(path);
    await look(page, `rights${path.replaceAll('/', '-')}`, findings);
  }
  await page.open('/me/data/correct');
  await page.pressThrough(button(page, 'rights.send_correction'));
  await look(page, 'rights-correct-faults', findings);
  const wrong = findings.lines();
  assert.ok(!wrong.length, `${wrong.length} things are wrong:\n    ${wrong.join('\n    ')}`);
});
