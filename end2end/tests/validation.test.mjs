// A form with mistakes: each is said at its field and in the summary, and nothing typed is lost.
import assert from 'node:assert/strict';
import { openHouse } from '../house.mjs';
import { anAsk, button, eventually, says, sendAsk, stateIs, typeAsk } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();

/** Opens the form, types, and sends what will be refused. */
async function refused(visit, ask) {
  const page = await visit.as('resident');
  await page.open('/requests/new');
  if (ask) await typeAsk(page, ask);
  await again(visit, page);
  return page;
}

async function again(visit, page) {
  if (visit.js) page.announce(422, /requests\/submit/);
  await page.press(button(page, 'requests.send'));
  await page.locator('.error-summary').waitFor();
}

/** The summary links to the field, which says the same. */
async function faultIs(page, field, words) {
  const summary = page.getByRole('alert').filter({ has: page.locator('.error-summary') });
  const link = summary.getByRole('link', { name: words });
  await link.waitFor();
  assert.equal(await link.getAttribute('href'), `#${field}`);
  assert.equal(await page.locator(`[id="${field}"]`).count(), 1, `#${field} is there once`);
  const message = page.locator(`[id="${field}-e"]`);
  assert.match(await message.innerText(), new RegExp(words), `${field} says it too`);
  const above = (await message.boundingBox()).y <= (await page.locator(`[id="${field}"]`).boundingBox()).y;
  assert.ok(above, `the message of ${field} stands above its control`);
}

const noteInvalid = async (page, field) => {
  const control = page.locator(`[id="${field}"]`);
  assert.equal(await control.getAttribute('aria-invalid'), 'true');
  assert.match(await control.getAttribute('aria-describedby'), new RegExp(`${field}-e`));
};

const nothingInAddress = (page, ...typed) => {
  const address = decodeURIComponent(page.url());
  for (const words of typed) assert.ok(!address.includes(words), `${words} is in ${address}`);
};

house.everywhere('an empty form says everything at once, at its place', async visit => {
  const page = await visit.as('resident');
  await page.open('/requests/new');
  await page.getByLabel(t('requests.phone'), { exact: true }).fill('');
  await again(visit, page);

  await faultIs(page, 'category', t('faults.category'));
  await faultIs(page, 'words', t('faults.words'));
  await faultIs(page, 'urgency', t('faults.urgency'));
  await faultIs(page, 'phone', t('faults.phone_missing'));
  await noteInvalid(page, 'words');
  await noteInvalid(page, 'phone');
  await says(page, t('common.unsent_n', { n: 4 }));
  await eventually(async () => {
    const title = await page.title();
    assert.ok(title.startsWith(t('common.error_prefix')), `the title is ${title}`);
  });
  if (visit.js) {
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('role'));
    await eventually(async () => assert.equal(await focused(), 'alert', 'the summary has the focus'));
    const seen = await page.locator('.error-summary').boundingBox();
    assert.ok(seen.y >= 0 && seen.y < visit.device.viewport.height, 'the summary is in view');
  }
  await visit.shot(page, 'validation-empty');
  // A link of the summary leads to its field.
  await page.getByRole('link', { name: t('faults.words') }).click();
  await eventually(async () => {
    const target = page.locator('#words');
    const box = await target.boundingBox();
    assert.ok(box.y >= 0 && box.y + 10 < visit.device.viewport.height, 'the field is in view');
  });
});

