// Asks whether this browser may ring, and gives the house what it needs for that.
(() => {
  const form = document.getElementById('device');
  const no = document.getElementById('device-no');
  if (!form || !navigator.serviceWorker || !window.PushManager || !window.Notification) return;
  form.hidden = false;
  document.getElementById('device-script').hidden = true;
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
  const text = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  form.addEventListener('submit', async event => {
    if (form.endpoint.value) return;
    event.preventDefault();
    no.hidden = true;
    try {
      if (await Notification.requestPermission() !== 'granted') throw new Error('not allowed');
      await navigator.serviceWorker.register('/sw.js');
      const worker = await navigator.serviceWorker.ready;
      const told = await worker.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytes(form.dataset.key),
      });
      form.endpoint.value = told.endpoint;
      form.key.value = text(told.getKey('p256dh'));
      form.secret.value = text(told.getKey('auth'));
      form.submit();
    } catch {
      no.hidden = false;
    }
  });
})();
