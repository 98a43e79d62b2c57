// One request from a phone to approved and rated; strangers never learn phone or door.
import assert from 'node:assert/strict';
import { openHouse } from '../house.mjs';
import {
  anAsk, button, eventually, file, history, link, moved, NEIGHBOUR, says, signInAs, stateIs, VILLAGE,
} from '../help/steps.mjs';
import { like, t } from '../help/words.mjs';

const house = await openHouse();

const aNeighbour = async visit => signInAs(visit, NEIGHBOUR, await visit.stranger());

/** Neither what is seen nor what the page carries along tells strangers the phone or the door. */
async function tellNothing(strangers, code, ask) {
  for (const page of strangers) {
    for (const path of [`/requests/${code}`, '/?ring=1', '/board?ring=3', '/board?ring=3&kind=repair']) {
      const html = await (await page.request.get(`${page.base}${path}`)).text();
      assert.ok(!html.includes(ask.phone), `${path} tells a stranger the phone`);
      assert.ok(!html.includes(ask.door), `${path} tells a stranger the door`);
      assert.ok(!html.includes(ask.risks), `${path} tells a stranger the risks`);
    }
  }
}

const minutesOf = page => page.getByRole('textbox', { name: like('requests.minutes_for') });
const contact = (page, ask) => page.locator(`a[href="tel:${ask.phone}"]`);

