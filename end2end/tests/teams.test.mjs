// Handing a circle over: the captain above finds the team from the desk, mistypes, and names a follower.
import assert from 'node:assert/strict';
import { TURNED, openHouse } from '../house.mjs';
import { NEIGHBOUR, button, says } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();

house.everywhere('the captain above hands a circle over', async visit => {
  const page = await visit.as('company_captain');
  await page.open('/desk');
  await page.pressThrough(page.getByRole('link', { name: t('desk.teams') }));
  const team = page.getByRole('main').locator('a[href^="/teams/"]');
  await page.pressThrough(team.first());
  await page.pressThrough(team.filter({ hasText: /3 小队/ }));
  const captain = page.locator('section.person .name');
  const before = await captain.innerText();
  await visit.shot(page, 'teams-squad');

  // A wrong number is told at its field, and kept.
  const fold = page.locator('details', { hasText: t('teams.hand_over') });
  await fold.locator('summary').click();
  await page.getByLabel(t('teams.phone')).fill('154');
  await page.pressThrough(button(page, 'teams.hand_over_do'));
  await says(page, t('faults.phone_digits', { n: 3 }));
  assert.equal(await page.getByLabel(t('teams.phone')).inputValue(), '154');
  await visit.shot(page, 'teams-fault');

  // Whoever follows has not led it until now.
  const follower = before.startsWith('温') ? '15400000002' : NEIGHBOUR;
  await page.getByLabel(t('teams.phone')).fill(follower);
  await page.pressThrough(button(page, 'teams.hand_over_do'));
  assert.notEqual(await captain.innerText(), before);
  const past = page.locator('section', { hasText: t('teams.before') });
  await says(page, before, past);
  await visit.shot(page, 'teams-handed-over');

  // Leaving it vacant is not one tap: what that means is said first.
  const away = button(page, 'teams.vacate_do');
  assert.equal(await away.filter({ visible: true }).count(), 0);
  await page.locator('details', { hasText: t('teams.vacate') }).locator('summary').click();
  await says(page, t('teams.vacate_hint'));
  assert.equal(await away.filter({ visible: true }).count(), 1);
}, TURNED);
