// Photos: sent with a request, beside the result, taken down by the captain; a wrong file is said at its field.
import assert from 'node:assert/strict';
import { PHONE, openHouse } from '../house.mjs';
import { Findings, look } from '../help/look.mjs';
import { NO_PICTURE, picture } from '../help/pictures.mjs';
import { ADDRESS, anAsk, arrives, button, eventually, filed, history, link, moved, says, stateIs, typeAsk } from '../help/steps.mjs';
import { like, t } from '../help/words.mjs';

const house = await openHouse();
const RED = picture('leak.png', [200, 40, 30]);
const BLUE = picture('tap.png', [30, 60, 200], 900, 1200);
const GREEN = picture('done.png', [40, 160, 60]);

const chosen = page => page.locator('#photos');
const shown = page => page.locator('section[aria-labelledby=photos-title] img.photo');

/** Every picture on the page has come and can be drawn. */
async function drawn(page, count) {
  await eventually(async () => {
    const widths = await shown(page).evaluateAll(all => all.map(one => one.complete && one.naturalWidth));
    assert.equal(widths.length, count);
    // Without script a picture below the fold may wait until it is near.
    if (page.device.js) assert.ok(widths.every(width => width > 0), String(widths));
  });
}

/** The form goes whole, with a page load: by itself, or by the script that shows how far it is. */
async function sendWhole(page, key, where) {
  await Promise.all([page.waitForURL(where), button(page, key).click()]);
  await page.settled();
}

/** The same for a new request, past the page that asks whether it is what the lane has already. */
async function sendAsk(page) {
  await button(page, 'requests.send').click();
  await arrives(page);
  await page.settled();
}

house.everywhere('the need and the result stand side by side', async visit => {
  const granny = await visit.as('resident');
  const ask = anAsk(visit.device, { urgency: 'normal' });
  await granny.open('/requests/new');
  await typeAsk(granny, ask);
  // A file that is none: said at the field, and nothing that was typed is lost.
  await chosen(granny).setInputFiles([NO_PICTURE, RED]);
  if (visit.js) await eventually(async () => assert.equal(await granny.locator('[data-shown] li').count(), 2));
  await visit.shot(granny, 'photos-chosen');
  await sendWhole(granny, 'requests.send', /__err=/);
  await says(granny, t('photos.x_kind'));
  assert.equal(await granny.getByLabel(t('requests.words'), { exact: true }).inputValue(), ask.words);
  await says(granny, t('photos.kept'));
  await visit.shot(granny, 'photos-refused');
  await chosen(granny).setInputFiles([BLUE]);
  if (visit.js) await granny.locator('[data-shown] canvas').waitFor();
  await sendAsk(granny);
  const code = ADDRESS.exec(granny.url())[1];
  await drawn(granny, 2);
  await visit.shot(granny, 'photos-filed');

  const captain = await visit.as('squad_captain');
  await captain.open(`/requests/${code}`);
  if (await button(captain, 'steps.accept').count()) await moved(captain, 'accept', { code });
  const zhai = await visit.as('volunteer');
  await moved(zhai, 'claim', { code });
  await moved(zhai, 'start', { code });
  await zhai.open(`/requests/${code}`);
  await drawn(zhai, 2);
  await chosen(zhai).setInputFiles([GREEN]);
  if (visit.js) await zhai.locator('[data-shown] canvas').waitFor();
  await Promise.all([zhai.waitForEvent('load'), button(zhai, 'steps.finish').click()]);
  await zhai.settled();
  await stateIs(zhai, 'done');
  await drawn(zhai, 3);
  await visit.shot(zhai, 'photos-result');

  // A stranger reads the words and sees no photo.
  const stranger = await visit.stranger();
  await stranger.open(`/requests/${code}`);
  assert.equal(await stranger.locator('img').count(), 0);

  // The captain takes one down; why stands in the history.
  await captain.open(`/requests/${code}/photos`);
  const first = captain.locator('.photo-list > li').first();
  await first.getByText(t('photos.drop'), { exact: true }).click();
  await captain.pressThrough(first.getByRole('button', { name: t('photos.drop_do'), exact: true }));
  await says(captain, t('faults.reason'));
  await captain.locator('.photo-list > li').first().getByRole('radio', { name: t('photos.r_private') }).check();
  await captain.pressThrough(captain.locator('.photo-list > li').first().getByRole('button', { name: t('photos.drop_do'), exact: true }));
  await eventually(async () => assert.equal(await captain.locator('.photo-list > li').count(), 2));
  await visit.shot(captain, 'photos-all');
  await granny.open(`/requests/${code}`);
  assert.match((await history(granny)).at(-1), like('photos.h_drop', { who: '梁队长' }));
  await says(granny, t('photos.r_private'));
});