house.everywhere('what was typed and chosen is kept, and sent once it is right', async visit => {
  const ask = anAsk(visit.device, { phone: '1540000', needed: '3', urgency: 'today', category: 'errand' });
  const page = await refused(visit, ask);
  await faultIs(page, 'phone', t('faults.phone_digits', { n: 7 }));
  nothingInAddress(page, ask.headline, '1540000', ask.door);

  const kept = async () => {
    const value = key => page.getByLabel(t(key), { exact: true }).inputValue();
    assert.equal(await value('requests.words'), ask.words);
    assert.equal(await value('requests.phone'), '1540000');
    assert.equal(await value('requests.door'), ask.door);
    assert.equal(await value('requests.wanted'), ask.wanted);
    assert.equal(await value('requests.risks'), ask.risks);
    assert.equal(await value('requests.needed'), '3');
    assert.ok(await page.locator('input[value="errand"]').isChecked(), 'the kind is still chosen');
    assert.ok(await page.locator('input[value="today"]').isChecked(), 'the urgency is still chosen');
  };
  await kept();
  await page.reload();
  await page.settled();
  await kept();
  // Another page and back: it is still there.
  await page.open('/requests/new');
  await kept();

  await page.getByLabel(t('requests.phone'), { exact: true }).fill('154 0000 0001');
  await sendAsk(page);
  await stateIs(page, 'submitted');
  // The next form begins empty.
  await page.open('/requests/new');
  assert.equal(await page.getByLabel(t('requests.words'), { exact: true }).inputValue(), '');
});

house.everywhere('a thousand and one characters, and a neighbour who was not asked', async visit => {
  const words = '水'.repeat(1_001);
  const page = await visit.as('resident');
  await page.open('/requests/new');
  await typeAsk(page, anAsk(visit.device, { words: '', phone: '15400000001', neighbour: { name: '邢大爷', phone: '154123' } }));
  // A browser keeps to the length that the field states; whoever does not is refused in words.
  await page.locator('#words').evaluate(field => field.removeAttribute('maxlength'));
  await page.locator('#words').fill(words);
  await again(visit, page);

  await faultIs(page, 'words', t('faults.too_long', { n: 1_000 }));
  await faultIs(page, 'neighbour_phone', t('faults.phone_digits', { n: 6 }));
  await faultIs(page, 'neighbour_consent', t('faults.neighbour_consent'));
  assert.equal((await page.locator('#words').inputValue()).length, 1_001, 'the words are all there');
  assert.ok(await page.locator('#for_neighbour').isChecked());
  assert.equal(await page.locator('#neighbour_name').inputValue(), '邢大爷');
  nothingInAddress(page, '水水', '154123', '邢大爷');
  await visit.shot(page, 'validation-neighbour');

  await page.locator('#words').fill('水管滴水');
  await page.locator('#neighbour_phone').fill('');
  await page.getByRole('checkbox', { name: t('requests.neighbour_consent') }).check();
  await sendAsk(page);
  await says(page, '邢大爷');
});

house.everywhere('hostile text is only text', async visit => {
  const hostile = [
    '<script>window.hurt = 1</script><img src=x onerror="window.hurt=2">',
    "'); drop table requests; --",
    'abc\u202Egnp.exe\u2069',
    '</textarea></title><b>粗</b>&amp;{{ n }}',
  ].join('\n');
  const page = await visit.as('resident');
  await page.open('/requests/new');
  await typeAsk(page, anAsk(visit.device, { words: hostile, door: '"><svg onload=hurt=3>', phone: '1' }));
  await again(visit, page);
  assert.equal(await page.locator('#words').inputValue(), hostile, 'kept as typed');
  assert.equal(await page.locator('#door').inputValue(), '"><svg onload=hurt=3>');
  nothingInAddress(page, 'script', 'drop table');

  await page.getByLabel(t('requests.phone'), { exact: true }).fill('15400000001');
  await sendAsk(page);
  await stateIs(page, 'submitted');
  const path = new URL(page.url()).pathname;
  await page.open(path);
  await says(page, '<script>window.hurt = 1</script>');
  await says(page, "'); drop table requests; --");
  await says(page, '&amp;{{ n }}');
  assert.equal(await page.locator('main b', { hasText: /^粗$/ }).count(), 0);
  assert.equal(await page.evaluate(() => window.hurt), undefined, 'nothing ran');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, 'hostile text does not widen the page');

  const captain = await visit.as('squad_captain');
  await captain.open(path);
  await captain.press(button(captain, 'steps.accept'));
  await stateIs(captain, 'open');
  await captain.open('/?ring=1');
  await captain.locator(`a[href^="${path}"]`).first().waitFor();
  assert.equal(await captain.evaluate(() => window.hurt), undefined, 'nothing ran on the board');
  await visit.shot(captain, 'validation-hostile-board');
});
