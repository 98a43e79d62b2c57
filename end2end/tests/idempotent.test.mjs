// However often the same form is sent, one request is filed.
import assert from 'node:assert/strict';
import { CROSSED, TURNED, openHouse } from '../house.mjs';
import { ADDRESS, anAsk, arrives, button, eventually, sendAsk, typeAsk } from '../help/steps.mjs';
import { t } from '../help/words.mjs';

const house = await openHouse();

/** How many of the resident's requests begin with these words. */
async function filedTimes(page, ask) {
  await page.open('/mine');
  await page.getByRole('heading', { level: 1, name: t('requests.mine_title') }).waitFor();
  return page.getByRole('link', { name: ask.headline }).count();
}

house.everywhere('a double tap files one request', async visit => {
  const ask = anAsk(visit.device);
  const page = await visit.as('resident');
  await page.open('/requests/new');
  await typeAsk(page, ask);
  // Without script the form goes the way that takes photos.
  const submit = /(requests|photos)\/submit/;
  let sent = 0;
  page.on('request', request => (sent += submit.test(request.url()) ? 1 : 0));
  // Two taps in one go, faster than any answer; the first may be given up by the second.
  page.forgive(submit);
  await button(page, 'requests.send').evaluate(send => (send.click(), send.click()));
  await arrives(page);
  await page.locator('#state').waitFor();
  await page.settled();
  assert.ok(sent >= 1);
  assert.equal(await filedTimes(page, ask), 1);
}, CROSSED);

house.everywhere('a form sent again after coming back files nothing new', async visit => {
  const ask = anAsk(visit.device);
  const page = await visit.as('resident');
  await page.open('/requests/new');
  await typeAsk(page, ask);
  const form = page.locator('form#ask');
  const body = await form.evaluate(form => new URLSearchParams(new FormData(form)).toString());
  await sendAsk(page);
  await page.locator('#state').waitFor();
  const first = ADDRESS.exec(page.url())[1];

  // The browser sends the same body again: a reload of the answer, or a tap that arrived late.
  for (let nth = 0; nth < 2; nth += 1) {
    const answer = await page.request.post(`${page.base}/api/requests/submit`, {
      data: body,
      headers: {
        accept: 'text/html',
        'content-type': 'application/x-www-form-urlencoded',
        referer: `${page.base}/requests/new`,
      },
      maxRedirects: 0,
    });
    assert.equal(answer.status(), 302);
    assert.equal(ADDRESS.exec(answer.headers().location)?.[1], first, 'it leads to the same request');
  }
  await page.reload();
  await page.settled();
  await eventually(async () => assert.equal(ADDRESS.exec(page.url())[1], first));
  assert.equal(await filedTimes(page, ask), 1);
}, TURNED);

house.everywhere('two taps on the claim make one claim', async visit => {
  const volunteer = await visit.as('volunteer');
  await volunteer.open('/?ring=1');
  const open = volunteer.locator('.req', { hasText: t('board.i_help') }).getByRole('link').first();
  await open.click();
  await volunteer.locator('#state').waitFor();
  await volunteer.settled();
  volunteer.forgive(/requests\/claim/);
  await button(volunteer, 'steps.claim').dblclick();
  await volunteer.getByText(t('requests.claimed_note')).waitFor();
  await volunteer.open(new URL(volunteer.url()).pathname);
  const who = t('steps.you');
  const claims = volunteer.locator('ol.timeline').getByText(t('steps.h_claim', { who }), { exact: true });
  assert.equal(await claims.count(), 1);
  assert.equal(await volunteer.getByRole('alert').filter({ visible: true }).count(), 0, 'nothing to complain about');
}, CROSSED);
