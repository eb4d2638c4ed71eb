/**
 * Exercises: a second institution in the store that belongs to the real one and is flagged for good. Its desk is the real
 * one's with every way out cut: no notice, no timer, no source, no public page; its papers are marked on every sheet.
 */
import type { Paper } from '#core/paper';
import type { HuiyinEvent } from '#core/log';
import type { Store, StoredEvent, Tenant } from '#io/store';
import type { Desk } from '../web/ports.ts';
import type { PracticePort } from '../web/ports-attachments.ts';

/** What stands already when an exercise begins: offices, figures, contacts, channels; no case and no finding. */
const STANDING: ReadonlySet<string> = new Set([
  'rulebook.adopted',
  'calendar.adopted',
  'setting.decided',
  'interpretation.recorded',
  'outside-rule.registered',
  'outside-rule.confirmed',
  'body.formed',
  'role.assigned',
  'role.vacated',
  'leave.recorded',
  'stand-in.named',
  'duty-roster.set',
  'channel.registered',
  'contact.entered',
]);
const MARK = '演练';
const SAYS = '演练文书，不对外，不作依据。';

const marked = (paper: Paper): Paper => ({
  ...paper,
  title: `【${MARK}】${paper.title}`,
  mark: MARK,
  blocks: [{ block: 'note', text: SAYS }, ...paper.blocks],
});

/** The desk of an exercise: what would leave the house does nothing, and says that it did not. */
export function practiceDesk(own: Desk, real: Desk): Desk {
  const { practice: _, ...rest } = own;
  const { pdf } = own.papers;
  return {
    ...rest,
    people: real.people,
    sessions: real.sessions,
    access: real.access,
    ways: real.ways,
    audit: (code, what, detail) => real.audit(code, `practice-${what}`, detail),
    drafts: {
      read: (code, form) => real.drafts.read(code, `practice:${form}`),
      put: (code, form, fields) => real.drafts.put(code, `practice:${form}`, fields),
    },
    notices: {
      ...own.notices,
      save: async () => undefined,
      test: async () => ({ result: 'failed', fault: '演练不发 / an exercise sends nothing' }),
      press: async () => undefined,
      tell: async () => undefined,
      again: async () => false,
    },
    sources: {
      ...own.sources,
      save: async () => ({ zh: '演练不读来源。', en: 'An exercise reads no source.' }),
      readNow: async () => ({ added: 0, problem: '演练不读来源 / an exercise reads no source' }),
    },
    ownChannels: {
      ...own.ownChannels,
      readNow: async () => ({ unbacked: 0, problem: '演练不读来源 / an exercise reads no source' }),
    },
    papers: {
      ...own.papers,
      // Neither seal nor red head: nothing of an exercise looks like a paper of the institution.
      word: paper => own.papers.word(marked(paper), {}),
      ...(pdf === undefined ? {} : { pdf: paper => pdf(marked(paper), {}) }),
    },
    looks: {
      ...own.looks,
      templates: async () => [],
      template: async () => undefined,
      seal: async () => undefined,
    },
    caseArchive: async volume => {
      const made = await own.caseArchive({
        ...volume,
        title: `【${MARK}】${volume.title}`,
        papers: volume.papers.map(marked),
      });
      return { ...made, name: `practice-${made.name}` };
    },
    startEmpty: async () => undefined,
  };
}

/** An entry as it was written, without its place in the other log. */
function withoutPlace(stored: StoredEvent): HuiyinEvent {
  const { n: _n, ...event } = stored;
  return event;
}
export interface PracticeParts {
  readonly store: Store;
  readonly now: () => number;
  readonly real: () => Promise<Tenant>;
  /** The pages' world over one given institution. */
  readonly deskOf: (tenant: Tenant) => Desk;
}
export function practicePort(parts: PracticeParts, realDesk: () => Desk): PracticePort {
  const { store, now, real } = parts;
  let open: { readonly id: string; readonly desk: Desk } | undefined;
  /** Codes whose rows stand in the exercise already, by its id. */
  let rows: { readonly id: string; readonly codes: Set<string> } | undefined;
  /** Rows that what somebody writes hangs on; nobody signs in by them. Whoever was added since it began gets one too. */
  const putStaff = async (exercise: Tenant): Promise<void> => {
    const { id } = exercise.institution;
    if (rows?.id !== id) rows = { id, codes: new Set((await exercise.staff()).map(p => p.code)) };
    const { codes } = rows;
    for (const person of await (await real()).staff()) {
      if (codes.has(person.code)) continue;
      await exercise.putStaff({ ...person, passwordHash: '!', administrator: false, disabled: true });
      codes.add(person.code);
    }
  };
  const current = async (): Promise<Tenant | undefined> => {
    const { id } = (await real()).institution;
    const found = (await store.institutions()).findLast(i => i.practiceOf === id);
    return found && store.tenant(found.id);
  };
  const port: PracticePort = {
    running: async () => {
      const tenant = await current();
      if (!tenant) return undefined;
      const began = (await tenant.setting('practice')) as
        { readonly startedAt: number; readonly base: number } | undefined;
      const head = await tenant.head();
      return {
        id: tenant.institution.id,
        startedAt: began?.startedAt ?? 0,
        entries: head.counter - (began?.base ?? 0),
      };
    },
    start: async () => {
      if (await current()) return;
      const tenant = await real();
      const kept = (await tenant.setting('institution')) as { readonly setup: { readonly period: object } } | undefined;
      if (!kept) throw new Error('no institution has been founded yet');
      const at = now();
      const id = `${tenant.institution.id.slice(0, 40)}-x${at.toString(36)}`;
      const { titleZh, titleEn } = tenant.institution;
      // Everything that goes round the real institutions leaves out what is flagged as an example.
      await store.addInstitution({ id, titleZh, titleEn, isExample: true, practiceOf: tenant.institution.id }, at);
      const exercise = await store.tenant(id);
      if (!exercise) throw new Error('the exercise was not stored');
      // Standing duties count from today: an exercise owes nothing of last month.
      const from = new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
      await exercise.putSetting('institution', {
        ...kept,
        setup: { ...kept.setup, period: { ...kept.setup.period, from } },
      });
      await exercise.putSetting('desk', (await tenant.setting('desk')) ?? {});
      for (const rule of await tenant.rules()) await exercise.putRule(rule);
      await putStaff(exercise);
      const standing = (await tenant.events()).filter(e => STANDING.has(e.type)).map(withoutPlace);
      const copied = await exercise.append(standing);
      await exercise.putSetting('practice', { startedAt: at, base: copied.length });
    },
    discard: async () => {
      const tenant = await current();
      open = undefined;
      return tenant ? store.discardPractice(tenant.institution.id) : false;
    },
    desk: async id => {
      const tenant = await current();
      if (tenant?.institution.id !== id) return undefined;
      await putStaff(tenant);
      if (open?.id === id) return open.desk;
      open = { id, desk: practiceDesk(parts.deskOf(tenant), realDesk()) };
      return open.desk;
    },
  };
  return port;
}
