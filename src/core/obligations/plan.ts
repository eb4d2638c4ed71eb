/** Backward planning: from the due time of a clause to the latest instant at which each step of its chain must begin. */
import { addLimit, DAY, HOUR, MINUTE, showInstant, type Calendar, type Instant } from '#core/calendar';
import type { LimitUnit } from '#core/rulebook';

export interface Allowance {
  readonly n: number;
  readonly unit: LimitUnit;
}
export interface PlanStep {
  readonly step: string;
  readonly role: string;
  readonly allowance: Allowance;
  readonly after: readonly string[];
}
export interface PlannedStep {
  readonly step: string;
  readonly role: string;
  readonly startBy: Instant;
  readonly finishBy: Instant;
  readonly allowance: string;
  readonly steps: readonly string[];
}
export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly dueAt: Instant;
  readonly slackMs: number;
  readonly critical: readonly string[];
}

const isWorkingUnit = (unit: LimitUnit): boolean => unit === 'working days' || unit === 'working hours';
/** Clock and working units cannot be planned in one chain. */
export const sameKind = (a: LimitUnit, b: LimitUnit): boolean => isWorkingUnit(a) === isWorkingUnit(b);

/** "30 minutes", "2 working hours". */
export function readAllowance(text: string): Allowance | undefined {
  const [, n, unit] = /^(\d+)\s*(minutes?|hours?|days?|working days?|working hours?)$/.exec(text.trim()) ?? [];
  if (n === undefined || unit === undefined) return undefined;
  return { n: Number(n), unit: (unit.endsWith('s') ? unit : `${unit}s`) as LimitUnit };
}
export const allowanceText = ({ n, unit }: Allowance): string => `${n} ${n === 1 ? unit.replace(/s$/, '') : unit}`;

/** Steps so that each stands after those it waits for; or the steps that wait for one another. */
export function workingOrder(
  steps: readonly PlanStep[],
): { readonly order: readonly PlanStep[] } | { readonly circle: readonly string[] } {
  const order: PlanStep[] = [];
  let left = [...steps];
  while (left.length > 0) {
    const ready = left.filter(s => s.after.every(name => order.some(o => o.step === name)));
    if (ready.length === 0) return { circle: left.map(s => s.step) };
    order.push(...ready);
    left = left.filter(s => !ready.includes(s));
  }
  return { order };
}

/** The latest instant from which the allowance still ends by `finish`. */
export function latestStart(calendar: Calendar, finish: Instant, allowance: Allowance): Instant {
  const { n, unit } = allowance;
  if (unit === 'minutes') return finish - n * MINUTE;
  if (unit === 'hours') return finish - n * HOUR;
  if (unit === 'days') return finish - n * DAY;
  // Adding is monotone, so the last second that fits is found by halving; a year back is farther than any office works.
  let fits = Math.floor((finish - 400 * DAY) / 1000);
  let tooLate = Math.floor(finish / 1000) + 1;
  while (tooLate - fits > 1) {
    const middle = Math.floor((fits + tooLate) / 2);
    if (addLimit(calendar, middle * 1000, n, unit).dueAt <= finish) fits = middle;
    else tooLate = middle;
  }
  return fits * 1000;
}

/** Plans steps that are in working order, back from the due time. */
export function planBackwards(
  calendar: Calendar,
  order: readonly PlanStep[],
  startedAt: Instant,
  dueAt: Instant,
): Plan {
  const planned = new Map<string, PlannedStep>();
  const show = (at: Instant): string => showInstant(at, calendar.offsetMinutes).slice(11);
  for (const step of order.toReversed()) {
    const followers = order
      .filter(o => o.after.includes(step.step))
      .map(o => planned.get(o.step))
      .filter((p): p is PlannedStep => p !== undefined);
    const finishBy = Math.min(dueAt, ...followers.map(f => f.startBy));
    const bound = followers.filter(f => f.startBy === finishBy);
    planned.set(step.step, {
      step: step.step,
      role: step.role,
      startBy: latestStart(calendar, finishBy, step.allowance),
      finishBy,
      allowance: allowanceText(step.allowance),
      steps:
        bound.length > 0
          ? bound.map(f => `${f.step} must start by ${show(f.startBy)}`)
          : [`due ${showInstant(dueAt, calendar.offsetMinutes)}`],
    });
  }
  const steps = order.map(s => planned.get(s.step)).filter((p): p is PlannedStep => p !== undefined);
  const earliest = Math.min(dueAt, ...steps.map(s => s.startBy));
  return { steps, dueAt, slackMs: earliest - startedAt, critical: criticalPath(order, planned, earliest) };
}

/** The chain without slack: from the step that must begin first, each next one the one that binds it. */
function criticalPath(
  order: readonly PlanStep[],
  planned: ReadonlyMap<string, PlannedStep>,
  earliest: Instant,
): string[] {
  const path: string[] = [];
  let current =
    order.find(s => planned.get(s.step)?.startBy === earliest && s.after.length === 0) ??
    order.find(s => planned.get(s.step)?.startBy === earliest);
  while (current) {
    const own = planned.get(current.step);
    path.push(current.step);
    const here: PlanStep = current;
    current = order.find(s => s.after.includes(here.step) && planned.get(s.step)?.startBy === own?.finishBy);
  }
  return path;
}
