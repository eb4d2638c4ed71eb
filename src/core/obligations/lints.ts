/** Checks of our own drafts. They mark and never touch what others say; a check set aside with a reason is quiet. */
import type { Instant } from '#core/calendar';
import type { LintRule } from '#core/rulebook';
import { removalClause, removalIn } from './built-in.ts';
import { field, listOf, type Fact } from './facts.ts';
import type { FlagLine } from './lines.ts';
import { hasFigure, hasStep, saysCause, vagueDates } from './lint-words.ts';
import { documentOf, draftOf } from './texts.ts';
import { add } from './due.ts';
import type { View } from './view.ts';

export function lintFlags(view: View): readonly FlagLine[] {
  const flags: FlagLine[] = [];
  for (const lint of view.book.of('lint'))
    for (const [fact, draft] of judged(view, lint)) {
      const missing = faults(view, lint, fact, draft);
      if (missing.length === 0 || overridden(view, lint, draft ?? fact)) continue;
      flags.push({
        line: 'flag',
        flag: 'lint',
        lint: lint.name,
        clause: lint.clauses[0] ?? '',
        event: fact.id,
        ...(view.caseKey === undefined ? {} : { case: view.caseKey }),
        missing,
        reason: `${lint.name}: ${missing.join(', ')}`,
      });
    }
  return flags;
}

/** Letters to outlets are checked whatever happens to them; this check has no override. */
export function removalFlags(view: View, letters: readonly Fact[]): readonly FlagLine[] {
  return letters.flatMap(letter => {
    const word = removalIn(view, letter);
    if (word === undefined) return [];
    return [
      {
        line: 'flag' as const,
        flag: 'lint',
        lint: 'no-removal',
        clause: removalClause(view),
        event: letter.id,
        ...(view.caseKey === undefined ? {} : { case: view.caseKey }),
        missing: [word],
        reason: `a correction may not ask for this: "${word}"`,
      },
    ];
  });
}

/** The entries a lint looks at: drafts of its texts, or for checks of the outgoing item its publication. */
function judged(view: View, lint: LintRule): readonly (readonly [Fact, Fact | undefined])[] {
  if (lint.rule === 'stale' || lint.rule === 'checklist')
    return view.facts
      .of('publication.made')
      .map(f => [f, draftOf(view, f, f.at)] as const)
      .filter(([f, draft]) => selected(view, lint, draft, f));
  return view.facts
    .of('draft.written')
    .filter(f => selected(view, lint, f, publicationOf(view, f)))
    .map(f => [f, f] as const);
}

/** How a draft went out: in this wording, else how another wording of the same document did. */
function publicationOf(view: View, draft: Fact): Fact | undefined {
  const own = view.facts.about('publication.made', documentOf(draft) ?? '');
  return own.find(p => p.data['textHash'] === draft.data['textHash']) ?? own[0];
}

/** Whether a lint's `on` speaks of this text. Channel and kind are those under which it goes out; a fault is one found in the case. */
function selected(view: View, lint: LintRule, draft: Fact | undefined, published: Fact | undefined): boolean {
  for (const [name, wanted] of Object.entries(lint.on)) {
    if (wanted.includes('any')) continue;
    if (name === 'form' || name === 'topic') {
      const value = draft && field(draft, name);
      // An item that nobody drafted is of the one form its channel knows.
      if (draft ? value === undefined || !wanted.includes(value) : name === 'topic') return false;
    } else if (name === 'fault') {
      if (!view.facts.of('fault.found').some(f => wanted.includes(String(f.data['kind'])))) return false;
    } else {
      const value = published && field(published, name);
      if (value !== undefined && !wanted.includes(value)) return false;
      if (value === undefined && published !== undefined) return false;
    }
  }
  return true;
}

function faults(view: View, lint: LintRule, fact: Fact, draft: Fact | undefined): readonly string[] {
  const text = typeof draft?.data['text'] === 'string' ? draft.data['text'] : undefined;
  const parts = [...listOf(draft?.data['parts']), ...listOf(fact.data['parts'])];
  switch (lint.rule) {
    case 'words':
      return text === undefined ? [] : vagueDates(text, lint.words ?? []);
    case 'facts': {
      if (text === undefined) return [];
      const [figure, step] = [hasFigure(text), hasStep(text)];
      return [
        ...(figure ? [] : [lint.asks?.[0] ?? 'a date or figure']),
        ...(step ? [] : [lint.asks?.[1] ?? 'a step taken or promised']),
      ];
    }
    case 'parts':
      return (lint.asks ?? []).filter(part => !parts.includes(part));
    case 'cause-before-finding': {
      const cause = parts.includes('cause') ? 'cause' : text === undefined ? undefined : saysCause(text);
      return cause === undefined || causeFound(view, fact.at) ? [] : [cause];
    }
    case 'stale':
      return staleness(view, lint, fact);
    case 'checklist': {
      const hash = field(fact, 'textHash');
      const wanted = lint.asks && lint.asks.length > 0 ? lint.asks : [lint.name];
      const clear = (name: string): boolean =>
        view.facts
          .about('checklist.completed', documentOf(fact) ?? '')
          .some(
            c =>
              c.data['textHash'] === hash &&
              c.data['outcome'] === 'clear' &&
              c.at <= fact.at &&
              (c.data['checklist'] === name || c.data['checklist'] === lint.name),
          );
      return wanted.some(clear) ? [] : [lint.name];
    }
  }
}

const causeFound = (view: View, at: Instant): boolean =>
  view.facts.of('facts.verified').some(f => f.data['cause'] === true && f.at <= at);

/** What is told happened longer ago than the limit allows. */
function staleness(view: View, lint: LintRule, fact: Fact): readonly string[] {
  const on = field(fact, 'eventOn');
  if (on === undefined) return [];
  const told = Date.parse(`${on}T00:00:00Z`) - view.book.calendar.offsetMinutes * 60_000;
  const limit = lint.olderThan?.kind === 'span' ? lint.olderThan : { n: 0, unit: 'days' as const };
  const due = add(view, told, limit.n, limit.unit);
  return fact.at >= due.dueAt ? [`tells of ${on}`] : [];
}

/** Set aside with a reason, for this wording. */
const overridden = (view: View, lint: LintRule, fact: Fact): boolean =>
  lint.override !== undefined &&
  view.facts
    .about('lint.overridden', documentOf(fact) ?? '')
    .some(o => o.data['textHash'] === fact.data['textHash'] && o.data['lint'] === lint.name);
