/** Carries files between the pages, the inspector and the store. */
import { randomBytes } from 'node:crypto';
import { scanAttachment, withoutCameraData } from '#io/documents';
import type { Tenant } from '#io/store';
import type { AttachmentPort } from '../web/ports-attachments.ts';

const PICTURES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};
/** Path, control and direction characters out; what is left is a name and nothing else. */
function cleanName(name: string): string {
  return (
    name
      .normalize('NFC')
      .split(/[\\/]/)
      .at(-1)
      // eslint-disable-next-line no-control-regex
      ?.replaceAll(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '')
      .trim()
      .slice(-120) ?? ''
  );
}

export function attachmentPort(here: () => Promise<Tenant>, now: () => number): AttachmentPort {
  return {
    list: async (subject, removed) => (await here()).attachments.list(subject, removed),
    get: async id => (await here()).attachments.get(id),
    add: async (about, bytes) => {
      const name = cleanName(about.name);
      if (name === '' || /^\.+$/.test(name)) return { fault: 'name' };
      const found = await scanAttachment(name, bytes);
      if (!found.ok) return { fault: found.fault };
      const id = `f-${now().toString(36)}-${randomBytes(4).toString('hex')}`;
      await (
        await here()
      ).attachments.add(
        {
          ...about,
          name,
          id,
          kind: found.kind,
          ...(found.text === undefined ? {} : { previewText: found.text }),
        },
        bytes,
        now(),
      );
      return { id };
    },
    read: async file => (await here()).attachments.read(file.digest),
    picture: async file => {
      const type = PICTURES[file.kind];
      const bytes = type === undefined ? undefined : await (await here()).attachments.read(file.digest);
      return bytes && type !== undefined ? { bytes: withoutCameraData(bytes), type } : undefined;
    },
    text: async file => (await here()).attachments.text(file.digest),
    setPublic: async (id, on) => (await here()).attachments.setPublic(id, on),
    setRemoved: async (id, at) => (await here()).attachments.setRemoved(id, at),
  };
}
