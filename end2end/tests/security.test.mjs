// The second proof of staff: set up, given, recovered; and the list of one's sessions.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { CROSSED, PHONE, TURNED, openHouse } from '../house.mjs';
import { Findings, look } from '../help/look.mjs';
import { now } from '../help/seed.mjs';
import { button, link, says, signInAs } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();
const PASSWORD = '早上六点喂鸡，八点去赶集';
/** A window whose width can change, with JavaScript. */
const WINDOW = { ...PHONE, name: 'all', phone: false };

/** What an authenticator shows for the letters of a secret, so many steps from now. */
function digits(letters, ahead = 0) {
  const bits = [...letters].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map(byte => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(now() / 30_000) + ahead));
  const sum = createHmac('sha1', key).update(step).digest();
  const number = sum.readUInt32BE(sum.at(-1) & 0xf) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Somebody of /demo who signs in by phone instead: without a second proof. */
async function byPhone(visit, part) {
  const tried = await visit.as(part);
  await tried.open('/me');
  const [, ending] = /154\*{4}(\d{4})/.exec(await tried.locator('main').innerText());
  const page = await signInAs(visit, `1540000${ending}`, await visit.stranger());
  return { tried, page };
}

const field = (page, key) => page.getByLabel(t(key), { exact: true });

/** Sets password and authenticator up; gives the letters of the secret and the recovery codes. */
async function setsUp(page, see = async () => {}) {
  await page.open('/me/security');
  await see('security-unset');
  await link(page, 'security.set_password').click();
  await field(page, 'security.password').fill('woaini5201314');
  await field(page, 'security.again').fill('woaini5201314');
  await page.pressThrough(button(page, 'security.save_password'));
  await says(page, t('security.common'), page.locator('#password-e'));
  assert.equal(await field(page, 'security.password').inputValue(), '', 'a password is not kept');
  assert.ok(!page.url().includes('woaini'), 'nor is it in the address');
  await see('security-password');
  await field(page, 'security.password').fill(PASSWORD);
  await field(page, 'security.again').fill(PASSWORD);
  await page.pressThrough(button(page, 'security.save_password'));
  await page.pressThrough(button(page, 'security.begin'));
  await page.locator('.qr svg').waitFor();
  await see('security-app');
  const letters = (await page.locator('.secret').innerText()).replaceAll(' ', '');
  await field(page, 'security.then_code').fill(digits(letters));
  await page.pressThrough(button(page, 'security.confirm'));
  await says(page, t('security.codes_title'));
  await see('security-codes');
  const codes = await page.locator('.codes li').allInnerTexts();
  assert.equal(codes.length, 10);
  await link(page, 'security.codes_kept').click();
  await says(page, t('security.codes_left', { n: 10 }));
  await see('security-set');
  return { letters, codes };
}

house.everywhere('staff have their desk only after the second proof', async visit => {
  const { page } = await byPhone(visit, 'office_staff');
  page.announce(403, /\/desk/);
  await page.open('/desk');
  await says(page, t('security.first'));
  await link(page, 'security.prove').click();
  await says(page, t('security.must'));
  await page.open('/me');
  await says(page, t('security.waits'));
  await visit.shot(page, 'security-waits');

  const { letters, codes } = await setsUp(page, called => visit.shot(page, called));
  await page.open('/desk');
  await says(page, t('desk.to_do'));

  // Once more, as before a dangerous act: a wrong one, then the digits, then a recovery code.
  await page.open('/proof?next=/desk');
  await field(page, 'security.password').fill(PASSWORD);
  await field(page, 'security.digits').fill('000000');
  await page.pressThrough(button(page, 'security.enter'));
  await says(page, t('security.wrong'));
  await visit.shot(page, 'security-proof');
  await field(page, 'security.password').fill(PASSWORD);
  await field(page, 'security.digits').fill(digits(letters, 1));
  await button(page, 'security.enter').click();
  await page.waitForURL(url => url.pathname === '/desk');
  await page.open('/proof?next=/desk');
  await page.getByText(t('security.no_phone')).click();
  await field(page, 'security.recovery').fill(codes[0].toLowerCase());
  await button(page, 'security.use_recovery').click();
  await page.waitForURL(url => url.pathname === '/desk');
  await page.open('/me/security');
  await says(page, t('security.codes_left', { n: 9 }));
}, TURNED);

house.everywhere('one ends a session on another phone, and all others', async visit => {
  const [here, lost, other] = [await visit.as('resident'), await visit.as('resident'), await visit.as('resident')];
  await here.open('/me');
  await here.getByRole('link', { name: t('security.title') }).click();
  await says(here, t('security.here'));
  await visit.shot(here, 'security-sessions');
  const ends = here.getByRole('button', { name: new RegExp(`^${t('security.end')} `) });
  assert.equal(await ends.count(), 2);

  await here.pressThrough(ends.first());
  assert.equal(await ends.count(), 1);
  await here.pressThrough(button(here, 'security.end_others'));
  await says(here, t('security.only_here'));
  for (const page of [lost, other]) {
    page.announce(401, /\/me/);
    await page.open('/me');
    await says(page, t('common.sign_in_to_see'));
  }
}, CROSSED);

house.on(WINDOW, 'the pages of security in every look', async visit => {
  const findings = new Findings();
  const { page } = await byPhone(visit, 'office_staff');
  const see = called => look(page, called, findings);
  await page.open('/proof');
  await see('security-proof-unset');
  await setsUp(page, see);
  await page.open('/proof');
  await see('security-proof-set');
  await page.pressThrough(button(page, 'security.enter'));
  await see('security-proof-faults');
  const wrong = findings.lines();
  assert.ok(!wrong.length, `${wrong.length} things are wrong:\n    ${wrong.join('\n    ')}`);
});
