// Prints what the browser loads, compressed, and fails when a budget is passed.
// First load: the entry and everything it imports at once. Route: what a page adds. The editor is exempt (only on edit).
import { readFileSync, existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const KB = 1024;
const FIRST_LOAD = 180 * KB;
const ROUTE = 200 * KB;
const EXEMPT = [/YamlEditor/];

const dist = new URL('../dist/', import.meta.url);
const manifestFile = new URL('assets-manifest.json', dist);
if (!existsSync(manifestFile)) throw new Error('dist/assets-manifest.json is missing (expected: vite build ran before)');
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));

const sizes = new Map();
const gzip = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length);
  return sizes.get(file);
};

/** The files that come with a chunk: itself and its static imports. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const first = closure(entry);
const total = (keys) => [...keys].reduce((sum, key) => sum + gzip(manifest[key].file), 0);
const styles = (keys) => [...new Set([...keys].flatMap((key) => manifest[key].css ?? []))].reduce((sum, file) => sum + gzip(file), 0);

const rows = [['first load', total(first), styles(first), FIRST_LOAD]];
for (const key of Object.keys(manifest).filter((each) => manifest[each].isDynamicEntry)) {
  const added = [...closure(key)].filter((each) => !first.has(each));
  const exempt = EXEMPT.some((pattern) => pattern.test(key));
  rows.push([key.replace(/^src\//, '').replace(/^_/, ''), total(added), styles(added), exempt ? Infinity : ROUTE]);
}
rows.sort((a, b) => (a[0] === 'first load' ? -1 : b[0] === 'first load' ? 1 : b[1] - a[1]));
const kb = (bytes) => `${(bytes / KB).toFixed(1).padStart(7)} kB`;
let broken = 0;
console.log('compressed (gzip):        script        style   what');
for (const [what, script, style, budget] of rows) {
  const over = script > budget;
  if (over) broken++;
  console.log(`${over ? 'OVER  ' : 'ok    '}            ${kb(script)}   ${kb(style)}   ${what}${budget === Infinity ? ' (no budget)' : ''}`);
}
if (broken > 0) {
  console.error(`${broken} over budget (expected: first load up to ${FIRST_LOAD / KB} kB, a page up to ${ROUTE / KB} kB of script)`);
  process.exit(1);
}
