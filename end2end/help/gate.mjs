// Listens to a page: any noise that the test did not announce is a fault.

/** What the browser says of an answer that is an error. */
const FAILED_LOAD = /^Failed to load resource: the server responded with a status of (\d+)/;

/** Starts listening. `page.announce(status, path)` tells of an answer that will be an error. */
export function watch(page, base, js) {
  const heard = [];
  const announced = [];
  const known = (status, url) =>
    announced.find(one => one.status === Number(status) && one.path.test(url));

  page.announce = (status, path) => announced.push({ status, path, came: false });

  // Given up by the browser itself, because the same was sent again.
  const forgiven = [];
  page.forgive = path => forgiven.push(path);

  // A page that has outlived the powers by which it was read hears nothing any more.
  const outlived = (status, url) => Number(status) === 403 && url.startsWith(`${base}/live?`);

  // Without a network nothing comes, and the browser says so.
  let away = false;
  page.netMayBeAway = () => (away = true);

  page.on('console', message => {
    if (!['error', 'warning', 'assert'].includes(message.type())) return;
    // Most tests run without the worker, so that each request of theirs is seen.
    if (/Service Worker registration blocked/.test(message.text())) return;
    const { url } = message.location();
    const load = FAILED_LOAD.exec(message.text());
    if (load && (known(load[1], url) || outlived(load[1], url))) return;
    if (away && /Failed to load resource: net::/.test(message.text())) return;
    heard.push(`console ${message.type()}: ${message.text().slice(0, 600)} (${url})`);
  });
  page.on('pageerror', error => heard.push(`page error: ${String(error.stack ?? error).slice(0, 900)}`));
  page.on('crash', () => heard.push('the page crashed'));
  page.on('requestfailed', request => {
    const why = request.failure()?.errorText;
    // Whoever leaves a page gives up what it was still fetching or listening to: the program, the
    // style, what is live.
    const ours = /^\/(pkg\/|icon\.svg|live\?)/.test(request.url().slice(base.length));
    // And a browser whose JavaScript is off does not fetch the program.
    if (ours && (why === 'net::ERR_ABORTED' || (!js && why === 'csp'))) return;
    if (away && /^net::/.test(why)) return;
    if (why === 'net::ERR_ABORTED' && forgiven.some(path => path.test(request.url()))) return;
    heard.push(`failed: ${request.method()} ${request.url()} ${why}`);
  });
  page.on('response', answer => {
    if (answer.status() < 400 || outlived(answer.status(), answer.url())) return;
    const expected = known(answer.status(), answer.url());
    if (expected) return void (expected.came = true);
    heard.push(`${answer.status()}: ${answer.request().method()} ${answer.url()}`);
  });
  page.on('request', request => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) {
      heard.push(`left the house: ${request.url()}`);
    }
  });

  return {
    /** Forgets what was heard: only the test of this gate may. */
    hush: () => heard.splice(0),
    faults: () => [
      ...heard,
      ...announced
        .filter(one => !one.came)
        .map(one => `announced but did not come: ${one.status} ${one.path}`),
    ],
  };
}
