// The worker in a house that wants none: it clears what the phone kept, and ends itself.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  indexedDB.deleteDatabase('fifteen');
  await self.registration.unregister();
})()));