house.everywhere('the asker shows more while it waits', async visit => {
  const granny = await visit.as('resident');
  const code = await filed(granny, anAsk(visit.device));
  await granny.open(`/requests/${code}`);
  await granny.pressThrough(link(granny, 'photos.add'));
  await chosen(granny).setInputFiles([RED]);
  if (visit.js) await granny.locator('[data-shown] canvas').waitFor();
  await sendWhole(granny, 'photos.send', ADDRESS);
  await drawn(granny, 1);
  assert.match((await history(granny)).at(-1), like('photos.h_add'));
});

house.on(PHONE, 'a photo is made small before it goes, and can be left out', async visit => {
  const granny = await visit.as('resident');
  await granny.open('/requests/new');
  await typeAsk(granny, anAsk(visit.device));
  await chosen(granny).setInputFiles([picture('large.png', [9, 99, 199], 4000, 3000)]);
  await granny.locator('[data-shown] canvas').waitFor();
  await granny.locator('#photo').setInputFiles([RED]);
  await eventually(async () => assert.equal(await granny.locator('[data-shown] canvas').count(), 2));
  const sizes = await granny.locator('[data-shown] canvas').evaluateAll(all => all.map(one => [one.width, one.height]));
  assert.deepEqual(sizes, [[1600, 1200], [1200, 900]]);
  await button(granny, 'photos.remove').first().click();
  const files = await chosen(granny).evaluate(input => [...input.files].map(file => [file.type, file.size < 60_000]));
  assert.deepEqual(files, [['image/jpeg', true]]);
  await sendAsk(granny);
  await drawn(granny, 1);
});

house.on(PHONE, 'of five photos four are taken, and the page says so', async visit => {
  const granny = await visit.as('resident');
  await granny.open('/requests/new');
  await chosen(granny).setInputFiles([RED, BLUE, GREEN, picture('four.png', [9, 99, 199]), picture('five.png', [99, 9, 199])]);
  await says(granny, t('photos.fits', { n: 4 }));
  assert.equal(await granny.locator('[data-shown] canvas').count(), 4);
  assert.equal(await chosen(granny).evaluate(input => input.files.length), 4);
  await button(granny, 'photos.remove').first().click();
  assert.equal(await granny.getByText(t('photos.fits', { n: 4 })).count(), 0, 'that is no news any more');
});

house.on({ ...PHONE, name: 'all', phone: false }, 'the pages of photos in every look', async visit => {
  const findings = new Findings();
  const granny = await visit.as('resident');
  await granny.open('/requests/new');
  await typeAsk(granny, anAsk(visit.device, { urgency: 'normal' }));
  await chosen(granny).setInputFiles([RED, BLUE]);
  await granny.locator('[data-shown] canvas').first().waitFor();
  await look(granny, 'photos-form', findings);
  await sendAsk(granny);
  const code = ADDRESS.exec(granny.url())[1];
  const captain = await visit.as('squad_captain');
  await captain.open(`/requests/${code}`);
  if (await button(captain, 'steps.accept').count()) await moved(captain, 'accept', { code });
  const zhai = await visit.as('volunteer');
  await moved(zhai, 'claim', { code });
  await moved(zhai, 'start', { code });
  await zhai.open(`/requests/${code}`);
  await look(zhai, 'photos-finish', findings);
  await chosen(zhai).setInputFiles([GREEN]);
  await zhai.locator('[data-shown] canvas').waitFor();
  await Promise.all([zhai.waitForEvent('load'), button(zhai, 'steps.finish').click()]);
  await granny.open(`/requests/${code}`);
  await look(granny, 'photos-detail', findings);
  await captain.open(`/requests/${code}/photos`);
  await look(captain, 'photos-all', findings);
  const wrong = findings.lines();
  assert.ok(!wrong.length, `${wrong.length} things are wrong:\n    ${wrong.join('\n    ')}`);
});
