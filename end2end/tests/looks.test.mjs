// Every page in every look: sizes of screen and letters, colours, targets, structure; axe finds nothing serious.
import assert from 'node:assert/strict';
import { openHouse, PHONE } from '../house.mjs';
import { anAsk, button, filed, minutesFields, moved, says, signInAs, stateIs, VILLAGE } from '../help/steps.mjs';
import { Findings, look } from '../help/look.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();
/** A window whose width can change, with JavaScript. */
const WINDOW = { ...PHONE, name: 'all', phone: false };

/** Looks at pages one after the other; says everything at the end. */
const looks = (name, story) => house.on(WINDOW, name, async visit => {
  const findings = new Findings();
  await story(visit, (page, called) => look(page, called, findings));
  const wrong = findings.lines();
  assert.ok(!wrong.length, `${wrong.length} things are wrong:\n    ${wrong.join('\n    ')}`);
});

looks('strangers', async (visit, see) => {
  const page = await visit.stranger();
  await page.open('/');
  await see(page, 'board-nowhere');
  for (const [path, called] of [['/places', 'places'], ['/places?township=130982003000', 'places-villages'], [`/places?village=${VILLAGE}`, 'places-squads'], ['/sign-in', 'sign-in'], ['/demo', 'demo'], ['/terms', 'terms'], ['/requests/new', 'new-signed-out']]) {
    await page.open(path);
    await see(page, called);
  }
  page.announce(404, /\/nowhere/);
  await page.open('/nowhere');
  await see(page, 'not-found');
  page.announce(401, /\/me$/);
  await page.open('/me');
  await see(page, 'sign-in-first');
  await page.open('/sign-in');
  await page.locator('#phone').fill('15400009870');
  await page.press(button(page, 'people.send_code'));
  await says(page, t('people.code_sent'));
  page.announce(422, /people\/sign_in/);
  await page.press(button(page, 'people.sign_in'));
  await page.locator('#code-e').waitFor();
  await see(page, 'sign-in-code-faults');
});

looks('the resident', async (visit, see) => {
  const page = await visit.as('resident');
  for (const ring of [1, 2, 3]) {
    await page.open(`/?ring=${ring}`);
    await see(page, `board-ring-${ring}`);
  }
  await page.open('/requests/new');
  await see(page, 'new');
  page.announce(422, /requests\/submit/);
  await page.locator('#phone').fill('');
  await page.locator('#for_neighbour').check();
  await page.press(button(page, 'requests.send'));
  await page.locator('.error-summary').waitFor();
  await see(page, 'new-faults');
  for (const [path, called] of [['/mine', 'mine'], ['/me', 'me-resident'], ['/me/home', 'home']]) {
    await page.open(path);
    await see(page, called);
  }
  page.announce(403, /\/desk/);
  await page.open('/desk');
  await see(page, 'not-allowed');
  await page.open('/helping');
  await see(page, 'helping-empty');
});

looks('captain and volunteer', async (visit, see) => {
  const volunteer = await visit.as('volunteer');
  for (const [path, called] of [['/helping', 'helping'], ['/me', 'me-volunteer']]) {
    await volunteer.open(path);
    await see(volunteer, called);
  }
  const captain = await visit.as('squad_captain');
  for (const tab of ['todo', 'running', 'closed']) {
    await captain.open(`/desk?post=0&tab=${tab}`);
    await see(captain, `desk-${tab}`);
  }
  const newcomer = await signInAs(visit, '15400009871', await visit.stranger());
  await newcomer.open('/mine');
  await see(newcomer, 'mine-empty');
  await newcomer.open('/me/home');
  newcomer.announce(422, /people\/settle/);
  await newcomer.press(button(newcomer, 'people.save_home'));
  await newcomer.locator('.error-summary').waitFor();
  await see(newcomer, 'home-faults');
});

looks('a request from step to step', async (visit, see) => {
  const [resident, captain, volunteer, stranger] = [
    await visit.as('resident'), await visit.as('squad_captain'), await visit.as('volunteer'), await visit.stranger({ at: VILLAGE }),
  ];
  const me = (await visit.people()).volunteer.id;
  const long = '楼道灯坏了三天，上下楼全靠手机照。换的时候要爬高，梯子在一楼储物间，钥匙在我这儿。';
  const code = await filed(resident, anAsk(visit.device, { words: long, needed: '1' }));
  const seen = async (page, state, called) => {
    await page.open(`/requests/${code}`);
    await stateIs(page, state);
    await see(page, `${state}-${called}`);
  };
  await seen(resident, 'submitted', 'resident');
  await seen(captain, 'submitted', 'captain');
  await moved(captain, 'accept', { code });
  await seen(stranger, 'open', 'stranger');
  await seen(volunteer, 'open', 'volunteer');
  await seen(captain, 'open', 'captain');
  await moved(captain, 'dispatch', { code, volunteer: me });
  await seen(volunteer, 'open', 'asked');
  await moved(volunteer, 'take_up', { code });
  await seen(volunteer, 'claimed', 'helper');
  await seen(resident, 'claimed', 'resident');
  await moved(volunteer, 'start', { code });
  await seen(volunteer, 'serving', 'helper');
  await seen(resident, 'serving', 'resident');
  await moved(volunteer, 'finish', { code, note: '换好了', ...(await minutesFields(volunteer, code, 30)) });
  await seen(captain, 'done', 'captain');
  captain.announce(409, /requests\/approve/);
  await captain.locator('form#approve input[inputmode="numeric"]').fill('20');
  await captain.press(button(captain, 'steps.approve'));
  await captain.getByRole('alert').filter({ hasText: t('refusals.reason_missing') }).waitFor();
  await see(captain, 'done-refused');
  await moved(captain, 'approve', { code, note: '', ...(await minutesFields(captain, code, 30)) });
  await seen(resident, 'closed', 'rate');
  await moved(resident, 'rate', { code, stars: '5', note: '手脚麻利' });
  await seen(resident, 'closed', 'rated');
});

looks('requests that ended otherwise', async (visit, see) => {
  const [resident, captain] = [await visit.as('resident'), await visit.as('squad_captain')];
  const declined = await filed(resident, anAsk(visit.device));
  await moved(captain, 'refer', { code: declined, place: 'elsewhere', note: '找物业，电话在楼下' });
  await resident.open(`/requests/${declined}`);
  await stateIs(resident, 'declined');
  await see(resident, 'declined');
  const withdrawn = await filed(resident, anAsk(visit.device));
  await moved(resident, 'withdraw', { code: withdrawn, reason: 'no_longer_needed' });
  await resident.open(`/requests/${withdrawn}`);
  await see(resident, 'withdrawn');
  const secret = await filed(resident, anAsk(visit.device, { category: 'company', words: '心里堵得慌。' }));
  await captain.open(`/requests/${secret}`);
  await see(captain, 'private-captain');
});