house.everywhere('a request goes from a phone to approved and rated', async visit => {
  const people = await visit.people();
  const ask = anAsk(visit.device);
  const resident = await visit.as('resident');
  const strangers = [await visit.stranger({ at: VILLAGE }), await aNeighbour(visit)];

  // The resident asks, beginning on the board.
  await resident.open('/');
  const add = visit.device.phone ? 'common.tab_ask' : 'common.ask_for_help';
  await link(resident, add).filter({ visible: true }).click();
  await resident.getByRole('heading', { level: 1, name: t('requests.new_heading') }).waitFor();
  const code = await file(resident, ask);
  await stateIs(resident, 'submitted');
  await says(resident, like('requests.due_submitted'), resident.locator('.due time'));
  await says(resident, like('requests.line_submitted'));
  assert.deepEqual(await history(resident), [t('steps.h_submit', { who: t('steps.you') })]);
  await says(resident, t('requests.step_open'), resident.locator('ol.timeline'));
  await visit.shot(resident, 'story-1-submitted');
  await tellNothing(strangers, code, ask);

  // The captain accepts; the desk shows it as waiting.
  const captain = await visit.as('squad_captain');
  await captain.open('/desk');
  await captain.getByRole('link', { name: ask.headline }).first().click();
  await stateIs(captain, 'submitted');
  assert.equal(await contact(captain, ask).count(), 1, 'the captain can call');
  await captain.press(button(captain, 'steps.accept'));
  await stateIs(captain, 'open');
  await tellNothing(strangers, code, ask);

  // The volunteer finds the card on the board and claims.
  const volunteer = await visit.as('volunteer');
  await volunteer.open('/?ring=1');
  await volunteer.getByRole('link', { name: ask.headline }).click();
  await stateIs(volunteer, 'open');
  await says(volunteer, t('requests.contact_later'));
  const before = await volunteer.content();
  assert.ok(!before.includes(ask.phone) && !before.includes(ask.door), 'nothing before the claim');
  await visit.shot(volunteer, 'story-2-open');
  await volunteer.press(button(volunteer, 'steps.claim'));
  await stateIs(volunteer, 'claimed');
  await says(volunteer, t('requests.claimed_note'));
  await contact(volunteer, ask).waitFor();
  await says(volunteer, ask.door);
  await says(volunteer, ask.risks);
  await visit.shot(volunteer, 'story-3-claimed');
  await tellNothing(strangers, code, ask);

  // Arrives, and says how it went.
  await volunteer.press(button(volunteer, 'steps.start'));
  await stateIs(volunteer, 'serving');
  await says(volunteer, like('requests.due_claimed'), volunteer.locator('.due time'));
  await minutesOf(volunteer).fill('40');
  await volunteer.getByLabel(t('requests.done_words'), { exact: true }).fill('换了垫圈，不漏了');
  await visit.shot(volunteer, 'story-4-serving');
  await volunteer.press(button(volunteer, 'steps.finish'));
  await stateIs(volunteer, 'done');
  await tellNothing(strangers, code, ask);

  // The captain corrects the minutes: not without a reason.
  await captain.open(`/requests/${code}`);
  await stateIs(captain, 'done');
  assert.equal(await minutesOf(captain).inputValue(), '40');
  await minutesOf(captain).fill('35');
  if (visit.js) captain.announce(409, /requests\/approve/);
  await captain.press(button(captain, 'steps.approve'));
  const alert = captain.getByRole('alert').filter({ hasText: t('refusals.reason_missing') });
  await alert.waitFor();
  const nextToForm = alert.locator('xpath=following::form[@id="approve"]');
  assert.equal(await nextToForm.count(), 1, 'the refusal stands before its form');
  if (visit.js) assert.equal(await minutesOf(captain).inputValue(), '35', 'typed minutes are kept');
  await visit.shot(captain, 'story-5-refused');
  await minutesOf(captain).fill('35');
  await captain.getByLabel(t('requests.change_reason'), { exact: true }).fill('路上的 5 分钟不算');
  await captain.press(button(captain, 'steps.approve'));
  await stateIs(captain, 'closed');
  await visit.shot(captain, 'story-6-closed');

  // The resident rates.
  await resident.open(`/requests/${code}`);
  await stateIs(resident, 'closed');
  await says(resident, like('requests.line_closed_rate', { n: 35 }));
  await resident.getByRole('radio', { name: t('requests.star_5') }).check();
  await resident.getByLabel(t('requests.rate_words'), { exact: true }).fill('手脚麻利');
  await visit.shot(resident, 'story-7-rate');
  await resident.press(button(resident, 'steps.rate'));
  await says(resident, new RegExp(`${t('requests.star_5')}.*手脚麻利`));
  await says(resident, t('requests.line_closed', { n: 35 }));
  const [who, helper] = [t('steps.you'), people.volunteer.called];
  const captainOf = t('common.captain_of', { surname: people.squad_captain.called[0] });
  await eventually(async () => {
    assert.deepEqual(await history(resident), [
      t('steps.h_submit', { who }),
      t('steps.h_accept', { who: captainOf }),
      t('steps.h_claim', { who: helper }),
      t('steps.h_start', { who: helper }),
      t('steps.h_finish', { who: helper }),
      t('steps.h_approve', { who: captainOf }),
      t('steps.h_rate', { who }),
    ]);
  });
  await says(resident, '路上的 5 分钟不算', resident.locator('ol.timeline'));
  await visit.shot(resident, 'story-8-rated');
  await tellNothing(strangers, code, ask);

  // Once closed, the helper has no contact any more.
  await volunteer.open(`/requests/${code}`);
  const after = await volunteer.content();
  assert.ok(!after.includes(ask.phone) && !after.includes(ask.door), 'nothing after closing');
});

house.everywhere('a private matter stays with the captain', async visit => {
  const ask = anAsk(visit.device, { category: 'mediation', words: '两家说不拢，想请队长来。', headline: '两家说不拢' });
  const [stranger, neighbour] = [await visit.stranger({ at: VILLAGE }), await aNeighbour(visit)];
  const [resident, captain, volunteer] = [await visit.as('resident'), await visit.as('squad_captain'), await visit.as('volunteer')];

  const code = await file(resident, ask);
  await says(resident, t('requests.private_tag'));
  await captain.open(`/requests/${code}`);
  await captain.press(button(captain, 'steps.accept_private'));
  await stateIs(captain, 'open');

  for (const page of [stranger, neighbour, volunteer]) {
    const board = await (await page.request.get(`${page.base}/board?ring=3`)).text();
    assert.ok(!board.includes(code), 'a private matter is on the board');
    const answer = await page.request.get(`${page.base}/requests/${code}`);
    assert.equal(answer.status(), 404);
    assert.ok(!(await answer.text()).includes(ask.headline), 'the page tells what it is about');
  }
  await resident.open(`/requests/${code}`);
  await says(resident, t('requests.line_open_private'));
  await moved(resident, 'withdraw', { code, reason: 'no_longer_needed' });
});
