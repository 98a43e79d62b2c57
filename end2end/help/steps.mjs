// What people do in the house, by role and label, as the stories tell it.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { PATIENCE } from '../house.mjs';
import { like, t } from './words.mjs';

/** The address of a request, with its code. */
export const ADDRESS = /\/requests\/(\d\d-\d{4}-\d{3})$/;

const exact = name => ({ name, exact: true });
export const button = (page, key, values) => page.getByRole('button', exact(t(key, values)));
export const link = (page, key, values) => page.getByRole('link', exact(t(key, values)));

/** Waits until something holds; says the last failure when it never does. */
export async function eventually(holds, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(50);
    }
  }
}

/** The page says this somewhere that can be seen. */
export async function says(page, words, within = page) {
  const found = within.getByText(words).filter({ visible: true }).first();
  try {
    await found.waitFor();
  } catch {
    assert.fail(`the page does not say ${words}, but:\n${await page.locator('main').innerText()}`);
  }
  return found;
}

/** The state in the head of a request's page, by its key. */
export async function stateIs(page, key) {
  const word = t(`kinds.${key}`);
  await eventually(async () => assert.equal(await page.locator('#state').innerText(), word));
}

/** The steps of the timeline so far. */
export const history = page =>
  page.locator('ol.timeline > li:not(.todo) > b').allInnerTexts();

/** A request as it is typed when a test says no more; the words and the phone tell it apart. */
export function anAsk(device, more = {}) {
  const nth = String(Math.trunc(Math.random() * 1e6)).padStart(6, '0');
  return {
    category: 'repair',
    words: `水龙头滴答${nth}。修的人带把扳手。`,
    headline: `水龙头滴答${nth}`,
    urgency: 'today',
    door: `红漆门${nth}`,
    wanted: '今天 17:00 前',
    risks: '院里有条黄狗',
    phone: `154${nth}01`,
    ...more,
  };
}

/** Types a request into the three steps of the form. */
export async function typeAsk(page, ask) {
  const choose = (name, among = page) => among.getByRole('radio', { name }).check();
  const write = (key, value) => page.getByLabel(t(key), { exact: true }).fill(value);
  if (ask.category) await choose(new RegExp(`^${t(`kinds.${ask.category}`)}`));
  if (ask.words) await write('requests.words', ask.words);
  if (ask.share) await page.getByRole('checkbox', { name: like('requests.share') }).check();
  if (ask.urgency) await choose(new RegExp(`^${t(`kinds.${ask.urgency}`)}`));
  if (ask.door) await write('requests.door', ask.door);
  if (ask.wanted) await write('requests.wanted', ask.wanted);
  if (ask.risks) await write('requests.risks', ask.risks);
  if (ask.needed) await write('requests.needed', ask.needed);
  if (ask.phone !== undefined) await write('requests.phone', ask.phone);
  if (ask.neighbour) {
    await page.getByRole('checkbox', exact(t('requests.for_neighbour'))).check();
    const { name, phone, consent } = ask.neighbour;
    if (name) await write('requests.neighbour_name', name);
    if (phone) await write('requests.neighbour_phone', phone);
    if (consent) await page.getByRole('checkbox', exact(t('requests.neighbour_consent'))).check();
  }
}

/** Sends the form. */
export async function sendAsk(page) {
  await page.press(button(page, 'requests.send'));
  await arrives(page);
}

/** The form was sent; where something alike runs in the lane already, it is sent all the same. */
export async function arrives(page) {
  await page.waitForURL(/\/requests\/(new\/alike|\d\d-\d{4}-\d{3})$/);
  if (page.url().endsWith('/alike')) await page.pressThrough(button(page, 'alike.anyway'));
  await page.waitForURL(ADDRESS);
}

/** Files a request through the form; gives its code. */
export async function file(page, ask) {
  await page.open('/requests/new');
  await typeAsk(page, ask);
  await sendAsk(page);
  await page.locator('#state').waitFor();
  return ADDRESS.exec(page.url())[1];
}

/** The same by a plain form post, for stories that begin later; gives the code. */
export async function filed(page, ask) {
  const html = await (await page.request.get(`${page.base}/requests/new`)).text();
  const key = /name="key" value="([^"]+)"/.exec(html)[1];
  const { category, words, urgency, door, wanted, risks, phone, needed = '1', share } = ask;
  const draft = { category, words, urgency, door, wanted, risks, phone, needed };
  if (share) draft.share = 'true';
  const fields = Object.entries(draft).map(([name, value]) => [`draft[${name}]`, value ?? '']);
  const form = { key, anyway: 'true', ...Object.fromEntries(fields) };
  const where = await post(page, 'requests/submit', form);
  const code = ADDRESS.exec(where)?.[1];
  assert.ok(code, `filing led to ${where}`);
  return code;
}

/** Makes a move by a plain form post. */
export async function moved(page, verb, form) {
  const where = await post(page, `requests/${verb}`, form);
  assert.ok(!where.includes('__err'), `${verb} was refused: ${where}`);
}

/** The minutes of every helper, as the form on the page names them. */
export async function minutesFields(page, code, minutes) {
  const html = await (await page.request.get(`${page.base}/requests/${code}`)).text();
  const names = [...html.matchAll(/name="(minutes\[[^"]+\])"/g)].map(([, name]) => name);
  assert.ok(names.length, 'the page asks for minutes');
  return Object.fromEntries(names.map(name => [name, String(minutes)]));
}

async function post(page, path, form) {
  const headers = { accept: 'text/html', referer: `${page.base}/` };
  const url = `${page.base}/api/${path}`;
  const answer = await page.request.post(url, { form, headers, maxRedirects: 0 });
  assert.equal(answer.status(), 302, `${path} answered ${answer.status()}`);
  return answer.headers().location;
}

/** What the server printed as the last code for a phone, once it has. */
export async function codeFor(server, phone, after = 0) {
  const ending = phone.slice(-2);
  return eventually(async () => {
    const log = server.log.slice(after);
    const found = [...log.matchAll(/sign-in code (\d{6}) for a phone ending in \*{4}(\d\d)/g)];
    const mine = found.filter(([, , end]) => end === ending).at(-1);
    assert.ok(mine, `no code for …${ending} in the log`);
    return mine[1];
  });
}

/** Somebody of the county who is not on /demo, signed in by phone; `page` is a stranger's. */
export async function signInAs(visit, phone, page) {
  const after = visit.server.log.length;
  await post(page, 'people/send_code', { phone });
  const code = await codeFor(visit.server, phone, after);
  const where = await post(page, 'people/sign_in', { phone, code, agree: 'true', next: '/' });
  assert.ok(!where.includes('__err'), `${phone} could not sign in: ${where}`);
  return page;
}

/** The neighbour's phone, in the same circle as the resident: 温大娘. */
export const NEIGHBOUR = '15400000008';

/** The place of the resident, as the cookie has it. */
export const VILLAGE = '130982003206';
