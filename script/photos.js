// Photos in a form: shrinks what is chosen, shows it, and says how far the sending is. Without this
// the same form goes as it is. What a phone cannot read goes as it is too: the server says why not.
(() => {
  'use strict';
  const MOST = 1600;
  const chosen = new WeakMap();

  /** A JPEG of at most so many pixels, upright; the file itself where that is no gain. */
  const shrunk = async file => {
    try {
      const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
      const by = Math.min(1, MOST / Math.max(picture.width, picture.height));
      const canvas = drawn(picture, Math.round(picture.width * by), Math.round(picture.height * by));
      picture.close();
      const jpeg = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.85));
      const smaller = jpeg && (jpeg.size < file.size || file.type !== 'image/jpeg');
      return { canvas, file: smaller ? new File([jpeg], 'photo.jpg', { type: jpeg.type }) : file };
    } catch {
      return { file };
    }
  };

  const drawn = (picture, width, height) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const paper = canvas.getContext('2d');
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, width, height);
    paper.drawImage(picture, 0, 0, width, height);
    return canvas;
  };

  /** What is chosen stands in the first input of the box, and is shown below it, with words where
      something was left out. */
  const show = (box, words = '') => {
    box.querySelector('[data-says]').textContent = words;
    const photos = chosen.get(box) ?? [];
    const [first, ...others] = box.querySelectorAll('input[type=file]');
    const all = new DataTransfer();
    for (const { file } of photos) all.items.add(file);
    first.files = all.files;
    for (const other of others) other.value = '';
    const rows = photos.map((photo, at) => {
      const row = document.createElement('li');
      const remove = document.createElement('button');
      remove.type = 'button';
      remove.className = 'btn second small';
      remove.textContent = box.dataset.remove;
      remove.onclick = () => {
        chosen.set(box, photos.filter(one => one !== photo));
        show(box);
        (box.querySelector('[data-shown] button') ?? first).focus();
      };
      const picture = photo.canvas ?? document.createElement('span');
      picture.className = 'photo';
      picture.setAttribute('role', 'img');
      picture.setAttribute('aria-label', `${at + 1}`);
      row.append(picture, remove);
      return row;
    });
    box.querySelector('[data-shown]').replaceChildren(...rows);
    box.toggleAttribute('data-full', photos.length >= Number(box.dataset.photos));
  };

  const box = node => node?.closest?.('[data-photos]');

  document.addEventListener('change', async event => {
    const at = box(event.target);
    if (!at || event.target.type !== 'file' || !self.DataTransfer || !self.createImageBitmap) return;
    const photos = [...(chosen.get(at) ?? [])];
    const files = [...event.target.files];
    at.setAttribute('aria-busy', 'true');
    for (const file of files) photos.push(await shrunk(file));
    const most = Number(at.dataset.photos);
    chosen.set(at, photos.slice(0, most));
    at.removeAttribute('aria-busy');
    show(at, photos.length > most ? at.dataset.fits : '');
  });

  // Before anybody else hears of it: a form with photos goes whole.
  addEventListener('submit', event => {
    const form = event.target;
    const at = form.querySelector('[data-photos]');
    if (!at || event.defaultPrevented) return;
    const sends = [...at.querySelectorAll('input')].some(input => (input.type === 'file' ? input.files.length : input.checked));
    if (!sends) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    send(form, at);
  }, true);

  const send = (form, at) => {
    const says = words => (at.querySelector('[data-says]').textContent = words);
    const bar = at.querySelector('progress');
    const buttons = [...form.elements].filter(one => one.type === 'submit');
    const busy = is => {
      bar.hidden = !is;
      for (const one of buttons) [one.disabled, one.ariaBusy] = [is, is ? 'true' : null];
    };
    if (buttons.some(one => one.disabled)) return;
    const data = new FormData(form);
    const way = new XMLHttpRequest();
    way.open('POST', form.action);
    way.setRequestHeader('Accept', 'application/json');
    way.upload.onprogress = ({ loaded, total }) => ([bar.max, bar.value] = [total, loaded]);
    const failed = async () => {
      // A new request waits on the phone; the script beside this one knows how.
      const asks = new URL(form.action).pathname === '/api/photos/submit';
      if (asks && await self.keepForLater?.([...data])) return location.assign('/offline');
      busy(false);
      says(at.dataset.failed);
    };
    way.onerror = way.ontimeout = failed;
    way.onload = () => {
      try {
        location.assign(JSON.parse(way.response).to);
      } catch {
        failed();
      }
    };
    busy(true);
    says(at.dataset.sending);
    way.send(data);
  };

  // A page that comes back from the browser's own store is ready again.
  addEventListener('pageshow', event => {
    if (event.persisted && document.querySelector('[data-photos] progress:not([hidden])')) location.reload();
  });
})();
