/** What `feed --batch` and `extract --batch` share: documents given as text or base64, one object a line. */
import { InputRefused, type InputProblem } from './command.ts';
import { objectsOf } from './items.ts';

export interface BatchDocument {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** Given as text: decoded already, whatever the document declares. */
  readonly text?: string;
  readonly url?: string;
  readonly contentType?: string;
}
const KEYS = ['id', 'text', 'base64', 'headers', 'url'];

/** Every document of the input; a line that is none refuses the whole input. */
export function readBatch(input: Uint8Array): BatchDocument[] {
  const problems: InputProblem[] = [];
  const documents = objectsOf(input, '-', problems).flatMap(({ line, value }): BatchDocument[] => {
    const fault = (code: string, message: string) => void problems.push({ file: '-', line, code, message });
    for (const key of Object.keys(value))
      if (!KEYS.includes(key)) fault('HY-I3', `there is no key "${key}"; there are ${KEYS.join(', ')}.`);
    const { id, text, base64, headers, url } = value;
    if (typeof id !== 'string' && typeof id !== 'number') fault('HY-I2', '"id" is needed.');
    if ((typeof text === 'string') === (typeof base64 === 'string'))
      fault('HY-I2', 'one of "text" and "base64" is needed.');
    const header = contentTypeOf(headers);
    const bytes =
      typeof text === 'string'
        ? new TextEncoder().encode(text)
        : new Uint8Array(Buffer.from(String(base64 ?? ''), 'base64'));
    return [
      {
        id: String(id),
        bytes,
        ...(typeof text === 'string' ? { text } : {}),
        ...(typeof url === 'string' ? { url } : {}),
        ...(typeof header === 'string' ? { contentType: header } : {}),
      },
    ];
  });
  if (problems.length > 0) throw new InputRefused(problems);
  return documents;
}

/** `headers` as a map, or as lines the way they came over the wire. */
function contentTypeOf(headers: unknown): unknown {
  if (Array.isArray(headers)) {
    const line = headers.map(String).find(l => /^content-type\s*:/i.test(l));
    return line?.slice(line.indexOf(':') + 1).trim();
  }
  if (typeof headers !== 'object' || headers === null) return undefined;
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
}
