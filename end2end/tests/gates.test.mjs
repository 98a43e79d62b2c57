// The gates themselves: a test in which something is wrong must fail.
import assert from 'node:assert/strict';
import { openHouse, PHONE } from '../house.mjs';
import { axe, Findings, look } from '../help/look.mjs';
import { audit, structure } from '../help/audit.mjs';

const house = await openHouse();

house.on(PHONE, 'noise is heard', async visit => {
  const page = await visit.stranger();
  await page.open('/sign-in');
  assert.equal(visit.noises(), '', 'a calm page');
  const noises = [
    [() => console.warn('a warning'), /console warning: a warning/],
    [() => console.error('an error'), /console error: an error/],
    [() => void setTimeout(() => { throw new Error('a throw'); }), /page error: Error: a throw/],
    [() => void fetch('/nowhere'), /404: GET .*\/nowhere/],
    [() => void fetch('http://127.0.0.1:9/').catch(() => {}), /console error: .*Content Security Policy/],
  ];
  for (const [make, heard] of noises) {
    const came = page.waitForEvent(/404/.test(heard.source) ? 'response' : /page error/.test(heard.source) ? 'pageerror' : 'console');
    await page.evaluate(make);
    await came;
    assert.match(visit.noises(), heard);
    assert.throws(() => visit.calm(), heard);
  }
  // What is announced is not a noise, but has to come.
  await page.open('/sign-in');
  visit.hush();
  page.announce(404, /\/elsewhere/);
  assert.match(visit.noises(), /announced but did not come/);
  await Promise.all([page.waitForEvent('console'), page.evaluate(() => fetch('/elsewhere'))]);
  assert.equal(visit.noises(), '');
});

house.on(PHONE, 'what looks wrong is seen', async visit => {
  const page = await visit.stranger();
  await page.open('/demo');
  await page.evaluate(() => {
    document.querySelector('main').insertAdjacentHTML('beforeend', `
      <h4 id="main">Jump</h4><p style="width:2000px">wide</p>
      <p style="color:#aaa;background:#fff;font-size:9px">pale and small</p>
      <a class="btn primary" style="display:block;min-height:0;min-width:0;width:20px;height:20px" href="/"></a>
      <a class="brand" style="display:block;width:1em;white-space:normal" href="/">求助</a><svg style="width:4px" viewBox="0 0 9 9"></svg>
      <button class="btn primary">two</button><input id="nobody">`);
  });
  const wrong = (await page.evaluate(audit)).join('\n');
  for (const fault of [/OVERFLOW/, /OUT/, /TARGET/, /CONTRAST/, /SMALL/, /WRAP/, /SQUASHED/]) assert.match(wrong, fault);
  const unsound = (await page.evaluate(structure)).join('\n');
  for (const fault of [/JUMP/, /TWICE #main/, /NO LABEL/, /NO NAME/, /PRIMARY 2/]) assert.match(unsound, fault);
  const findings = new Findings();
  await look(page, 'gates', findings);
  assert.match(findings.lines().join('\n'), /AXE (link-name|color-contrast|label)/);
  assert.notDeepEqual(await axe(page), []);
});
