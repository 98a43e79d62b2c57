// Walks one page through sizes, letters and colours, and gathers what is wrong with it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { audit, structure } from './audit.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = new URL('../shots/', import.meta.url).pathname;

/** Every size in every look, for whoever has changed a style. */
const MANY = process.env.FIFTEEN_SHOTS === 'all';

const [STD, ELDER, DARK, ELDER_DARK] = [
  { size: 'std', theme: 'light' }, { size: 'elder', theme: 'light' },
  { size: 'std', theme: 'dark' }, { size: 'elder', theme: 'dark' },
];
/** WeChat's largest letters multiply ours. */
const [LARGE, ELDER_LARGE] = [{ ...STD, font: '25.5px' }, { ...ELDER, font: '30.8px' }];
/** What axe looks at once, and what another look can change. */
const ALL = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const SEEN = { type: 'rule', values: ['color-contrast', 'link-in-text-block', 'target-size'] };
/** Width, look, what to do there besides the audit. */
const MODES = [
  [320, STD], [320, ELDER], [360, STD], [360, ELDER], [375, LARGE], [375, ELDER_LARGE],
  [390, STD, { axe: ALL, shot: true }], [390, ELDER, { axe: SEEN, shot: true }], [390, ELDER_DARK],
  [390, DARK, { axe: SEEN, shot: true }], [1280, DARK, { shot: MANY }], [1280, ELDER, { shot: MANY }],
  [1280, STD, { shot: true }],
];

const called = ({ size, theme, font }) =>
  [size === 'elder' && 'elder', theme === 'dark' && 'dark', font && 'large'].filter(Boolean).join('-') || 'light';

/** What is wrong, and on which pages in which modes. */
export class Findings {
  #found = new Map();

  note(wrong, page, mode) {
    const pages = this.#found.get(wrong) ?? new Map();
    pages.set(page, [...(pages.get(page) ?? []), mode]);
    this.#found.set(wrong, pages);
  }

  /** Each fault once, with all its places. */
  lines() {
    const places = pages => [...pages].map(([page, modes]) => `${page} (${modes.join(' ')})`);
    return [...this.#found].map(([wrong, pages]) => `${wrong}\n      on ${places(pages).join(', ')}`);
  }
}

/** Looks at the page as it stands in all modes, notes what is wrong, and keeps its pictures. */
export async function look(page, story, findings) {
  const note = (wrong, mode) => findings.note(wrong, story, mode);
  for (const wrong of await page.evaluate(structure)) note(wrong, 'structure');
  await page.evaluate(AXE);
  const folds = open => page.evaluate(open => document.querySelectorAll('details').forEach(fold => (fold.open = open)), open);
  for (const [width, look, { axe: rules, shot } = {}] of MODES) {
    const mode = `${width}-${called(look)}`;
    await page.setViewportSize({ width, height: width < 900 ? 844 : 900 });
    await page.evaluate(({ size, theme, font }) => {
      Object.assign(document.documentElement.dataset, { size, theme });
      document.documentElement.style.fontSize = font ?? '';
    }, look);
    await folds(true);
    for (const wrong of await page.evaluate(audit)) note(wrong, mode);
    if (rules) for (const wrong of await axe(page, rules)) note(wrong, mode);
    if (!shot) continue;
    await folds(false);
    // As high as the page, so that the bar at the foot is drawn at the foot.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height: Math.max(height, 844) });
    await page.screenshot({ path: `${SHOTS}looks-${story}-${mode}.png` });
  }
}

/** What axe calls serious or critical. */
export async function axe(page, runOnly = ALL) {
  return page.evaluate(async runOnly => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], runOnly });
    return violations
      .filter(one => ['serious', 'critical'].includes(one.impact))
      .flatMap(one => one.nodes.slice(0, 3).map(node => `AXE ${one.id}: ${node.html.replaceAll('<!---->', '').slice(0, 160)}`));
  }, runOnly);
}
