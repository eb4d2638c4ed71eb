/** Where in a JSON text a value stands: line and column of the key or item a fault is about. */

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The place of the value at a path of keys and indexes; the nearest place above it where the text has no such value. */
export function placeOf(text: string, path: readonly (string | number)[]): Place {
  let at = skip(text, 0);
  for (const step of path) {
    const next = typeof step === 'number' ? itemAt(text, at, step) : keyAt(text, at, step);
    if (next === undefined) break;
    at = next;
  }
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const skip = (text: string, at: number): number => {
  let i = at;
  while (i < text.length && /\s/.test(text[i] ?? '')) i++;
  return i;
};

/** The index after the string that begins here. */
function afterString(text: string, at: number): number {
  let i = at + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i + 1;
}

/** The index after the value that begins here. */
function afterValue(text: string, at: number): number {
  if (text[at] === '"') return afterString(text, at);
  let depth = 0;
  let i = at;
  for (; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '"') i = afterString(text, i) - 1;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      if (depth === 0) return i;
      depth--;
      if (depth === 0) return i + 1;
    } else if (depth === 0 && (char === ',' || /\s/.test(char))) return i;
  }
  return i;
}

function keyAt(text: string, at: number, key: string): number | undefined {
  if (text[at] !== '{') return undefined;
  for (let i = skip(text, at + 1); i < text.length && text[i] === '"';) {
    const end = afterString(text, i);
    const name = JSON.parse(text.slice(i, end)) as string;
    const value = skip(text, skip(text, end) + 1);
    if (name === key) return value;
    i = skip(text, afterValue(text, value));
    if (text[i] === ',') i = skip(text, i + 1);
  }
  return undefined;
}

function itemAt(text: string, at: number, index: number): number | undefined {
  if (text[at] !== '[') return undefined;
  let i = skip(text, at + 1);
  for (let n = 0; i < text.length && text[i] !== ']'; n++) {
    if (n === index) return i;
    i = skip(text, afterValue(text, i));
    if (text[i] === ',') i = skip(text, i + 1);
  }
  return undefined;
}
