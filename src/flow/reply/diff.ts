/** What changed between two wordings: paragraph by paragraph, and inside a changed paragraph character by character. */

export interface Piece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}
export interface ParagraphChange {
  readonly before: readonly Piece[];
  readonly after: readonly Piece[];
}
export interface Diff {
  readonly changes: readonly ParagraphChange[];
  readonly unchanged: number;
}
/** Above this many characters a paragraph is shown as replaced whole: the table below is quadratic. */
const LONGEST = 2000;

const paragraphs = (text: string): string[] =>
  text
    .split('\n')
    .map(p => p.trim())
    .filter(p => p !== '');

export function diffTexts(before: string, after: string): Diff {
  const changes: ParagraphChange[] = [];
  let unchanged = 0;
  let removed: string[] = [];
  let added: string[] = [];
  const flush = (): void => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) changes.push(pair(removed[i], added[i]));
    removed = [];
    added = [];
  };
  for (const { kind, item } of alignment(paragraphs(before), paragraphs(after))) {
    if (kind === 'same') {
      flush();
      unchanged++;
    } else if (kind === 'removed') removed.push(item);
    else added.push(item);
  }
  flush();
  return { changes, unchanged };
}

function pair(before: string | undefined, after: string | undefined): ParagraphChange {
  if (before === undefined) return { before: [], after: [{ kind: 'added', text: after ?? '' }] };
  if (after === undefined) return { before: [{ kind: 'removed', text: before }], after: [] };
  if (before.length > LONGEST || after.length > LONGEST)
    return { before: [{ kind: 'removed', text: before }], after: [{ kind: 'added', text: after }] };
  const steps = alignment([...before], [...after]);
  return { before: merge(steps, 'removed'), after: merge(steps, 'added') };
}

function merge(steps: readonly Step[], own: 'added' | 'removed'): Piece[] {
  const out: { kind: Piece['kind']; text: string }[] = [];
  for (const { kind, item } of steps) {
    if (kind !== 'same' && kind !== own) continue;
    const last = out.at(-1);
    if (last?.kind === kind) last.text += item;
    else out.push({ kind, text: item });
  }
  return out;
}

interface Step {
  readonly kind: Piece['kind'];
  readonly item: string;
}
/** Longest common subsequence (Wagner and Fischer, 1974): plain, exact, and small enough for paragraphs. */
export function alignment(a: readonly string[], b: readonly string[]): Step[] {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] =
        a[i] === b[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && left === right) {
      steps.push({ kind: 'same', item: left });
      i++;
      j++;
    } else if (
      left !== undefined &&
      (right === undefined || (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))
    ) {
      steps.push({ kind: 'removed', item: left });
      i++;
    } else if (right !== undefined) {
      steps.push({ kind: 'added', item: right });
      j++;
    }
  }
  return steps;
}
