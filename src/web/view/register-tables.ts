/** Each register as a sheet: what the page shows, typed, for Excel. */
import type { Person, Responsibility, SheetTable } from '../ports.ts';
import type { Hall } from '../state.ts';
import { type Language, valueLabel, type Words } from '../words/index.ts';
import { contacts } from './directory.ts';
import { naming } from './naming.ts';
import { officeHistory } from './offices.ts';
import { allowed } from './permissions-by-article.ts';
import { entriesOf, type RegisterKey } from './registers.ts';
import { seatLines } from './responsibility.ts';
import { decisions, hiddenRisks } from './risks.ts';
import { sentence } from './sentences.ts';
import { asked, locals, outsideRules } from './settled.ts';

type Cell = string | number | undefined;
const sheet = (
  title: string,
  labels: readonly (readonly [string, SheetTable['columns'][number]['type']])[],
  rows: readonly (readonly Cell[])[],
): SheetTable => ({ title: title.slice(0, 31), columns: labels.map(([label, type]) => ({ label, type })), rows });

export function registerTables(
  hall: Hall,
  w: Words,
  language: Language,
  key: RegisterKey,
  kept: { readonly people: readonly Person[]; readonly map: readonly Responsibility[] },
): readonly SheetTable[] {
  const names = naming(hall, language);
  const title = w.reg.names[key];
  switch (key) {
    case 'offices': {
      const people = new Map(kept.people.map(p => [p.code, p]));
      // The same columns that the page reads back in.
      return [
        sheet(
          title,
          [
            [w.personCode, 'text'],
            [w.personName, 'text'],
            [w.loginName, 'text'],
            [w.unitWord, 'text'],
            [w.offices, 'text'],
            [w.reg.from, 'date'],
            [w.reg.to, 'date'],
          ],
          officeHistory(hall).map(s => [
            s.holder ?? undefined,
            s.holder === null ? undefined : people.get(s.holder)?.name,
            s.holder === null ? undefined : people.get(s.holder)?.login,
            names.unit(s.unit),
            names.role(s.role),
            s.from,
            s.to,
          ]),
        ),
      ];
    }
    case 'map':
      return [
        sheet(
          title,
          [
            [w.reg.topic, 'text'],
            [w.reg.wordsIn, 'text'],
            [w.reg.answering, 'text'],
            [w.reg.clause, 'text'],
          ],
          [
            ...seatLines(hall).map(s => [s.subjects.map(names.key).join('、'), '', names.key(s.owner), s.clause]),
            ...kept.map.map(l => [l.topic, l.words, names.unit(l.unit), undefined]),
          ],
        ),
      ];
    case 'directory':
      return [
        sheet(
          title,
          [
            [w.reg.bodyName, 'text'],
            [w.reg.bodyKind, 'text'],
            [w.reg.level, 'text'],
          ],
          contacts(hall).map(x => [
            names.body(x.body),
            x.kind === undefined ? undefined : valueLabel(language, 'bodyKind', x.kind),
            x.level === undefined ? undefined : valueLabel(language, 'level', x.level),
          ]),
        ),
      ];
    case 'risk':
      return [
        sheet(
          w.reg.decisions,
          [
            [w.unitWord, 'text'],
            [w.reg.matter, 'text'],
            [w.reg.from, 'moment'],
            [w.reg.risks, 'text'],
            [w.reg.levelWord, 'text'],
            [w.reg.plan, 'text'],
            [w.reg.carriedOut, 'moment'],
          ],
          decisions(hall).map(d => [
            names.unit(d.unit),
            d.what,
            d.proposedAt,
            d.assessed?.risks.join('、'),
            d.assessed && valueLabel(language, 'level', d.assessed.level),
            d.assessed?.plan,
            d.carriedOutAt,
          ]),
        ),
        sheet(
          w.reg.hidden,
          [
            [w.unitWord, 'text'],
            [w.reg.matter, 'text'],
            [w.reg.step, 'text'],
            [w.reg.from, 'moment'],
            [w.reg.reviewed, 'moment'],
          ],
          hiddenRisks(hall).map(r => [names.unit(r.unit), r.matter, r.step, r.at, r.reviewedAt]),
        ),
      ];
    case 'readings':
      return [
        sheet(
          w.reg.interpretations,
          [
            [w.reg.clause, 'text'],
            [w.reg.interpretation, 'text'],
            [w.decidedByWord, 'text'],
            [w.reg.from, 'moment'],
          ],
          hall.events
            .filter(e => e.type === 'interpretation.recorded')
            .map(e => [String(e.data['clause']), String(e.data['text']), names.key(String(e.data['decidedBy'])), e.at]),
        ),
        sheet(
          w.reg.outsideTitle,
          [
            [w.reg.matter, 'text'],
            [w.reg.bodyName, 'text'],
            [w.reg.clause, 'text'],
            [w.reg.status, 'text'],
          ],
          outsideRules(hall).map(o => [
            names.key(o.rule),
            names.body(o.owner),
            o.clause,
            valueLabel(language, 'status', o.status),
          ]),
        ),
      ];
    case 'questions':
      return [
        sheet(
          title,
          [
            [w.reg.clause, 'text'],
            [w.reg.matter, 'text'],
            [w.readingNow, 'text'],
            [w.reg.answeredAs, 'text'],
            [w.reg.why, 'text'],
          ],
          asked(hall).map(q => [
            q.clause,
            q.question,
            q.reading,
            q.answered && String(q.answered.data['value'] ?? q.answered.data['status']),
            q.answered && String(q.answered.data['reason'] ?? ''),
          ]),
        ),
      ];
    case 'locals':
      return [
        sheet(
          title,
          [
            [w.reg.matter, 'text'],
            [w.reg.clause, 'text'],
            [w.reg.figure, 'text'],
            [w.reg.why, 'text'],
          ],
          locals(hall).map(l => [
            names.key(l.rule.name),
            l.clauses.join(' '),
            l.value,
            l.decided && String(l.decided.data['reason']),
          ]),
        ),
      ];
    case 'permissions':
      return [
        sheet(
          title,
          [
            [w.reg.clause, 'text'],
            [w.reg.power, 'text'],
            [w.reg.says_, 'text'],
            [w.reg.byWhom, 'text'],
          ],
          allowed(hall, w, language, names).map(a => [
            a.clauses.join(' '),
            w.reg.powers[a.power],
            a.says,
            a.offices.map(o => `${names.office(o.office)} ${o.holders.join(' ') || w.vacant}`).join('；'),
          ]),
        ),
      ];
    case 'training':
    case 'accounts':
      return [
        sheet(
          title,
          [
            [w.reg.from, 'moment'],
            [w.reg.matter, 'text'],
            [w.reg.says_, 'text'],
            [w.offices, 'text'],
          ],
          entriesOf(hall, key).map(e => {
            const said = sentence(e, language, names);
            return [e.at, said.label, String(e.data['topic'] ?? e.data['text'] ?? said.detail), names.office(e.by)];
          }),
        ),
      ];
  }
}
