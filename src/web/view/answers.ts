/** Published answers as the public sees them: the exact text, who spoke, when, what was corrected, which limit held. */
import { documentsIn, titleAndBody, versionOf } from '#reply';
import type { StoredEvent } from '../ports.ts';
import { caseLinesOf, type Hall, standingLinesOf } from '../state.ts';
import type { Language, Words } from '../words/index.ts';
import { type CaseHead, caseHeads } from './cases.ts';
import { patternsOf, ruleOf } from './duties.ts';
import { naming } from './naming.ts';
import { plainRule } from './plain-rule.ts';
import { ownPage } from './publishing.ts';

export interface Correction {
  readonly at: number;
  readonly text: string;
  readonly n: number;
}
export interface PublicAnswer {
  /** Its place in the log: the address of the page. */
  readonly n: number;
  readonly at: number;
  readonly title: string;
  readonly opening: string;
  readonly text: string;
  readonly hash: string;
  readonly speaker: string;
  readonly caseKey: string;
  readonly document: string;
  readonly corrections: readonly Correction[];
  readonly timeline: readonly {
    readonly at: number;
    readonly kind: 'firstSeenPublic' | 'weSaw' | 'weOpened' | 'weAnswered';
  }[];
  readonly kept: readonly { readonly rule: string; readonly seconds: number; readonly late?: number }[];
}

/** What each evaluation of a case has published; gone with it, so that a page of thousands of answers makes few of them anew. */
const published = new WeakMap<object, Map<string, readonly PublicAnswer[]>>();

/** Newest first. Only what was published on the institution's own page; corrections stand with what they correct. */
export function publicAnswers(hall: Hall, w: Words, language: Language): readonly PublicAnswer[] {
  const names = naming(hall, language);
  const site = ownPage(hall);
  const told = `${language} ${site}`;
  const answers = caseHeads(hall, w).flatMap(head => {
    const evaluation = hall.kept?.live.rowsOf(head.key);
    const known = evaluation && published.get(evaluation)?.get(told);
    if (known) return known;
    const made = answersIn(hall, { w, language, names, site }, head);
    if (evaluation) published.set(evaluation, (published.get(evaluation) ?? new Map()).set(told, made));
    return made;
  });
  return answers.sort((a, b) => b.n - a.n);
}

interface Telling {
  readonly w: Words;
  readonly language: Language;
  readonly names: ReturnType<typeof naming>;
  readonly site: string;
}
function answersIn(hall: Hall, telling: Telling, head: CaseHead): readonly PublicAnswer[] {
  const { w, language, names, site } = telling;
  const answers: PublicAnswer[] = [];
  const documents = documentsIn(head.events);
  for (const document of documents) {
    const here = document.publications.flatMap(p => (p.data['channel'] === site ? (hall.byId.get(p.id) ?? []) : []));
    const originals = here.filter(p => p.data['kind'] !== 'correction');
    for (const publication of originals) {
      const version = versionOf(document, publication.data['textHash']);
      if (!version) continue;
      const at = Date.parse(publication.at);
      const { title, paragraphs } = titleAndBody(version.text);
      const opening = paragraphs[0] ?? '';
      answers.push({
        n: publication.seq,
        at,
        title: title || head.title,
        opening: opening.length > 90 ? `${opening.slice(0, 90)}…` : opening,
        text: version.text,
        hash: version.hash,
        speaker: names.office({
          unit: String(publication.data['speakerUnit']),
          role: String(publication.data['speakerRole']),
        }),
        caseKey: head.key,
        document: document.key,
        corrections: here
          .filter(p => p.data['kind'] === 'correction' && p.at >= publication.at)
          .flatMap(p => {
            const corrected = versionOf(document, p.data['textHash']);
            return corrected ? [{ at: Date.parse(p.at), text: corrected.text, n: p.seq }] : [];
          }),
        timeline: timelineOf(head.events, head.openedAt, at),
        kept: keptLimits(hall, w, language, publication),
      });
    }
  }
  return answers;
}

function timelineOf(events: readonly StoredEvent[], openedAt: number, at: number): PublicAnswer['timeline'] {
  const found = events.filter(e => e.type === 'finding.recorded');
  const published = found.flatMap(e =>
    typeof e.data['publishedAt'] === 'string' ? [Date.parse(e.data['publishedAt'])] : [],
  );
  const seen = found.map(e => Date.parse(e.at));
  return [
    ...(published.length > 0 ? [{ at: Math.min(...published), kind: 'firstSeenPublic' as const }] : []),
    ...(seen.length > 0 ? [{ at: Math.min(...seen), kind: 'weSaw' as const }] : []),
    { at: openedAt, kind: 'weOpened' as const },
    { at, kind: 'weAnswered' as const },
  ];
}

/** Duties with a limit that this publication met, on time or late; lateness is said unprompted. */
function keptLimits(hall: Hall, w: Words, language: Language, publication: StoredEvent): PublicAnswer['kept'] {
  const own = publication.case === undefined ? standingLinesOf(hall) : caseLinesOf(hall, publication.case).obligations;
  const lines = own.filter(l => !l.whole && l.dueAt !== null && l.doneAt === publication.at);
  return lines.flatMap(line => {
    const rule = ruleOf(hall, line);
    if (!rule || !patternsOf(rule, line).some(p => p.on === 'event' && p.type === 'publication.made')) return [];
    return [
      {
        rule: plainRule(hall, w, language, naming(hall, language), rule),
        seconds: line.elapsedSeconds,
        ...(line.lateBySeconds === undefined ? {} : { late: line.lateBySeconds }),
      },
    ];
  });
}
