// The worker of the site. Each part below stands alone.

// --- Offline: the files of the site from this phone, the last seen board, a request that waits. ---
const BUILD = '__BUILD__';
const FILES = `files-${BUILD}`;
const LAST = 'last';
/** The page for when there is no net; without anything about anybody but the reader's captain. */
const OFFLINE = '/offline';
const ASSETS = /^\/pkg\/|^\/icon|^\/manifest/;
const ASK = '/api/requests/submit';
const ASK_WITH_PHOTOS = '/api/photos/submit';

self.addEventListener('install', event => {
  self.skipWaiting();
  event.waitUntil(keep(OFFLINE));
});

self.addEventListener('activate', event => event.waitUntil((async () => {
  const old = (await caches.keys()).filter(name => name.startsWith('files-') && name !== FILES);
  await Promise.all(old.map(name => caches.delete(name)));
  await self.clients.claim();
})()));

self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const path = url.pathname;
  if (request.method === 'GET' && ASSETS.test(path)) return event.respondWith(file(request));
  if (request.method === 'GET' && request.mode === 'navigate') return event.respondWith(page(request, path));
  // The program and the plain form; the page's own script sees by itself that the net is away.
  const plain = request.mode === 'navigate' && (path === ASK_WITH_PHOTOS || path === ASK);
  const program = request.mode !== 'navigate' && path === ASK;
  if (request.method === 'POST' && (plain || program)) event.respondWith(ask(request, plain));
});

/** A file whose name changes with its content never changes; the others are asked for first. */
const file = async request => {
  const cache = await caches.open(FILES);
  const here = await cache.match(request);
  if (here && new URL(request.url).pathname.startsWith('/pkg/')) return here;
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === 'basic') await cache.put(request, answer.clone());
    return answer;
  } catch (away) {
    if (here) return here;
    throw away;
  }
};

/** From the net; without it the board as it was, or the page that says what works. */
const page = async (request, path) => {
  try {
    const answer = await fetch(request);
    if (path === '/' && answer.ok && !answer.redirected) await lay(request.url, answer.clone());
    return answer;
  } catch {
    const cache = await caches.open(LAST);
    const board = path === '/' && (await cache.match(request.url) ?? await cache.match('/'));
    const here = board || await cache.match(OFFLINE);
    return here ?? Response.error();
  }
};

/** Keeps a page with its time, which it says itself when it is shown without the net. */
const lay = async (url, answer) => {
  const html = (await answer.text()).replace('<html', `<html data-kept="${Date.now()}"`);
  const headers = new Headers(answer.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  headers.delete('set-cookie');
  await (await caches.open(LAST)).put(url, new Response(html, { headers }));
};

const keep = async url => {
  const answer = await fetch(url, { credentials: 'same-origin' });
  if (answer.ok && !answer.redirected) await lay(url, answer);
};

// What waits to be sent: one entry for each form, by the form's own key.
const books = () => new Promise((open, fail) => {
  const way = indexedDB.open('fifteen', 1);
  way.onupgradeneeded = () => way.result.createObjectStore('waiting', { keyPath: 'key' });
  way.onsuccess = () => open(way.result);
  way.onerror = () => fail(way.error);
});

const waiting = async (mode, what) => {
  const db = await books();
  try {
    return await new Promise((done, fail) => {
      const way = what(db.transaction('waiting', mode).objectStore('waiting'));
      way.onsuccess = () => done(way.result);
      way.onerror = () => fail(way.error);
    });
  } finally {
    db.close();
  }
};

const all = () => waiting('readonly', store => store.getAll());

/** Sends a request for help; without the net it waits on this phone. */
const ask = async (request, plain) => {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    await add([...(await copy.formData())]);
    if (plain) return Response.redirect(OFFLINE, 303);
    // As the server leads the program on.
    return new Response('null', { headers: { serverfnredirect: '1', location: OFFLINE } });
  }
};

const add = async fields => {
  // An empty choice of photos is sent by the program as words.
  const says = ([name, value]) => (typeof value === 'string' ? !/^photos?$/.test(name) : value.size);
  const form = fields.filter(says);
  const key = form.find(([name]) => name === 'key')?.[1];
  if (key) await waiting('readwrite', store => store.put({ key, form, at: Date.now() }));
};

let sending;
/** Sends what waits, one after the other and each once: the server knows a form by its key. */
const send = () => (sending ??= sendAll().finally(() => (sending = undefined)));

const sendAll = async () => {
  let sent;
  for (const one of await all()) {
    if (one.refused) continue;
    const body = new FormData();
    for (const [name, value] of one.form) body.append(name, value);
    // Nobody may be looking who could say whether it is what the lane has already; captains merge.
    body.set('anyway', 'true');
    let to;
    try {
      const answer = await fetch(ASK_WITH_PHOTOS, { method: 'POST', body, headers: { accept: 'application/json' } });
      if (!answer.ok) continue;
      ({ to } = await answer.json());
    } catch {
      break;
    }
    if (/^\/requests\/[\d-]+$/.test(to)) {
      await waiting('readwrite', store => store.delete(one.key));
      sent = to;
    } else {
      await waiting('readwrite', store => store.put({ ...one, refused: to }));
    }
  }
  return sent;
};

/** What the page asks for; every answer holds what still waits. */
const does = {
  keep: ({ fields }) => add(fields),
  drop: ({ key }) => waiting('readwrite', store => store.delete(key)),
  again: async ({ key }) => {
    const one = await waiting('readonly', store => store.get(key));
    if (one) await waiting('readwrite', store => store.put({ ...one, refused: undefined }));
    return send();
  },
  send,
  lay: ({ url }) => Promise.all([keep(url), keep(OFFLINE)]),
  // Somebody else, or nobody: nothing of who was here before.
  clear: async ({ words }) => {
    await caches.delete(LAST);
    if (words) await waiting('readwrite', store => store.clear());
    await keep(OFFLINE);
  },
};

self.addEventListener('message', event => event.waitUntil((async () => {
  const answer = {};
  try {
    answer.sent = await does[event.data.do]?.(event.data);
  } catch { /* the page sees what still waits */ }
  answer.waiting = (await all()).map(({ key, at, refused, form }) => {
    const of = name => form.find(([known]) => known === name)?.[1] ?? '';
    const photos = form.filter(([, value]) => typeof value !== 'string').length;
    return { key, at, refused, photos, words: of('draft[words]') };
  });
  event.ports[0]?.postMessage(answer);
})()));
// --- End of offline. ---

// --- Push: a notice comes, is shown, and leads to its page. It names nobody. ---
self.addEventListener('push', event => {
  let told = {};
  try { told = event.data.json(); } catch { /* a message without words is shown too */ }
  event.waitUntil(self.registration.showNotification(told.title || '十五米', {
    body: told.body || '',
    tag: told.tag,
    icon: '/icon.svg',
    data: told.url || '/notices',
  }));
});

self.addEventListener('notificationclick', event => {
  event.notification.close();
  const page = new URL(event.notification.data, self.location.origin);
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: 'window' });
    const there = open.find(one => new URL(one.url).pathname === page.pathname);
    return there ? there.focus() : self.clients.openWindow(page.href);
  })());
});
// --- End of push. ---
