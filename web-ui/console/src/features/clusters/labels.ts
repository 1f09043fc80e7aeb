/** Labels as text, one `key=value` a line, and back. */
export interface LabelsRead {
  labels: Readonly<Record<string, string>>;
  /** What is wrong, line by line; empty when all is well. */
  mistakes: readonly string[];
}

const KEY = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;

export function readLabels(text: string): LabelsRead {
  const labels: Record<string, string> = {};
  const mistakes: string[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (line === '') return;
    const cut = line.indexOf('=');
    const key = (cut < 0 ? line : line.slice(0, cut)).trim();
    const value = cut < 0 ? '' : line.slice(cut + 1).trim();
    const at = `line ${index + 1}: ${line}`;
    if (cut < 0) mistakes.push(`${at} (expected: key=value)`);
    else if (!KEY.test(key)) mistakes.push(`${at} (expected: a key such as env or example.com/team)`);
    else if (!VALUE.test(value)) mistakes.push(`${at} (expected: a value of up to 63 letters, digits, - _ .)`);
    else if (key in labels) mistakes.push(`${at} (expected: each key once)`);
    else labels[key] = value;
  });
  return { labels, mistakes };
}

export function writeLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, value]) => `${key}=${value}`)
    .join('\n');
}
