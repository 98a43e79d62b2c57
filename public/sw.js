// The worker of the site. Each part below stands alone.

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
