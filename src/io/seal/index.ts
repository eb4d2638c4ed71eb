/**
 * Secrets at rest: AES-256-GCM under a key that stands in a file beside the data and never in the database or a backup.
 * The newest key seals; older ones still open, so a key can be changed without stopping.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Seal {
  /** `purpose` is bound to what is sealed: it opens for nothing else. */
  readonly seal: (secret: Uint8Array, purpose: string) => string;
  /** Throws a SealFault when the key is not here or the text was changed. */
  readonly open: (sealed: string, purpose: string) => Uint8Array;
  /** Whether a newer key than the one it was sealed with is here. */
  readonly isOld: (sealed: string) => boolean;
  /** Writes a new key before the others. */
  readonly rotate: () => string;
  /** Forgets every key but the newest: backups whose secrets were sealed with older ones no longer open. */
  readonly forgetOld: () => number;
}
export class SealFault extends Error {
  override readonly name = 'SealFault';
  readonly mend = 'put the file of secrets back that belongs to this store (it is kept apart from backups)';
}
interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}
const LINE = /^(k\d+) ([A-Za-z0-9+/]{43}=)$/;
const FORMAT = 's1';

/** Opens the file of secrets; without one it is made, readable by its owner only. */
export function openSeal(file: string): Seal {
  let keys: Key[] = [];
  let readAt = -1;
  /** Another process may have changed the keys: a newer file is read again. */
  const look = (): void => {
    const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -1;
    if (at === readAt || at === -1) return;
    keys = readKeys(file);
    readAt = at;
  };
  look();
  const write = (): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, keys.map(k => `${k.id} ${k.bytes.toString('base64')}\n`).join(''), { mode: 0o600 });
    chmodSync(`${file}.part`, 0o600);
    renameSync(`${file}.part`, file);
  };
  const add = (): string => {
    look();
    const id = `k${Math.max(0, ...keys.map(k => Number(k.id.slice(1)))) + 1}`;
    keys = [{ id, bytes: randomBytes(32) }, ...keys];
    write();
    return id;
  };
  return {
    seal: (secret, purpose) => {
      look();
      if (keys.length === 0) add();
      const [key] = keys as [Key];
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(Buffer.from(purpose));
      const bytes = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
      return [FORMAT, key.id, nonce.toString('base64'), bytes.toString('base64')].join(':');
    },
    open: (sealed, purpose) => {
      const [format, id, nonce = '', text = ''] = sealed.split(':');
      look();
      const key = keys.find(k => k.id === id);
      if (format !== FORMAT || !key)
        throw new SealFault(`a secret is sealed with the key ${id ?? ''}, which is not in ${file}`);
      const bytes = Buffer.from(text, 'base64');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(nonce, 'base64'))
          .setAAD(Buffer.from(purpose))
          .setAuthTag(bytes.subarray(-16));
        return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]));
      } catch {
        throw new SealFault(`a secret of the store does not open with the key ${key.id} of ${file}`);
      }
    },
    isOld: sealed => sealed.split(':')[1] !== keys[0]?.id,
    rotate: add,
    forgetOld: () => {
      look();
      const old = Math.max(0, keys.length - 1);
      keys = keys.slice(0, 1);
      if (old > 0) write();
      return old;
    },
  };
}

function readKeys(file: string): Key[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map(line => {
    const [, id = '', bytes = ''] = LINE.exec(line) ?? [];
    if (id === '') throw new SealFault(`${file} is no file of secrets`);
    return { id, bytes: Buffer.from(bytes, 'base64') };
  });
}
