/** Adapts the store, the door and the channels to what the pages ask for. Holds no rule: it carries things across. */
import type { Calendar, OfficeSpan } from '#core/calendar';
import type { Setup } from '#core/obligations';
import type { Clock } from '#io/clock';
import {
  type Finding as StoreFinding,
  type FindingState as StoreState,
  LogMoved,
  type Staff,
  type Store,
  type StoredEvent as Stored,
  type Tenant,
} from '#io/store';
import { accessPort } from './access.ts';
import { triagePort } from './triage-port.ts';
import { attachmentPort } from './attachments.ts';
import type { PracticePort } from '../web/ports-attachments.ts';
import { type Incoming, rulesOf, takeIn } from './intake/index.ts';
import type { Collector } from './collect/collector.ts';
import { evidencePort, silencePort } from './collect/silence-port.ts';
import { contactPort } from './contacts.ts';
import { inspectionPort, rotaPort } from './arrangements.ts';
import { writingPort } from './writing.ts';
import type {
  BilingualName,
  CaseVolume,
  Desk,
  Finding,
  FindingState,
  Institution,
  NewItem,
  NoticePort,
  Person,
  ReadTable,
  RulebookChoice,
  SessionRow,
  Settings,
  SourcePort,
} from '../web/ports.ts';

export interface DeskParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly calendar: (officeHours: readonly OfficeSpan[]) => Calendar;
  readonly choices: () => Promise<readonly RulebookChoice[]>;
  readonly readTable: ReadTable;
  readonly papers: Desk['papers'];
  readonly looks: (tenant: () => Promise<Tenant>) => Desk['looks'];
  readonly writeWorkbook: Desk['writeWorkbook'];
  readonly recomputeKit: (tenant: Tenant, year: number) => ReturnType<Desk['recomputeKit']>;
  readonly archive: (tenant: Tenant) => Promise<{ readonly name: string; readonly bytes: Uint8Array }>;
  readonly caseArchive: (tenant: Tenant, volume: CaseVolume) => ReturnType<Desk['caseArchive']>;
  readonly sources: (tenant: () => Promise<Tenant>) => SourcePort;
  readonly imports: (tenant: () => Promise<Tenant>) => Desk['imports'];
  readonly collector: Collector;
  readonly ways: (tenant: () => Promise<Tenant>) => Desk['ways'];
  readonly ownChannels: (tenant: () => Promise<Tenant>) => Desk['ownChannels'];
  readonly notices: (tenant: () => Promise<Tenant>) => NoticePort;
  readonly look: Desk['look'];
  readonly rotaCalendar: (tenant: Tenant) => Promise<string>;
  readonly faults: () => Promise<readonly string[]>;
  /** Which institution is served; absent: the real one. */
  readonly serve?: (store: Store) => Promise<Tenant | undefined>;
  readonly practice?: (here: () => Promise<Tenant>) => PracticePort;
  /** Called after entries were stored: timers are computed anew. */
  readonly stored: (tenant: Tenant) => Promise<void>;
}
/** The record of the institution in its settings; the rulebook's text stands in its own table by digest. */
interface Kept {
  readonly name: BilingualName;
  readonly example: boolean;
  readonly folder: string;
  readonly digest: string;
  readonly setup: Setup;
  readonly names: Readonly<Record<string, BilingualName>>;
}
const IDLE_MS = 7 * 86_400_000;
const STATES: Readonly<Record<FindingState, StoreState>> = { new: 'new', taken: 'in-case', dismissed: 'dismissed' };
export const DEFAULT_SETTINGS: Settings = {
  matchRules: [],
  helpNumbers: [
    { number: '110', label: { zh: '报警', en: 'police' } },
    { number: '119', label: { zh: '火警', en: 'fire' } },
    { number: '120', label: { zh: '急救', en: 'ambulance' } },
    { number: '12356', label: { zh: '心理援助', en: 'crisis line' } },
    { number: '12345', label: { zh: '政务服务', en: 'government services' } },
  ],
};

