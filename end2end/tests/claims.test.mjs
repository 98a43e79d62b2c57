// The last place is taken once: the second is told who was first. Giving back, and being asked by the captain.
import assert from 'node:assert/strict';
import { CROSSED, TURNED, openHouse } from '../house.mjs';
import { anAsk, button, eventually, filed, history, link, moved, says, stateIs } from '../help/steps.mjs';
import { like, t } from '../help/words.mjs';

const house = await openHouse();

/** An open request of the resident, made without pages. */
async function anOpenRequest(visit) {
  const ask = anAsk(visit.device);
  const [resident, captain] = [await visit.as('resident'), await visit.as('squad_captain')];
  const code = await filed(resident, ask);
  await moved(captain, 'accept', { code });
  return { code, ask, resident, captain };
}

/** Two open the page; the first claims; the second presses the button that is still there. */
async function aSecondClaim(visit, first, second) {
  const { code } = await anOpenRequest(visit);
  const [one, two] = [await visit.as(first), await visit.as(second)];
  await one.open(`/requests/${code}`);
  await two.open(`/requests/${code}`);
  await one.press(button(one, 'steps.claim'));
  await stateIs(one, 'claimed');

  if (visit.js) two.announce(409, /requests\/claim/);
  await two.press(button(two, 'steps.claim'));

  const { called } = (await visit.people())[first];
  // Without script the reason comes with the address, which names nobody.
  const words = visit.js ? like('refusals.taken', { who: called }) : like('refusals.taken_by_another');
  const told = two.getByRole('alert').filter({ hasText: words });
  await told.waitFor();
  if (visit.js) assert.match(await told.innerText(), /\d{1,2}:\d\d/, 'it says when');
  else await says(two, called);
  await stateIs(two, 'claimed');
  assert.equal(await button(two, 'steps.claim').count(), 0, 'the button is gone');
  const times = (await two.locator('main').innerText()).match(new RegExp(words, 'g'));
  assert.equal(times.length, 1, 'it is said once');
  await visit.shot(two, `claims-second-${second}`);
}

house.everywhere('the second volunteer is told who was first', visit =>
  aSecondClaim(visit, 'company_captain', 'volunteer'));

house.everywhere('a captain who comes second is told as well', visit =>
  aSecondClaim(visit, 'volunteer', 'company_captain'), TURNED);

house.everywhere('a claim is given back with a reason, and can be taken again', async visit => {
  const { code, ask } = await anOpenRequest(visit);
  const volunteer = await visit.as('volunteer');
  await volunteer.open(`/requests/${code}`);
  await volunteer.press(button(volunteer, 'steps.claim'));
  await stateIs(volunteer, 'claimed');

  // Without a reason it is not given back.
  const fold = volunteer.locator('details', { hasText: t('steps.release') });
  await fold.locator('summary').click();
  if (visit.js) volunteer.announce(409, /requests\/release/);
  await volunteer.press(fold.getByRole('button', { name: t('steps.release_do'), exact: true }));
  await volunteer.getByRole('alert').filter({ hasText: t('refusals.choose_reason') }).waitFor();
  await stateIs(volunteer, 'claimed');

  // With one it is.
  await volunteer.settled();
  // It is drawn anew after a refusal, and stays open: what is wrong is said in it.
  const reason = fold.getByRole('radio', { name: t('reasons.cannot_come') });
  await reason.check();
  await volunteer.press(fold.getByRole('button', { name: t('steps.release_do'), exact: true }));
  await stateIs(volunteer, 'open');
  const html = await (await volunteer.request.get(volunteer.url())).text();
  assert.ok(!html.includes(ask.phone) && !html.includes(ask.door), 'who gave it back has no contact');
  assert.equal(await volunteer.getByRole('alert').count(), 0, 'no old refusal stands there');
  await volunteer.press(button(volunteer, 'steps.claim'));
  await stateIs(volunteer, 'claimed');
  const who = t('steps.you');
  await eventually(async () => {
    const steps = await history(volunteer);
    assert.deepEqual(steps.slice(-3), [
      t('steps.h_claim', { who }), t('steps.h_release', { about: who }), t('steps.h_claim', { who }),
    ]);
  });
  await says(volunteer, t('reasons.cannot_come'), volunteer.locator('ol.timeline'));
}, CROSSED);

/** The captain asks the volunteer from the list. */
async function asked(visit) {
  const made = await anOpenRequest(visit);
  const { captain, code } = made;
  const { called } = (await visit.people()).volunteer;
  await captain.open(`/requests/${code}`);
  await captain.pressThrough(link(captain, 'requests.candidates'));
  await says(captain, t('dispatch.suggested'));
  const row = captain.locator('ol.suggested > li', { hasText: called });
  await says(captain, t('kinds.within_1'), row);
  await visit.shot(captain, 'claims-whom');
  await captain.pressThrough(row.getByRole('button', { name: `${t('steps.dispatch')} ${called}` }));
  await says(captain, like('dispatch.waits', { who: called }));
  await stateIs(captain, 'open');
  await visit.shot(captain, 'claims-dispatched');
  const volunteer = await visit.as('volunteer');
  await volunteer.open('/helping');
  const asked = volunteer.locator('section', { hasText: t('requests.asked_me') });
  await asked.locator(`a[href="/requests/${code}"]`).click();
  await says(volunteer, t('requests.asked_you'));
  await volunteer.settled();
  return { ...made, volunteer, called };
}

house.everywhere('the captain asks a volunteer, who comes', async visit => {
  const { volunteer, captain, code, called } = await asked(visit);
  await visit.shot(volunteer, 'claims-asked');
  await volunteer.press(button(volunteer, 'steps.take_up'));
  await stateIs(volunteer, 'claimed');
  await captain.open(`/requests/${code}`);
  await stateIs(captain, 'claimed');
  const steps = await history(captain);
  assert.deepEqual(steps.at(-1), t('steps.h_take_up', { who: called }));
}, TURNED);

house.everywhere('the captain asks a volunteer, who cannot come', async visit => {
  const { volunteer, captain, code, called } = await asked(visit);
  await volunteer.press(button(volunteer, 'steps.turn_down'));
  await stateIs(volunteer, 'open');
  await eventually(async () => assert.equal(await button(volunteer, 'steps.turn_down').count(), 0));
  await captain.open(`/requests/${code}`);
  await stateIs(captain, 'open');
  assert.equal((await history(captain)).at(-1), t('steps.h_turn_down', { who: called }));
  await captain.open(`/requests/${code}/dispatch`);
  const row = captain.locator('ol.suggested > li', { hasText: called });
  await says(captain, t('dispatch.said_no'), row);
  assert.equal(await row.getByRole('button').count(), 1, 'can be asked again another time');
}, CROSSED);
