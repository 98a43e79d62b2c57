// Pages that follow what changes: a card changes under the finger, a tap reads anew, what was typed stays.
import assert from 'node:assert/strict';
import { openHouse, PHONE, PHONE_PLAIN } from '../house.mjs';
import { anAsk, eventually, filed, minutesFields, moved, says, stateIs } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();

/** A request on the board, with who asked, who leads and who helps. */
async function onTheBoard(visit) {
  const [granny, captain, zhai] = [await visit.as('resident'), await visit.as('squad_captain'), await visit.as('volunteer')];
  const code = await filed(granny, anAsk(visit.device));
  await moved(captain, 'accept', { code });
  return { granny, captain, zhai, code };
}
const bar = page => page.locator('.live-bar');

house.on(PHONE, 'a card changes under the finger and one tap reads the page anew', async visit => {
  const { captain, zhai, code } = await onTheBoard(visit);
  await captain.open('/?ring=1');
  const card = captain.locator('li', { has: captain.locator(`a[href^="/requests/${code}"]`) });
  await card.waitFor();
  await moved(zhai, 'claim', { code });
  await says(captain, /翟师傅已经认领了/, card);
  await visit.shot(captain, 'live-card', false);
  await captain.pressThrough(bar(captain));
  await says(captain, t('kinds.claimed'), card);
  // The clock may have moved another meanwhile.
  assert.equal(await card.locator('.live-note').count(), 0, 'there is nothing new about it now');
});

house.on(PHONE, 'new requests are counted', async visit => {
  const { granny, captain, zhai } = await onTheBoard(visit);
  await zhai.open('/board');
  for (const nth of [1, 2]) {
    const code = await filed(granny, anAsk(visit.device));
    await moved(captain, 'accept', { code });
    await says(zhai, t('live.news_n').replace('%n', nth), bar(zhai));
  }
  await visit.shot(zhai, 'live-new', false);
});

house.on(PHONE, 'what was typed stays when the page is read anew', async visit => {
  const { granny, captain, zhai, code } = await onTheBoard(visit);
  await moved(zhai, 'claim', { code });
  await moved(zhai, 'start', { code });
  await granny.open(`/requests/${code}`);
  await stateIs(granny, 'serving');
  const words = granny.locator('#finish textarea');
  await words.fill('换了新垫圈');
  await moved(captain, 'extend', { code, reason: 'agreed' });
  await says(granny, new RegExp(t('live.extended')), bar(granny));
  await granny.pressThrough(bar(granny));
  await eventually(async () => assert.equal(await words.inputValue(), '换了新垫圈'));
});

house.on(PHONE, 'on the desk the open card follows, and what comes back is counted', async visit => {
  const { captain, zhai, code } = await onTheBoard(visit);
  await moved(zhai, 'claim', { code });
  await moved(zhai, 'start', { code });
  await captain.open('/desk');
  const first = captain.locator('section.req');
  const [, late] = /(\d\d-\d{4}-\d{3})$/.exec(await first.locator('h3 a').getAttribute('href'));
  await moved(await visit.as('company_captain'), 'accept', { code: late });
  await says(captain, t('live.accepted'), first);
  await visit.shot(captain, 'live-desk', false);
  await moved(zhai, 'finish', { code, ...(await minutesFields(zhai, code, 35)) });
  await says(captain, new RegExp(t('live.news_desk').replace('%n', '\\d+')), bar(captain));
});

house.on(PHONE_PLAIN, 'without script nothing follows and nothing is missing', async visit => {
  const { captain, zhai, code } = await onTheBoard(visit);
  await captain.open('/board');
  await moved(zhai, 'claim', { code });
  assert.equal(await bar(captain).count(), 0);
  await captain.open('/board');
  const card = captain.locator('li', { has: captain.locator(`a[href^="/requests/${code}"]`) });
  await says(captain, t('kinds.claimed'), card);
});