/** The institution that is served: one's own if there is one, else the example. */
export async function servedTenant(store: Store): Promise<Tenant | undefined> {
  const all = await store.institutions();
  const real = all.filter(i => i.practiceOf === undefined);
  const chosen = real.findLast(i => !i.isExample) ?? real[0];
  return chosen && store.tenant(chosen.id);
}

export function makeDesk(parts: DeskParts): Desk {
  const { store, clock } = parts;
  const serve = parts.serve ?? servedTenant;
  let tenant: Tenant | undefined;
  let known: Institution | undefined;
  const served = async (): Promise<Tenant | undefined> => {
    tenant ??= await serve(store);
    return tenant;
  };
  const here = async (): Promise<Tenant> => {
    await served();
    if (!tenant) throw new Error('no institution has been founded yet');
    return tenant;
  };
  const staff = async (): Promise<readonly Staff[]> => ((await served()) ? (await here()).staff() : []);
  const readSettings = async (): Promise<Settings> => {
    const kept = (await (await here()).setting('desk')) as Partial<Settings> | undefined;
    return { ...DEFAULT_SETTINGS, ...kept, matchRules: await rulesOf(await here()) };
  };
  return {
    now: clock.now,
    calendar: parts.calendar,
    institution: async () => {
      if (known) return known;
      const target = await served();
      const kept = (await target?.setting('institution')) as Kept | undefined;
      if (!target || !kept) return undefined;
      const text = (await store.rulebook(kept.digest)) ?? '';
      known = {
        id: target.institution.id,
        name: kept.name,
        example: kept.example,
        ...(target.institution.practiceOf === undefined ? {} : { practice: true }),
        rulebook: { folder: kept.folder, text, digest: kept.digest },
        setup: kept.setup,
        names: kept.names,
      };
      return known;
    },
    saveInstitution: async institution => {
      const { id, name, example, rulebook, setup, names } = institution;
      if (!(await store.tenant(id)))
        await store.addInstitution({ id, titleZh: name.zh, titleEn: name.en, isExample: example }, clock.now());
      await store.putRulebook({
        digest: rulebook.digest,
        institution: setup.institution,
        version: rulebook.digest.slice(7, 15),
        text: rulebook.text,
      });
      const kept: Kept = { name, example, folder: rulebook.folder, digest: rulebook.digest, setup, names };
      const target = await store.tenant(id);
      await target?.putSetting('institution', kept);
      tenant = await serve(store);
      known = undefined;
    },
    startEmpty: async administrator => (await here()).putStaff(toStaff(administrator)),
    choices: parts.choices,
    log: {
      read: async after => (await (await here()).events(after)).map(fromStored),
      append: async (events, expected) => {
        const target = await here();
        try {
          const stored = await target.append(events, { expected });
          await parts.stored(target);
          return { ok: true, seq: stored.at(-1)?.n ?? expected };
        } catch (error) {
          if (error instanceof LogMoved) return { ok: false, why: 'moved' };
          throw error;
        }
      },
      head: async () => {
        const head = await (await here()).head();
        return { entries: head.counter, root: head.root };
      },
    },
    findings: {
      list: async ({ state, limit }) =>
        (await (await here()).findings({ ...(state === undefined ? {} : { state: STATES[state] }), limit })).map(
          fromFinding,
        ),
      get: async id => {
        const found = await (await here()).finding(id);
        return found && fromFinding(found);
      },
      count: async state => {
        const target = await here();
        const id = target.institution.id;
        // What waits is counted as people see it: by story, however many items one has.
        if (state === 'new') return (await target.triage.countStories()).fresh;
        const rows = await store.pool.inTenant(id, query =>
          query<{ n: string }>('select count(*) as n from finding where institution_id = $1 and state = $2', [
            id,
            STATES[state],
          ]),
        );
        return Number(rows[0]?.n ?? 0);
      },
      add: async items => {
        const taken = await takeIn(await here(), items.map(incoming), clock.now());
        const added = taken.filter(t => t.result !== 'known').length;
        return { added, duplicates: taken.length - added };
      },
      erase: async caseId => (await here()).eraseFindings(caseId, clock.now()),
      settle: async (id, to) =>
        (await here()).setFinding(id, {
          state: STATES[to.state],
          ...(to.case === undefined ? {} : { caseId: to.case }),
          ...(to.event === undefined ? {} : { eventId: to.event }),
        }),
    },
    triage: triagePort(here, clock.now),
    search: {
      findings: async search => {
        const found = await (await here()).search.findings(search);
        return { ...found, hits: found.hits.map(fromFinding) };
      },
    },
    people: {
      byLogin: async login => withDuties(await staff()).find(p => p.login === login),
      byCode: async code => withDuties(await staff()).find(p => p.code === code),
      list: async () => withDuties(await staff()),
      save: async person => (await here()).putStaff(toStaff(person)),
    },
    sessions: {
      open: async s => (await here()).putSession(bytes(s.tokenHash), toSession(s)),
      byHash: async tokenHash => {
        const target = await served();
        if (!target) return undefined;
        const s = await target.session(bytes(tokenHash));
        if (!s) return undefined;
        return {
          tokenHash,
          code: s.staffCode,
          csrf: s.csrf,
          createdAt: s.createdAt,
          seenAt: s.seenAt,
          stage: s.stage,
          via: s.via,
          ...(s.newPlace === undefined ? {} : { newPlace: s.newPlace }),
          ...(s.unit !== undefined && s.role !== undefined ? { office: `${s.unit}/${s.role}` } : {}),
        };
      },
      touch: async (tokenHash, seenAt, office) => {
        const target = await here();
        const s = await target.session(bytes(tokenHash));
        if (!s) return;
        const [unit, role] = office?.split('/') ?? [s.unit, s.role];
        await target.putSession(bytes(tokenHash), {
          ...s,
          seenAt,
          ...(unit !== undefined && role !== undefined ? { unit, role } : {}),
        });
      },
      end: async tokenHash => (await here()).endSession(bytes(tokenHash)),
      endAll: async code => {
        const { id } = (await here()).institution;
        await store.pool.inTenant(id, query =>
          query('delete from session where institution_id = $1 and staff_code = $2', [id, code]),
        );
      },
    },
    attachments: attachmentPort(here, clock.now),
    drafts: {
      read: async (code, form) => (await here()).drafts.read(code, form),
      put: async (code, form, fields) => (await here()).drafts.put(code, form, fields, clock.now()),
    },
    ...(parts.practice ? { practice: parts.practice(here) } : {}),
    access: accessPort(here, clock.now),
    ways: parts.ways(here),
    contacts: contactPort(here, clock.now),
    silence: silencePort(here, clock.now),
    evidence: evidencePort(here, parts.collector, clock.now),
    rota: rotaPort(here),
    ownChannels: parts.ownChannels(here),
    inspection: inspectionPort(here),
    writing: writingPort(here),
    look: parts.look,
    sources: parts.sources(here),
    imports: parts.imports(here),
    settings: {
      read: readSettings,
      // Rules of concern have a register of their own: nothing here switches one on.
      save: async ({ matchRules: _own, ...rest }) => (await here()).putSetting('desk', rest),
    },
    notices: parts.notices(here),
    rotaCalendar: async () => parts.rotaCalendar(await here()),
    readTable: parts.readTable,
    papers: parts.papers,
    looks: parts.looks(here),
    writeWorkbook: parts.writeWorkbook,
    recomputeKit: async year => parts.recomputeKit(await here(), year),
    caseArchive: async volume => parts.caseArchive(await here(), volume),
    audit: async (code, what, detail) => (await here()).audit(clock.now(), code, what, detail),
    exportLog: async () => parts.archive(await here()),
    proofs: {
      keys: async () => {
        const { proofs } = await here();
        await proofs.signHead(clock.now()); // the first time, the key is made
        return proofs.keys();
      },
      checkpoint: async () => {
        const { proofs } = await here();
        await proofs.signHead(clock.now());
        return (await proofs.checkpoints(1)).at(-1)?.note ?? '';
      },
      tile: async (level, index, width) => (await here()).proofs.tile(level, index, width),
      ofEntry: async n => {
        const { proofs } = await here();
        const known = await proofs.proofOf(n);
        if (known !== undefined) return known;
        await proofs.signHead(clock.now());
        return proofs.proofOf(n);
      },
      witness: async request => (await here()).witnessing.see(request, clock.now()),
    },
    faults: parts.faults,
  };
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const fromStored = ({ n, ...event }: Stored) => ({ ...event, seq: n });
const toSession = (s: SessionRow) => {
  const [unit, role] = s.office?.split('/') ?? [];
  return {
    staffCode: s.code,
    csrf: s.csrf,
    language: 'zh',
    createdAt: s.createdAt,
    seenAt: s.seenAt,
    expiresAt: s.createdAt + IDLE_MS,
    stage: s.stage,
    via: s.via,
    ...(s.cameFrom === undefined ? {} : { cameFrom: s.cameFrom }),
    ...(s.device === undefined ? {} : { device: s.device }),
    ...(unit !== undefined && role !== undefined ? { unit, role } : {}),
  };
};
const DUTIES = ['security', 'audit'] as const;
/** As long as nobody active holds one of the other two duties of the house, its administrator does that as well. */
function withDuties(all: readonly Staff[]): Person[] {
  const open = DUTIES.filter(d => !all.some(s => s.duty === d && !s.disabled));
  return all.map(s => ({ ...fromStaff(s), ...(s.administrator && open.length > 0 ? { alsoDoes: open } : {}) }));
}
const fromStaff = (s: Staff): Person => ({
  code: s.code,
  login: s.login,
  name: s.displayName,
  passwordHash: s.passwordHash,
  mustChange: s.mustChange,
  failed: s.failures,
  lockedUntil: s.lockedUntil ?? null,
  administrator: s.administrator,
  active: !s.disabled,
  ...(s.duty === undefined ? {} : { duty: s.duty }),
  secondFactor: s.secondFactor === true,
});
const toStaff = (p: Person): Staff => ({
  code: p.code,
  login: p.login,
  displayName: p.name,
  passwordHash: p.passwordHash,
  mustChange: p.mustChange,
  administrator: p.administrator,
  failures: p.failed,
  ...(p.lockedUntil === null ? {} : { lockedUntil: p.lockedUntil }),
  disabled: !p.active,
  ...(p.duty === undefined ? {} : { duty: p.duty }),
});
const fromFinding = (f: StoreFinding): Finding => ({
  id: f.id,
  origin: f.origin,
  ...(f.outlet === undefined ? {} : { outlet: f.outlet }),
  ...(f.url === undefined ? {} : { url: f.url }),
  ...(f.publishedAt === undefined ? {} : { publishedAt: f.publishedAt }),
  title: f.title,
  text: f.text,
  state: f.state === 'in-case' ? 'taken' : f.state === 'folded' ? 'dismissed' : f.state,
  seenAt: f.seenAt,
  matched: f.matched,
  sightings: 0,
  ...(f.caseId === undefined ? {} : { case: f.caseId }),
  ...(f.eventId === undefined ? {} : { event: f.eventId }),
  ...(f.erasedAt === undefined ? {} : { erasedAt: f.erasedAt }),
});
/** What people enter or hand in is kept whatever the words of concern say. */
const incoming = ({ source, ...item }: NewItem): Incoming => ({
  ...item,
  source: source ?? 'desk',
  keeps: 'everything',
});
