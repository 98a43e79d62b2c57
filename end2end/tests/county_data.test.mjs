// The centre downloads a template, hands in a list with two wrong rows, mends it, finds who came, and takes the list out.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PHONE, TURNED, openHouse } from '../house.mjs';
import { Findings, look } from '../help/look.mjs';
import { button, link, says } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();

/** A list of two, filled into the template's own header. */
const rows = (header, people) => `${header}\r\n${people.map(one => one.join(',')).join('\r\n')}\r\n`;

/** Presses a link or button that gives a file; reads it. */
async function downloaded(page, control) {
  const [file] = await Promise.all([page.waitForEvent('download'), control.click()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

house.everywhere('the centre brings people in, finds them and takes them out', async visit => {
  const page = await visit.as('centre_staff');
  // The browser gives the page up for a file, and stays where it was.
  page.forgive(/\/api\/imports\/export$/);
  await page.open('/desk');
  await page.pressThrough(link(page, 'desk.teams'));
  await page.pressThrough(link(page, 'search.to_imports'));
  await visit.shot(page, 'county-data-lists');

  // The template, with its example row.
  const people = page.locator('.card', { has: page.getByRole('heading', { name: t('imports.people'), exact: true }) });
  const template = await downloaded(page, people.getByRole('link', { name: /CSV/ }));
  assert.equal(template.name, 'template-people.csv');
  const [header, example] = template.bytes.toString('utf8').split('\r\n');
  assert.ok(header.includes('手机号') && example.includes('示例'), header);

  // Two wrong rows of three: both are named, nothing is written.
  const nth = String(Math.trunc(Math.random() * 1e6)).padStart(6, '0');
  const good = [`155${nth}01`, '解秀英', '', '大娘', `RQ8${nth}`, '永丰路街道', '荷花村', '3', '否'];
  const wrong = [['155', '王五', '', '', '', '', '荷花村', '', ''], [`155${nth}03`, '王五', '', '', '', '', '没有村', '', '']];
  const file = join(tmpdir(), `fifteen-list-${nth}.csv`);
  const handIn = async (list, key) => {
    writeFileSync(file, rows(header, list));
    await page.getByLabel(t('imports.file'), { exact: true }).setInputFiles(file);
    await page.pressThrough(button(page, key));
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
  };
  await handIn([good, ...wrong], 'imports.for_real');
  await says(page, t('imports.refused', { n: 2 }));
  await says(page, t('imports.row_n', { n: 3 }));
  await says(page, t('imports.f_phone_digits', { n: 3 }));
  await says(page, t('imports.row_n', { n: 4 }));
  await says(page, t('imports.f_no_such_area'));
  await visit.shot(page, 'county-data-refused');
  const faults = await downloaded(page, link(page, 'imports.all_faults'));
  assert.equal(faults.bytes.toString('utf8').trim().split('\r\n').length, 3);

  // Mended: tried first, then brought in.
  await page.pressThrough(link(page, 'imports.again'));
  await handIn([good], 'imports.try_first');
  await says(page, t('imports.done_dry'));
  await page.pressThrough(link(page, 'imports.again'));
  await handIn([good], 'imports.for_real');
  await says(page, t('imports.done'));
  await visit.shot(page, 'county-data-done');

  // Found by the initials of the surname's own reading; the address says nothing of it.
  await page.open('/people');
  await page.getByLabel(t('search.words'), { exact: true }).fill('xxy');
  await page.pressThrough(button(page, 'search.find'));
  assert.equal(new URL(page.url()).search, '');
  const found = page.getByRole('link', { name: /解秀英/ });
  await visit.shot(page, 'county-data-found');
  await page.pressThrough(found);
  await says(page, `155${nth}01`);
  await visit.shot(page, 'county-data-person');

  // Nobody is found who is not there, and that is said.
  await page.open('/people');
  await page.getByLabel(t('search.words'), { exact: true }).fill('没有这个人');
  await page.pressThrough(button(page, 'search.find'));
  await says(page, t('search.none'));

  // Out again, and written down.
  await page.open('/imports');
  const out = page.locator('section', { has: page.getByRole('heading', { name: t('imports.take_out') }) });
  const taken = await downloaded(page, out.getByRole('button', { name: /CSV/ }));
  assert.equal(taken.name, 'fifteen-people.csv');
  assert.ok(taken.bytes.toString('utf8').includes('解秀英'));
  const book = await downloaded(page, out.getByRole('button', { name: /XLSX/ }));
  assert.equal(book.bytes.subarray(0, 2).toString(), 'PK');
  await page.open('/looks/data');
  await says(page, t('imports.log_opened', { who: '解大娘' }));
  await visit.shot(page, 'county-data-log');
}, TURNED);

house.on({ ...PHONE, name: 'all', phone: false }, 'every page of lists and people in every look', async visit => {
  const findings = new Findings();
  const page = await visit.as('centre_staff');
  for (const [path, called] of [['/imports', 'imports'], ['/imports?no=no_file', 'imports-no'], ['/people', 'people-empty'], ['/teams', 'teams-top']]) {
    await page.open(path);
    await look(page, called, findings);
  }
  const file = join(tmpdir(), `fifteen-look-${process.pid}.csv`);
  writeFileSync(file, '手机号,姓名,村社区\r\n155,王1,荷花村\r\n15500000009,王五,没有村\r\n');
  await page.open('/imports');
  await page.getByLabel(t('imports.file'), { exact: true }).setInputFiles(file);
  await page.pressThrough(button(page, 'imports.try_first'));
  await look(page, 'imports-refused', findings);
  await page.open('/people');
  await page.getByLabel(t('search.words'), { exact: true }).fill('w');
  await page.pressThrough(button(page, 'search.find'));
  await look(page, 'people-found', findings);
  await page.pressThrough(page.getByRole('main').getByRole('listitem').first().getByRole('link'));
  await look(page, 'people-one', findings);
  await page.open('/looks/data');
  await look(page, 'looks-data', findings);
  const wrong = findings.lines();
  assert.ok(!wrong.length, `${wrong.length} things are wrong:\n    ${wrong.join('\n    ')}`);
});
