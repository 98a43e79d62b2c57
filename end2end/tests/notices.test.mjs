// What goes out of the house and who else may look: choices, the link for the family, thanks.
import assert from 'node:assert/strict';
import { openHouse, PHONE, PHONES } from '../house.mjs';
import { Findings, look } from '../help/look.mjs';
import { anAsk, button, filed, link, minutesFields, moved, says } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();
/** A window whose width can change, with JavaScript. */
const WINDOW = { ...PHONE, name: 'all', phone: false };

house.everywhere('somebody chooses how to be told', async visit => {
  const granny = await visit.as('resident');
  await granny.open('/me');
  await granny.pressThrough(granny.locator('a[href="/me/notices"]'));
  const row = granny.getByRole('group', { name: t('ways.t_new') });
  const box = row.getByRole('checkbox', { name: t('ways.sms') });
  assert.equal(await box.isChecked(), false, 'a message is for what matters');
  await box.check();
  await granny.press(button(granny, 'ways.save'));
  await granny.waitForURL(/saved=1/);
  await granny.open('/me/notices');
  assert.equal(await box.isChecked(), true);
  await visit.shot(granny, 'notices-choose');
}, PHONES);

house.everywhere('the family follows by a link until it is ended', async visit => {
  const [granny, captain] = [await visit.as('resident'), await visit.as('squad_captain')];
  const ask = anAsk(visit.device);
  const code = await filed(granny, ask);
  await moved(captain, 'accept', { code });
  await granny.open(`/requests/${code}`);
  await granny.pressThrough(link(granny, 'family.share'));
  await granny.pressThrough(button(granny, 'family.make'));
  const address = await granny.locator('#fresh').inputValue();
  await visit.shot(granny, 'family-made');
  await granny.open(`/requests/${code}/family`);
  assert.equal(await granny.locator('#fresh').count(), 0, 'it is shown once');

  const daughter = await visit.stranger();
  await daughter.open(new URL(address).pathname);
  await says(daughter, t('kinds.open'));
  await says(daughter, /梁队长/);
  const markup = await daughter.content();
  for (const hidden of [ask.phone, ask.door, ask.headline]) assert.ok(!markup.includes(hidden), hidden);
  await visit.shot(daughter, 'family-follow');

  await granny.pressThrough(button(granny, 'family.end').first());
  const answer = await daughter.request.get(address);
  assert.equal(answer.status(), 404);
}, PHONES);

house.everywhere('thanks stand for the village to read where who asked agrees', async visit => {
  const [granny, captain, zhai] = [await visit.as('resident'), await visit.as('squad_captain'), await visit.as('volunteer')];
  const code = await filed(granny, anAsk(visit.device));
  await moved(captain, 'accept', { code });
  await moved(zhai, 'claim', { code });
  await moved(zhai, 'start', { code });
  await moved(zhai, 'finish', { code, ...(await minutesFields(zhai, code, 35)) });
  await moved(captain, 'approve', { code, ...(await minutesFields(captain, code, 35)) });
  await granny.open(`/requests/${code}`);
  await granny.getByRole('radio', { name: t('requests.star_5') }).check();
  await granny.getByRole('checkbox', { name: t('after.good_skilled') }).check();
  await granny.locator('#rate textarea').fill('翟师傅手真巧');
  await granny.getByRole('checkbox', { name: t('after.agree') }).check();
  await visit.shot(granny, 'thanks-rate');
  await granny.press(button(granny, 'steps.rate'));
  await says(granny, t('requests.rating_given'));
  await says(granny, new RegExp(`${t('requests.star_5')}.${t('after.good_skilled')}.翟师傅手真巧`));
  await zhai.open('/thanks');
  await says(zhai, '翟师傅手真巧');
  await says(zhai, t('after.good_skilled'));
  await visit.shot(zhai, 'thanks');
}, PHONES);

house.on(WINDOW, 'the pages of notices in every look', async visit => {
  const findings = new Findings();
  const [granny, captain] = [await visit.as('resident'), await visit.as('squad_captain')];
  const code = await filed(granny, anAsk(visit.device));
  await moved(captain, 'accept', { code });
  await granny.open('/me/notices');
  await look(granny, 'notices-choose', findings);
  await granny.open('/me/mail');
  await look(granny, 'notices-mail', findings);
  await granny.open(`/requests/${code}/family`);
  await granny.pressThrough(button(granny, 'family.make'));
  const address = await granny.locator('#fresh').inputValue();
  await look(granny, 'family-made', findings);
  const daughter = await visit.stranger();
  await daughter.open(new URL(address).pathname);
  await look(daughter, 'family-follow', findings);
  await granny.open('/thanks');
  await look(granny, 'thanks', findings);
  const wrong = findings.lines();
  assert.ok(!wrong.length, `${wrong.length} things are wrong:\n    ${wrong.join('\n    ')}`);
});
