// The demo county, made once for a run of tests and copied for every house.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = new URL('../../', import.meta.url).pathname;
/** The program and the site under test. */
export const BIN = process.env.FIFTEEN_BIN ?? join(root, 'target/debug/fifteen');
export const SITE = process.env.FIFTEEN_SITE ?? join(root, 'target/site');

/** The Wednesday on which every story is told, from ten in the morning on: none depends on the hour of a build. */
export const BEGIN = Date.parse('2026-12-02T10:00:00+08:00');
/** What time it is in the houses of this file, in epoch ms. */
export const now = () => BEGIN + Math.trunc(performance.now());

const PREFIX = 'fifteen-seed-';
/** The path of the county's database. All files of a run have the same parent process. */
export async function seed() {
  sweep();
  const { mtimeMs } = statSync(BIN);
  const folder = join(tmpdir(), `${PREFIX}${process.ppid}-${Math.trunc(mtimeMs)}`);
  const db = join(folder, 'county.db');
  if (existsSync(db)) return db;
  mkdirSync(folder, { recursive: true });
  const making = join(folder, `making-${process.pid}.db`);
  const args = ['demo', '--db', `sqlite:${making}`, '--demo=yes', `--begin=${BEGIN}`];
  const child = await started(() => spawn(BIN, args, { env: { ...process.env, FIFTEEN_SITE: SITE } }));
  let said = '';
  child.stderr.on('data', words => (said += words));
  const code = await new Promise(done => child.once('close', done));
  if (code !== 0) throw new Error(`fifteen demo ended with ${code}:\n${said}`);
  renameSync(making, db);
  return db;
}

/** Starts a program; tries again while it is being replaced by a build. */
export async function started(start) {
  for (let left = 100; ; left -= 1) {
    try {
      const child = start();
      await new Promise((ok, no) => child.once('spawn', ok).once('error', no));
      return child;
    } catch (error) {
      if (!left || !['ENOENT', 'ETXTBSY', 'EACCES'].includes(error.code)) throw error;
      await pause(200);
    }
  }
}

/** Counties of runs that are over. */
function sweep() {
  for (const name of readdirSync(tmpdir()).filter(name => name.startsWith(PREFIX))) {
    const [parent] = name.slice(PREFIX.length).split('-');
    if (!runs(Number(parent))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
