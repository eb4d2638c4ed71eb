/** What an institution brings for its papers: Word files laid out by itself, and its seal, which is sealed at rest. */
import { createHash } from 'node:crypto';
import { sealProblem, templateTags } from '#io/documents';
import type { Tenant } from '#io/store';
import type { PaperLooks, PaperTemplate } from '../web/ports.ts';

const LIST = 'paper-templates';
const fileOf = (key: string): string => `paper-template ${key}`;
const MOST = 100;

export function paperLooks(here: () => Promise<Tenant>): PaperLooks {
  const list = async (): Promise<readonly PaperTemplate[]> =>
    ((await (await here()).setting(LIST)) as readonly PaperTemplate[] | null | undefined) ?? [];
  return {
    templates: list,
    addTemplate: async (about, bytes) => {
      const read = templateTags(bytes);
      if ('problem' in read) return read.problem;
      const known = await list();
      if (known.length >= MOST) return '模板太多了 / there are too many templates';
      const key = createHash('sha256').update(`${about.for}\n${about.name}`).digest('hex').slice(0, 12);
      const tenant = await here();
      // The file first: a list never names a file that is not there.
      await tenant.putSetting(fileOf(key), { base64: Buffer.from(bytes).toString('base64') });
      await tenant.putSetting(LIST, [...known.filter(t => t.key !== key), { ...about, key, tags: read.tags }]);
      return undefined;
    },
    removeTemplate: async key => {
      const tenant = await here();
      await tenant.putSetting(
        LIST,
        (await list()).filter(t => t.key !== key),
      );
      await tenant.putSetting(fileOf(key), null);
    },
    template: async key => {
      const kept = (await (await here()).setting(fileOf(key))) as { readonly base64: string } | null | undefined;
      return kept ? new Uint8Array(Buffer.from(kept.base64, 'base64')) : undefined;
    },
    seal: async () => {
      const kept = (await (await here()).access.secret('seal')) as { readonly base64?: string } | undefined;
      return kept?.base64 === undefined ? undefined : new Uint8Array(Buffer.from(kept.base64, 'base64'));
    },
    putSeal: async bytes => {
      const problem = bytes && sealProblem(bytes);
      if (problem) return problem;
      await (await here()).access.putSecret('seal', bytes ? { base64: Buffer.from(bytes).toString('base64') } : {});
      return undefined;
    },
  };
}
