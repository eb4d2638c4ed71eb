/** Every statement about files and drafts, once, so that the statement test can judge it. */
import type { Tenant } from '#io/store';

export async function useFiles(tenant: Tenant, at: number): Promise<void> {
  const { attachments, drafts } = tenant;
  const file = { id: 'f-1', subject: 'case:C1', name: 'a.txt', note: '', kind: 'text', addedBy: 'u/head' } as const;
  await attachments.add({ ...file, previewText: 'a' }, new Uint8Array(1_100_000), at);
  const [use] = await attachments.list('case:C1');
  await attachments.list('case:C1', true);
  await attachments.get('f-1');
  await attachments.read(use?.digest ?? '');
  await attachments.text(use?.digest ?? '');
  await attachments.setPublic('f-1', true);
  await attachments.setRemoved('f-1', at);
  await attachments.forget(at + 1);
  const [person] = await tenant.staff();
  if (!person) return;
  await drafts.put(person.code, 'x', { a: ['b'] }, at);
  await drafts.read(person.code, 'x');
  await drafts.put(person.code, 'x', undefined, at);
  await drafts.forget(at);
}
