/** The certificate the product is served with, read and tried before a database is started for it. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}
export interface Tls {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly minVersion: 'TLSv1.2';
}
/** What a server is made with, or one line that says what is wrong and how to mend it. */
export function readTls(files: TlsFiles): Tls | { readonly fault: string } {
  const read: Record<'cert' | 'key', Buffer> = { cert: Buffer.alloc(0), key: Buffer.alloc(0) };
  for (const [part, file] of [
    ['cert', files.certFile],
    ['key', files.keyFile],
  ] as const)
    try {
      read[part] = readFileSync(file);
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'cannot be read';
      return { fault: `--tls-${part} ${file} ${why}. Mend: give a PEM file this account may read` };
    }
  const tls = { ...read, minVersion: 'TLSv1.2' as const };
  try {
    createSecureContext(tls);
  } catch (error) {
    return {
      fault: `the certificate ${files.certFile} and the key ${files.keyFile} do not work together: ${(error as Error).message}. Mend: give both as PEM, the key of this certificate and without a passphrase`,
    };
  }
  return tls;
}
