// Signing in with a phone and six digits; a newcomer says where home is, then can ask; signing out.
import assert from 'node:assert/strict';
import { CROSSED, PHONE, PHONE_PLAIN, TURNED, openHouse } from '../house.mjs';
import { anAsk, button, codeFor, link, says, sendAsk, stateIs, typeAsk } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();
/** Nobody in the county has it. */
const NEWCOMER = '15400009876';

const phoneField = page => page.getByLabel(t('people.phone'), { exact: true });
const codeField = page => page.getByLabel(t('people.code'), { exact: true });
const agree = page => page.locator('#agree');
const other = code => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** Types the phone and has a code sent. */
async function sendCode(visit, page, phone) {
  await phoneField(page).fill(phone);
  await page.press(button(page, 'people.send_code'));
  await says(page, t('people.code_sent'));
  return codeFor(visit.server, phone);
}

/** Types the digits and goes in. */
async function goIn(page, code) {
  await codeField(page).fill(code);
  await agree(page).check();
  await page.press(button(page, 'people.sign_in'));
}

house.everywhere('a newcomer signs in, says where home is, and asks', async visit => {
  const page = await visit.stranger();
  await page.open('/requests/new');
  await link(page, 'common.sign_in').click();
  await page.waitForURL(/sign-in\?next=/);
  await page.settled();

  // A number that is too short is said at its field, and kept.
  await phoneField(page).fill('1540000');
  if (visit.js) page.announce(422, /people\/send_code/);
  await page.press(button(page, 'people.send_code'));
  await says(page, t('faults.phone_digits', { n: 7 }), page.locator('#phone-e'));
  assert.equal(await phoneField(page).inputValue(), '1540000');
  assert.ok(!page.url().includes('1540000'), 'the phone is not in the address');

  const code = await sendCode(visit, page, NEWCOMER);
  await visit.shot(page, 'signin-code');

  // A wrong code: the phone is kept, and it says how many tries are left.
  if (visit.js) page.announce(409, /people\/sign_in/);
  await goIn(page, other(code));
  await says(page, t('faults.code_wrong', { n: 4 }));
  assert.equal(await phoneField(page).inputValue(), NEWCOMER, 'the phone is kept');
  assert.ok(!page.url().includes(NEWCOMER), 'the phone is not in the address');
  await visit.shot(page, 'signin-wrong');

  await goIn(page, code);
  await page.waitForURL(url => url.pathname === '/requests/new');
  await says(page, t('requests.need_home'));
  await link(page, 'requests.need_home_button').click();
  await page.getByRole('heading', { level: 1, name: t('people.home_title') }).waitFor();
  await page.settled();

  // Nothing said yet: each is asked for.
  if (visit.js) page.announce(422, /people\/settle/);
  await page.press(button(page, 'people.save_home'));
  await says(page, t('faults.village'), page.locator('#village-e'));
  await says(page, t('faults.surname'), page.locator('#surname-e'));

  // Township, village, squad.
  await page.getByLabel(t('people.surname'), { exact: true }).fill('谷');
  await page.locator('#village').click();
  await page.getByRole('link', { name: '永丰路街道' }).click();
  await page.getByRole('link', { name: '荷花村' }).click();
  const squad = page.getByRole('button', { name: new RegExp(t('kinds.squad', { n: 3 }).replace('\u00a0', '\\s')) });
  await squad.waitFor();
  await page.settled();
  await page.pressThrough(squad);
  await page.waitForURL(url => url.pathname === '/me/home');
  await says(page, /荷花村 ?3 ?小队/);
  await page.getByLabel(t('people.surname'), { exact: true }).fill('谷');
  await page.getByLabel(t('people.title'), { exact: true }).fill('大婶');
  await visit.shot(page, 'signin-home');
  await page.press(button(page, 'people.save_home'));
  await page.waitForURL(url => url.pathname === '/');
  await page.locator('.rings').waitFor();

  await page.open('/requests/new');
  await typeAsk(page, anAsk(visit.device, { phone: NEWCOMER }));
  await sendAsk(page);
  await stateIs(page, 'submitted');
  await says(page, t('steps.h_submit', { who: t('steps.you') }));
});

house.everywhere('who signs out is a stranger again', async visit => {
  const page = await visit.as('resident');
  await page.open('/me');
  await page.press(page.getByRole('button', { name: t('people.sign_out') }));
  await page.waitForURL(url => url.pathname === '/');
  await says(page, t('board.pick_hint'));
  page.announce(401, /\/mine/);
  await page.open('/mine');
  await says(page, t('common.sign_in_to_see'));
}, CROSSED);

house.everywhere('a code is not sent twice in a minute, and it says when', async visit => {
  const page = await visit.stranger();
  await page.open('/sign-in');
  const code = await sendCode(visit, page, NEWCOMER);
  if (visit.js) page.announce(409, /people\/send_code/);
  await page.press(button(page, 'people.send_again'));
  await says(page, /发太多了，.*\d{1,2}:\d\d/);
  // The code that is on its way still opens.
  await goIn(page, code);
  await page.waitForURL(url => url.pathname === '/');
}, [PHONE, PHONE_PLAIN]);

house.everywhere('the people of the demo are one tap away', async visit => {
  const page = await visit.stranger();
  await page.open('/');
  await link(page, 'common.demo_people').click();
  const volunteer = page.getByRole('button', { name: t('people.p_volunteer') });
  await volunteer.waitFor();
  await page.settled();
  await page.press(volunteer);
  await page.waitForURL(url => url.pathname === '/');
  await page.locator('.rings').waitFor();
  await page.open('/me');
  await says(page, (await visit.people()).volunteer.called);
}, TURNED);

house.everywhere('a page for captains says so to others', async visit => {
  const page = await visit.as('resident');
  page.announce(403, /\/desk/);
  await page.open('/desk');
  await says(page, t('common.not_allowed'));
  page.announce(404, /\/nowhere/);
  await page.open('/nowhere');
  await says(page, t('common.not_found'));
  await link(page, 'common.to_board').click();
  await page.locator('.rings').waitFor();
}, [PHONE, PHONE_PLAIN]);
