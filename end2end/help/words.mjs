// The words of the pages, from the same files as the pages themselves.
import { readFileSync, readdirSync } from 'node:fs';

const read = locale => {
  const folder = new URL(`../../app/locales/${locale}/`, import.meta.url);
  const files = readdirSync(folder).filter(name => name.endsWith('.json'));
  return Object.fromEntries(
    files.map(name => [name.slice(0, -5), JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]),
  );
};

/** All words of both languages. */
export const WORDS = { 'zh-CN': read('zh-CN'), en: read('en') };

const speak = locale => (key, values = {}) => {
  const [file, name] = key.split('.');
  const words = WORDS[locale][file]?.[name];
  if (words === undefined) throw new Error(`no word ${key} in ${locale}`);
  return words.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, value) => {
    if (!(value in values)) throw new Error(`${key} needs ${value}`);
    return String(values[value]);
  });
};

/** A word in Chinese, with its values filled in: t('board.list_1', { n: 3 }). */
export const t = speak('zh-CN');
/** The same in English. */
export const en = speak('en');

/** A word with gaps, as a pattern: each value can be anything. */
export function like(key, values = {}, say = WORDS['zh-CN']) {
  const [file, name] = key.split('.');
  const parts = say[file][name].split(/(\{\{\s*\w+\s*\}\})/);
  const safe = words => words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const gap = part => {
    const value = /^\{\{\s*(\w+)\s*\}\}$/.exec(part)?.[1];
    if (!value) return safe(part);
    return value in values ? safe(String(values[value])) : '.+?';
  };
  return new RegExp(parts.map(gap).join(''));
}
