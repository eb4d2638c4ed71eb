/** One `.tlog-proof` (c2sp.org/tlog-proof), checked alone: entry, way up the tree, checkpoint, signatures. */
import { bodyHash, agrees, leafBytes, type Link, objectOf } from './entry.ts';
import { parseHead, parseNote, type Signature, type VerifierKey } from './note.ts';
import { type Hash, hashOfHex, hexOf } from './digest.ts';
import { rootByPath } from './tree.ts';

export type JudgedProof =
  | {
      readonly ok: true;
      readonly n: number;
      readonly leaf: Hash;
      readonly checkpoint: string;
      readonly origin: string;
      readonly entry: Readonly<Record<string, unknown>>;
      readonly event?: Readonly<Record<string, unknown>>;
      readonly signatures: readonly Signature[];
    }
  | { readonly ok: false; readonly says: string };
const no = (says: string): JudgedProof => ({ ok: false, says });
const MOST_STEPS = 63;

/** `keys` are the log's and its witnesses'. Strict: every signature of the checkpoint is of one of them. */
export function judgeProof(text: string, keys: readonly VerifierKey[], strict: boolean): JudgedProof {
  const cut = text.indexOf('\n\n');
  const [title, extra = '', index = '', ...path] = text.slice(0, cut).split('\n');
  if (cut < 0 || title !== 'c2sp.org/tlog-proof@v1') return no('it is no proof of the format c2sp.org/tlog-proof@v1');
  const entry = entryOf(extra);
  if (!entry) return no('it does not say which entry it is of');
  const [, place = ''] = /^index (0|[1-9]\d{0,14})$/.exec(index) ?? [];
  if (place === '' || Number(place) + 1 !== entry.link.n) return no('its index is not that of the entry');
  const steps = path.map(line => Buffer.from(line, 'base64').toString('latin1'));
  if (
    steps.length > MOST_STEPS ||
    steps.some((step, i) => step.length !== 32 || Buffer.from(step, 'latin1').toString('base64') !== path[i])
  )
    return no('a step of its path is no hash');
  const checkpoint = text.slice(cut + 2);
  const note = parseNote(checkpoint, keys);
  const head = note && parseHead(note.text);
  if (!note || !head) return no('it ends in no checkpoint');
  if (!`/${head.origin}`.endsWith(`/${entry.link.institution}`)) return no('its checkpoint is of another log');
  const bad = note.signatures.find(s => !s.ok && (strict || s.type !== 0));
  if (bad)
    return no(bad.type === 0 ? `signed by ${bad.name}, whose key is not given` : `the signature of ${bad.name} is bad`);
  if (!note.signatures.some(s => s.ok && s.type === 1 && s.name === head.origin))
    return no('the log has not signed its checkpoint');
  const hex = hexOf(leafBytes(entry.link.institution ?? '', entry.link));
  const leaf = hashOfHex(hex);
  if (`sha256:${hex}` !== entry.link.digest) return no('its entry is not what the leaf is made of');
  if (rootByPath(Number(place), head.size, leaf, steps) !== head.root)
    return no('the entry is not in the tree of the checkpoint');
  const { link, event } = entry;
  const { origin } = head;
  const { signatures } = note;
  return { ok: true, n: link.n, leaf, checkpoint, origin, entry: { ...link }, signatures, ...(event ? { event } : {}) };
}

interface Entry {
  readonly link: Link;
  readonly event?: Readonly<Record<string, unknown>>;
}
/** The extra data: nobody has signed it, so all of it must follow from the leaf. */
function entryOf(line: string): Entry | undefined {
  const [, encoded = ''] = /^extra ([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  const extra = objectOf(bytes.toString('utf8'));
  if (bytes.toString('base64') !== encoded || !extra || !isObject(extra['entry'])) return undefined;
  const link = extra['entry'] as unknown as Link;
  const texts = [link.institution, link.id, link.type, link.at, link.recordedAt, link.digest, link.body, link.rulebook];
  const hashes = [link.digest, link.body, link.rulebook];
  const whole =
    Object.keys(link).length === 10 &&
    texts.every(t => typeof t === 'string') &&
    hashes.every(h => /^sha256:[0-9a-f]{64}$/.test(h)) &&
    Number.isSafeInteger(link.n) &&
    Number.isSafeInteger(link.caseN) &&
    link.caseN >= 0;
  if (!whole) return undefined;
  const { salt, event } = extra;
  if (event === undefined) return salt === undefined && Object.keys(extra).length === 1 ? { link } : undefined;
  const given = isObject(event) && typeof salt === 'string' && /^[0-9a-f]{64}$/.test(salt);
  if (!given || Object.keys(extra).length !== 3) return undefined;
  const told = event as Readonly<Record<string, unknown>>;
  return agrees(told, link) && told['id'] === link.id && bodyHash(told, salt) === link.body
    ? { link, event: told }
    : undefined;
}
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
