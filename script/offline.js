// Without the net: starts the worker, says that what is seen was kept and when, shows what waits to
// be sent, and clears all of it when somebody else signs in or out.
(() => {
  'use strict';
  const said = document.currentScript.dataset;
  const worker = navigator.serviceWorker;
  if (!worker || !said.offline) return;

  const ask = async (what, more = {}) => {
    const { active } = await worker.ready;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise(done => (port1.onmessage = ({ data }) => done(data)));
    active.postMessage({ do: what, ...more }, [port2]);
    return answer;
  };
  // For the script of photos, which sends by itself.
  self.keepForLater = async fields => {
    if (!worker.controller) return false;
    await ask('keep', { fields });
    return true;
  };

  const cookie = name => new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1] ?? '';
  /** Clears what was kept for somebody else. The same person has the same mark, also after having
      been signed out by time; whoever signs in for the first time keeps what they typed before.
      Says whether somebody new is here: this page, kept before the rest was cleared, is theirs. */
  const mine = async () => {
    const [now, before] = [cookie('who'), localStorage.getItem('who') ?? ''];
    if (now === before) return false;
    await ask('clear', { words: !!before });
    localStorage.setItem('who', now);
    return !!now;
  };

  /** The time, with its day unless that is today. */
  const moment = at => {
    const then = new Date(Number(at));
    const clock = then.toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false });
    if (then.toDateString() === new Date().toDateString()) return clock;
    const { lang } = document.documentElement;
    const day = then.toLocaleDateString(lang === 'en' ? 'en-GB' : lang, { month: 'short', day: 'numeric' });
    return `${day} ${clock}`;
  };

  /** A bar over the page, after everything that the program takes over. */
  const bar = (words, href, link) => {
    document.querySelector('.bannerbar')?.remove();
    if (!words) return document.documentElement.removeAttribute('data-bar');
    const at = document.createElement('div');
    at.className = 'bannerbar';
    at.setAttribute('role', 'status');
    const inner = at.appendChild(document.createElement('div'));
    inner.appendChild(document.createElement('span')).textContent = words;
    const to = inner.appendChild(document.createElement('a'));
    [to.href, to.textContent, to.rel] = [href, link, 'external'];
    document.body.append(at);
    document.documentElement.setAttribute('data-bar', '');
  };

  const list = document.querySelector('[data-waiting]');
  const row = one => {
    const at = list.querySelector('template').content.cloneNode(true);
    const show = (name, words) => (at.querySelector(`[data-${name}]`).textContent = words);
    show('words', one.words);
    show('at', moment(one.at));
    at.querySelector('[data-refused]').hidden = !one.refused;
    at.querySelector('[data-waits]').hidden = !!one.refused;
    const mend = at.querySelector('[data-mend]');
    mend.hidden = !one.refused;
    if (one.refused) mend.href = one.refused;
    at.querySelector('[data-again]').hidden = !one.refused;
    at.querySelector('[data-again]').onclick = () => ask('again', { key: one.key }).then(told);
    at.querySelector('[data-drop]').onclick = () => ask('drop', { key: one.key }).then(told);
    return at;
  };

  // The net says that it is back before it is: tried again, ever more seldom.
  let again;
  let pause = 1_000;
  const tryAgain = waiting => {
    clearTimeout(again);
    if (!navigator.onLine || waiting.every(one => one.refused)) return (pause = 1_000);
    again = setTimeout(() => ask('send').then(told).catch(() => {}), pause);
    pause = Math.min(pause * 2, 60_000);
  };

  const told = ({ waiting, sent }) => {
    tryAgain(waiting);
    if (list) {
      list.hidden = !waiting.length;
      list.querySelector('h2').textContent = said.count.replace('#', waiting.length);
      list.querySelector('ul').replaceChildren(...waiting.map(row));
    }
    const kept = document.documentElement.dataset.kept;
    if (sent && location.pathname === '/offline') return location.assign(sent);
    if (kept && !list) bar(said.kept.replace('#', moment(kept)), location.href, said.again);
    else if (waiting.length && !list) bar(said.count.replace('#', waiting.length), '/offline', said.see);
    else if (sent) bar(said.sent, sent, said.see);
    else bar();
  };

  const form = document.getElementById('ask-later');
  if (form) {
    // The page may be an old one: every request has a key of its own.
    form.elements.key.value = crypto.randomUUID?.() ?? form.elements.key.value;
    form.addEventListener('submit', async event => {
      if (navigator.onLine) return;
      event.preventDefault();
      if (!form.elements['draft[words]'].value.trim()) return form.elements['draft[words]'].focus();
      told(await ask('keep', { fields: [...new FormData(form)] }));
      form.reset();
      form.elements.key.value = crypto.randomUUID();
      list.scrollIntoView();
      list.querySelector('h2').focus();
    });
  }

  document.addEventListener('submit', event => {
    if (new URL(event.target.action).pathname === '/api/people/sign_out') ask('clear', { words: true });
  }, true);

  const begin = async () => {
    await worker.register('/sw.js');
    const came = await mine();
    if ((came || !worker.controller) && location.pathname === '/') await ask('lay', { url: location.href });
    told(await ask('send'));
  };
  addEventListener('load', () => begin().catch(() => {}));
  addEventListener('online', () => mine().then(() => ask('send')).then(told).catch(() => {}));
  addEventListener('offline', () => ask('list').then(told).catch(() => {}));
})();
