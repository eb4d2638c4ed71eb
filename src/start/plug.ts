/** A desk over a store: the pages' world for the product and for tests, with whatever clock is handed in. */
import type { Calendar, OfficeSpan } from '#core/calendar';
import type { Clock } from '#io/clock';
import {
  canTypeset,
  docxToPdf,
  fillTemplate,
  findOffice,
  readTableFile,
  renderDocx,
  typesetPdf,
  writeWorkbook,
} from '#io/documents';
import type { ChannelOf, OnDue, OnSilence } from '#io/engine';
import type { Door, Post } from '#io/fetch';
import type { Store, Tenant } from '#io/store';
import { readCalendar } from '../cli/calendar-files.ts';
import type { Desk } from '../web/ports.ts';
import { archiveOf } from './archive.ts';
import { caseArchive } from './case-archive.ts';
import { rulebookChoices } from './choices.ts';
import { type DeskParts, makeDesk } from './desk.ts';
import { healthFaults } from './health.ts';
import { channelOf, noticePort } from './channels.ts';
import { onDue, onSilence, pressNotices, tellNotices } from './notices.ts';
import { keepTimers } from './timers.ts';
import { makeChannelReader, type ChannelReader } from './own-channels.ts';
import { paperLooks } from './paper-looks.ts';
import { recomputeKit } from './recompute-kit.ts';
import { practicePort } from './practice.ts';
import { rotaCalendar } from './rota-calendar.ts';
import { wayPort } from './ways.ts';
import { makeSourceAlarms } from './collect/alarms.ts';
import { type Collector, makeCollector } from './collect/collector.ts';
import { lookPort } from './writing.ts';

import { openReadingPool } from './collect/reading-pool.ts';
import { type Imports, makeImports } from './imports.ts';
import { makeMailboxes } from './mailboxes.ts';
import { readPacks } from './starter-packs.ts';
import { makeSourceReader, type SourceReader } from './source-port.ts';

export interface Plugged {
  readonly desk: Desk;
  readonly reader: SourceReader;
  readonly imports: Imports;
  readonly channelReader: ChannelReader;
  /** Reads what is due; stands still until it is told to run. */
  readonly collector: Collector;
  /** Tells a named office of dead and silent sources. */
  readonly sourceAlarms: (now: number) => Promise<number>;
  /** Computes the timers of one institution anew. */
  readonly renew: (tenant: Tenant) => Promise<void>;
  /** Part of every round of the engine: watch slots begin without anybody entering anything. */
  readonly timersRound: (now: number) => Promise<void>;
  /** What the engine asks when a moment has come. */
  readonly engine: { readonly onDue: OnDue; readonly onSilence: OnSilence; readonly channelOf: ChannelOf };
}
export interface PlugOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly root: string;
  readonly door: Door;
  /** The door outwards, and the hosts inside that it may reach. */
  readonly post: Post;
  readonly allowHosts: readonly string[];
  /** Called when timers may have changed. */
  readonly wake: () => void;
  /** Told of faults of the collector. */
  readonly onFault?: (error: unknown) => void;
}

/** Briefs are typeset; forms and letters are converted from their Word file where LibreOffice is there, else typeset too. */
function pdfMaker(office: string | undefined, typesets: boolean): Desk['papers']['pdf'] {
  if (office === undefined) return typesets ? typesetPdf : undefined;
  return async (paper, look) =>
    typesets && paper.masthead !== undefined
      ? typesetPdf(paper, look)
      : docxToPdf(office, await renderDocx(paper, look));
}

export function plugDesk({ store, clock, root, door, post, allowHosts, wake, onFault }: PlugOptions): Plugged {
  const calendars = new Map<string, Calendar>();
  const calendar = (officeHours: readonly OfficeSpan[]): Calendar => {
    const key = JSON.stringify(officeHours);
    const known = calendars.get(key) ?? readCalendar(root, { officeHours });
    calendars.set(key, known);
    return known;
  };
  const tools = { post, now: clock.now, allowHosts };
  const pool = openReadingPool();
  const mailboxes = makeMailboxes({ clock, allowHosts });
  const collector = makeCollector({
    store,
    door,
    clock,
    onFault: onFault ?? (() => undefined),
    onTaken: wake,
    pool,
    readLetters: mailboxes.read,
  });
  const imports = makeImports(clock, onFault ?? (() => undefined), wake);
  const reader = makeSourceReader({
    collector,
    mailboxes,
    now: clock.now,
    packs: () => readPacks(root),
  });
  const timers = keepTimers(store, calendar);
  const channelReader = makeChannelReader(store, reader, calendar, clock.now, wake);
  // An exercise has no timers: nobody is ever told of it.
  const renew = async (tenant: Tenant): Promise<void> =>
    tenant.institution.practiceOf === undefined ? timers.renew(tenant, clock.now()) : undefined;
  const pdf = pdfMaker(findOffice(), canTypeset());
  const parts: DeskParts = {
    store,
    clock,
    calendar,
    choices: async () => rulebookChoices(root),
    readTable: async (_name, bytes) => {
      const table = await readTableFile(bytes);
      if ('fault' in table) return { problem: table.fault };
      return { rows: [table.headings, ...table.rows.map(r => table.headings.map(h => r[h] ?? ''))] };
    },
    looks: paperLooks,
    papers: { word: renderDocx, fill: fillTemplate, ...(pdf === undefined ? {} : { pdf }) },
    writeWorkbook,
    look: lookPort(door),
    recomputeKit: (tenant, year) => recomputeKit(store, tenant, year),
    archive: tenant => archiveOf(store, tenant, clock.now()),
    caseArchive: (tenant, volume) => caseArchive(store, tenant, volume, clock.now()),
    collector,
    sources: reader.port,
    imports: imports.port,
    ways: here => wayPort(here, { post, allowHosts }),
    ownChannels: here => channelReader.port(here),
    notices: here =>
      noticePort(
        here,
        tools,
        wake,
        (institution, line, entry) => pressNotices(store, institution, line, entry, calendar, clock.now()),
        (institution, message) => tellNotices(store, institution, message, calendar, clock.now()),
      ),
    faults: () => healthFaults(store, clock.now()),
    rotaCalendar: tenant => rotaCalendar(store, tenant, calendar, clock.now()),
    stored: async tenant => {
      await renew(tenant);
      wake();
    },
  };
  const desk: Desk = makeDesk({
    ...parts,
    practice: here =>
      practicePort(
        {
          store,
          now: clock.now,
          real: here,
          deskOf: tenant => makeDesk({ ...parts, serve: async () => tenant, stored: async () => undefined }),
        },
        () => desk,
      ),
  });
  const engine = {
    onDue: onDue(store, calendar),
    onSilence: onSilence(store, calendar),
    channelOf: channelOf(store, tools),
  };
  return {
    desk,
    reader,
    imports,
    channelReader,
    collector,
    sourceAlarms: makeSourceAlarms(store, calendar),
    renew,
    timersRound: timers.round,
    engine,
  };
}
