// Near things: metres on the ground, what looks the same, sending elsewhere, deeds, needs that come again.
import assert from 'node:assert/strict';
import { PHONES, PHONE_PLAIN, openHouse } from '../house.mjs';
import { anAsk, button, filed, link, says, sendAsk, stateIs, typeAsk } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();

house.everywhere('metres where doors have points, and one says where one\'s own door is', async visit => {
  const page = await visit.as('volunteer');
  await page.open('/?ring=3');
  const far = await page.locator('.req-list .dist').allInnerTexts();
  assert.ok(far.some(words => /约 \d+ 米/.test(words)), far.join(' · '));
  await visit.shot(page, 'near-board');
  await page.open('/requests/new');
  assert.match(await page.locator('.page-head .meta').innerText(), /^3\s小队的.队长会先看到，离你约 \d+ 米/);
  await page.open('/me/door');
  await page.locator('summary', { hasText: t('near.door_by_hand') }).click();
  await page.getByLabel(t('organisation.latitude')).fill('31');
  await page.getByLabel(t('organisation.longitude')).fill('116.0969');
  await page.pressThrough(button(page, 'organisation.save'));
  await says(page, t('faults.not_nearby'));
  await visit.shot(page, 'near-door-faults');
  await page.getByLabel(t('organisation.latitude')).fill('38.7052');
  await page.pressThrough(button(page, 'organisation.save'));
  await says(page, t('near.door_said'));
  await visit.shot(page, 'near-door');
}, PHONES);

house.everywhere('what looks the same is followed instead of filed, and merged by the captain', async visit => {
  const [resident, neighbour, captain] = [
    await visit.as('resident'), await visit.as('volunteer'), await visit.as('squad_captain'),
  ];
  const ask = anAsk(visit.device, { category: 'environment', words: '下水口堵了，臭。', headline: '下水口堵了，臭' });
  const code = await filed(resident, ask);
  await captain.open(`/requests/${code}`);
  if (await button(captain, 'steps.accept').count()) await captain.press(button(captain, 'steps.accept'));

  await neighbour.open('/requests/new');
  await typeAsk(neighbour, anAsk(visit.device, { category: 'environment', words: '门前下水口返味。' }));
  await neighbour.press(button(neighbour, 'requests.send'));
  await neighbour.waitForURL(/\/requests\/new\/alike$/);
  await says(neighbour, '下水口堵了');
  await visit.shot(neighbour, 'near-alike');
  const theirs = neighbour.locator('.req-list > li', { hasText: '下水口堵了' });
  await neighbour.pressThrough(theirs.getByRole('button', { name: t('alike.me_too') }));
  await says(neighbour, t('alike.following'));
  await visit.shot(neighbour, 'near-watched');

  const same = await filed(neighbour, anAsk(visit.device, { category: 'environment', words: '水沟又堵。' }));
  await captain.open(`/requests/${same}`);
  await captain.pressThrough(link(captain, 'requests.merge'));
  await visit.shot(captain, 'near-refer');
  await captain.pressThrough(captain.getByRole('link', { name: t('refer.merge_row') }));
  await captain.getByRole('radio', { name: /下水口堵了/ }).check();
  await visit.shot(captain, 'near-merge');
  await captain.pressThrough(button(captain, 'alike.merge_do'));
  await stateIs(captain, 'declined');
  await neighbour.open(`/requests/${same}`);
  await says(neighbour, new RegExp(code));
  await visit.shot(neighbour, 'near-merged');
}, PHONES);

house.everywhere('who cannot be helped is told where to go, and what takes long is on the list', async visit => {
  const [resident, captain] = [await visit.as('resident'), await visit.as('squad_captain')];
  const one = await filed(resident, anAsk(visit.device));
  await captain.open(`/requests/${one}/refer`);
  const away = captain.locator('section', { hasText: t('refer.refer') }).first();
  await captain.pressThrough(away.getByRole('button', { name: t('refer.send') }));
  await says(captain, t('refer.x_where'));
  await visit.shot(captain, 'near-refer-faults');
  await captain.getByRole('radio', { name: t('refer.p_hotline') }).check();
  await captain.pressThrough(captain.getByRole('button', { name: t('refer.send') }));
  await stateIs(captain, 'declined');
  await resident.open(`/requests/${one}`);
  await says(resident, /12345/);
  await visit.shot(resident, 'near-referred');

  const road = await filed(resident, anAsk(visit.device, { words: '村东土路坑太多。' }));
  await captain.open(`/requests/${road}/refer`);
  await captain.getByRole('radio', { name: t('deeds.k_road') }).check();
  await captain.getByLabel(t('deeds.owner')).fill('大队长');
  await captain.pressThrough(button(captain, 'deeds.to_deeds_do'));
  await stateIs(captain, 'declined');
  await resident.open('/deeds');
  await says(resident, '村东土路坑太多');
  await visit.shot(resident, 'near-deeds');
}, PHONES);

house.everywhere('a need that comes again is chosen on the form and ended on its page', async visit => {
  const page = await visit.as('resident');
  await page.open('/requests/new');
  await typeAsk(page, anAsk(visit.device, { category: 'errand', words: '每周取药。' }));
  await page.locator('summary', { hasText: t('recurring.again') }).click();
  await page.getByRole('radio', { name: t('recurring.weekly') }).check();
  await page.getByRole('checkbox', { name: t('recurring.tu') }).check();
  await visit.shot(page, 'near-again-form');
  await sendAsk(page);
  await says(page, /每周二/);
  await page.open('/mine/recurring');
  await says(page, '每周取药');
  await visit.shot(page, 'near-recurring');
  await page.pressThrough(button(page, 'recurring.pause'));
  await says(page, t('recurring.paused'));
  await page.pressThrough(button(page, 'recurring.end'));
  await says(page, t('recurring.ended'));
}, PHONES);

house.on(PHONE_PLAIN, 'in every look', async visit => {
  for (const [name, prefs] of Object.entries({ dark: { theme: 'dark' }, elder: { size: 'elder' }, en: { lang: 'en' } })) {
    const page = await visit.as('brigade_captain', { prefs });
    for (const [path, called] of [['/deeds', 'deeds'], ['/me/door', 'door'], ['/mine/recurring', 'recurring']]) {
      await page.open(path);
      await visit.shot(page, `near-look-${called}-${name}`);
    }
  }
});
