// Follows what the page shows: says in place what changed, and offers to read the page anew. What was
// typed and the place on the page stay. Closes while nobody looks.
(() => {
  const me = document.currentScript;
  const path = location.pathname;
  const one = path.match(/^\/requests\/([0-9-]+)$/);
  const what = one ? `code=${one[1]}` : path === '/desk' ? 'page=desk' : 'page=board';
  const key = `live:${path}${location.search}`;
  const root = document.documentElement;
  // The page knows everything up to here.
  let seq = me.dataset.since ?? '';
  let source;
  let timer;
  const fresh = new Set();

  // The program walks the page when it begins: until then nothing is put into it, only behind it.
  const taken = () => !document.querySelector('link[rel=modulepreload]') || 'live' in root.dataset;
  const place = document.createElement('div');
  place.setAttribute('role', 'status');
  place.className = 'live';
  document.body.append(place);

  const fields = () => [...document.querySelectorAll('main input, main textarea, main select')]
    .filter(one => one.id && !/hidden|password|file|submit|button/.test(one.type));
  const ticks = one => /radio|checkbox/.test(one.type);
  function keep() {
    const changed = one => ticks(one) ? one.checked !== one.defaultChecked
      : one.value !== (one.defaultValue ?? one.value);
    const typed = fields().filter(changed).map(one => [one.id, ticks(one) ? one.checked : one.value]);
    const open = [...document.querySelectorAll('main details')].map(one => one.open);
    sessionStorage.setItem(key, JSON.stringify({ typed, open, y: scrollY }));
  }
  function bringBack(tries = 0) {
    const kept = sessionStorage.getItem(key);
    if (!kept) return;
    if (!taken() && tries < 80) { setTimeout(bringBack, 100, tries + 1); return; }
    sessionStorage.removeItem(key);
    const { typed, open, y } = JSON.parse(kept);
    document.querySelectorAll('main details').forEach((one, at) => { one.open ||= !!open[at]; });
    for (const [id, value] of typed) {
      const field = document.getElementById(id);
      if (!field) continue;
      if (ticks(field)) field.checked = value; else field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
    scrollTo(0, y);
  }

  function say(words) {
    let bar = place.firstChild;
    if (!bar) {
      bar = document.createElement('button');
      bar.type = 'button';
      bar.className = 'live-bar';
      bar.addEventListener('click', () => { keep(); location.reload(); });
      place.append(bar);
    }
    bar.textContent = `${words} · ${me.dataset.refresh}`;
  }
  function note(card, words) {
    let line = card.querySelector('.live-note');
    if (!line) {
      line = document.createElement('p');
      line.className = 'live-note';
      card.append(line);
    }
    line.textContent = words;
  }
  function tell({ code, words, new: isNew }) {
    if (one) { say(words); return; }
    const card = document.querySelector(`main a[href^="/requests/${code}"]`)?.closest('li, section.req');
    if (card) {
      if (taken()) note(card, words); else say(words);
      if (!fresh.size) say(words);
    } else if (isNew) {
      fresh.add(code);
      say(me.dataset.news.replace('%n', fresh.size));
    }
  }

  const address = poll =>
    `/live?${what}&${seq === '' ? `at=${me.dataset.at}` : `since=${seq}`}${poll ? '&poll=1' : ''}`;
  async function poll() {
    try {
      const answer = await fetch(address(true));
      if (answer.ok) {
        const since = await answer.json();
        seq = since.seq;
        if (since.stale) say(me.dataset.some); else since.told.forEach(tell);
      }
    } catch { /* no network: the next time */ }
    timer = setTimeout(poll, 30000);
  }
  function begin() {
    end();
    if (document.hidden) return;
    if (!window.EventSource || navigator.connection?.saveData) { timer = setTimeout(poll, 30000); return; }
    source = new EventSource(address(false));
    const heard = event => { seq = event.lastEventId; };
    source.addEventListener('hello', heard);
    source.addEventListener('stale', event => { heard(event); say(me.dataset.some); });
    source.addEventListener('change', event => { heard(event); tell(JSON.parse(event.data)); });
    source.addEventListener('error', () => {
      // The browser tries again by itself, unless it was told no.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(poll, 30000);
    });
  }
  function end() {
    source?.close();
    clearTimeout(timer);
  }
  // After a move of one's own the program draws another request into the same card.
  document.addEventListener('submit', () => {
    for (const line of document.querySelectorAll('.live-note')) line.remove();
  }, true);
  document.addEventListener('visibilitychange', () => { if (document.hidden) end(); else begin(); });
  addEventListener('pagehide', end);
  addEventListener('pageshow', event => { if (event.persisted) begin(); });
  bringBack();
  begin();
})();
