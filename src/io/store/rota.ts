/** Shift patterns and swaps that are asked: arrangements beside the log, which holds the rosters themselves. */
import type { Query } from './port.ts';

type Row = Record<string, unknown>;
type Run = <T>(work: (query: Query) => Promise<T>) => Promise<T>;

export interface PatternShift {
  readonly name: string;
  /** "08:30" */
  readonly opens: string;
  readonly closes: string;
}
export interface RotaPattern {
  readonly rota: string;
  readonly unit: string;
  readonly shifts: readonly PatternShift[];
  readonly offices: readonly string[];
  readonly restHours: number;
}
export type SwapState = 'asked' | 'accepted' | 'declined' | 'withdrawn';
export interface ShiftSwap {
  readonly id: string;
  readonly rota: string;
  readonly unit: string;
  readonly role: string;
  readonly from: number;
  readonly to: number;
  readonly with: string;
  readonly back?: { readonly from: number; readonly to: number };
  readonly askedAt: number;
  readonly state: SwapState;
  readonly settledAt?: number;
  readonly event?: string;
}
export interface RotaStore {
  readonly patterns: () => Promise<readonly RotaPattern[]>;
  readonly putPattern: (pattern: RotaPattern) => Promise<void>;
  /** The newest first. */
  readonly swaps: () => Promise<readonly ShiftSwap[]>;
  readonly askSwap: (swap: ShiftSwap) => Promise<void>;
  /** False when it was settled before. */
  readonly settleSwap: (
    id: string,
    to: { readonly state: Exclude<SwapState, 'asked'>; readonly at: number; readonly event?: string },
  ) => Promise<boolean>;
}
const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
const MOST_SWAPS = 200;

export function openRota(id: string, run: Run): RotaStore {
  const rows = <R extends Row = Row>(sql: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
    run(query => query<R>(sql, [id, ...values]));
  return {
    patterns: async () =>
      (
        await rows(
          'select rota, unit, shifts, offices, rest_hours from rota_pattern where institution_id = $1 order by rota, unit',
        )
      ).map(r => ({
        rota: String(r['rota']),
        unit: String(r['unit']),
        shifts: r['shifts'] as PatternShift[],
        offices: r['offices'] as string[],
        restHours: Number(r['rest_hours']),
      })),
    putPattern: async p =>
      void (await rows(
        `insert into rota_pattern (institution_id, rota, unit, shifts, offices, rest_hours) values ($1, $2, $3, $4, $5, $6)
         on conflict (institution_id, rota, unit) do update set shifts = excluded.shifts, offices = excluded.offices, rest_hours = excluded.rest_hours`,
        [p.rota, p.unit, JSON.stringify(p.shifts), [...p.offices], p.restHours],
      )),
    swaps: async () =>
      (
        await rows('select * from shift_swap where institution_id = $1 order by asked_at desc, id desc limit $2', [
          MOST_SWAPS,
        ])
      ).map(swapOf),
    askSwap: async s =>
      void (await rows(
        `insert into shift_swap (institution_id, id, rota, unit, role, from_at, to_at, with_role, back_from, back_to, asked_at, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'asked')`,
        [
          s.id,
          s.rota,
          s.unit,
          s.role,
          iso(s.from),
          iso(s.to),
          s.with,
          iso(s.back?.from),
          iso(s.back?.to),
          iso(s.askedAt),
        ],
      )),
    settleSwap: async (swap, { state, at, event }) =>
      (
        await rows(
          `update shift_swap set state = $3, settled_at = $4, event_id = $5 where institution_id = $1 and id = $2 and state = 'asked' returning id`,
          [swap, state, iso(at), event ?? null],
        )
      ).length > 0,
  };
}

const swapOf = (r: Row): ShiftSwap => ({
  id: String(r['id']),
  rota: String(r['rota']),
  unit: String(r['unit']),
  role: String(r['role']),
  from: Number(r['from_at']),
  to: Number(r['to_at']),
  with: String(r['with_role']),
  ...(typeof r['back_from'] === 'number' && typeof r['back_to'] === 'number'
    ? { back: { from: r['back_from'], to: r['back_to'] } }
    : {}),
  askedAt: Number(r['asked_at']),
  state: r['state'] as SwapState,
  ...(typeof r['settled_at'] === 'number' ? { settledAt: r['settled_at'] } : {}),
  ...(typeof r['event_id'] === 'string' ? { event: r['event_id'] } : {}),
});
