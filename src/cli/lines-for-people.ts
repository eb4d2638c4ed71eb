/** Replay lines as sentences for the terminal: the same facts, easier on the eye. */
import type { Line } from '#core/obligations';

const when = (instant: string | null | undefined): string =>
  instant ? instant.slice(0, 16).replace('T', ' ') : 'no due time';
const where = (line: { case?: string; unit?: string }): string => [line.case, line.unit].filter(Boolean).join(' ');

function sentence(line: Line): string {
  switch (line.line) {
    case 'obligation': {
      const due = line.dueAt === null ? (line.term ?? 'no figure') : `due ${line.dueOn ?? when(line.dueAt)}`;
      const done = line.doneAt === undefined ? '' : `, done ${when(line.doneAt)}`;
      const late = line.lateBySeconds === undefined ? '' : `, late by ${line.lateBySeconds} s`;
      return `${line.state.padEnd(9)} ${line.clause}  ${line.duty}  ${where(line)}${line.whole ? ' (whole case)' : ''}  ${line.role}  ${due}${done}${late}`;
    }
    case 'refused':
      return `refused   ${line.clause}  ${line.refused} ${line.event}  ${line.reason}; missing: ${line.missing.join(', ')}`;
    case 'gap':
      return `gap       ${line.clause}  ${line.gap}  ${[line.unit, line.role, line.from, line.to].filter(Boolean).join(' ')}`;
    case 'quota': {
      const counts = Object.entries(line.counts).map(([key, n]) => `${key} ${n} of ${line.targets[key] ?? 0}`);
      return `quota     ${line.clause}  ${line.from} to ${line.to}  ${line.unit ?? ''} ${line.state}: ${counts.join(', ')}`;
    }
    case 'score':
      return `score     ${line.clause}  ${line.unit} ${line.year}: ${line.points} points, base ${line.base}${line.veto ? ', vetoed' : ''}`;
    case 'form':
      return `form      ${line.clause}  ${line.form} ${line.number ?? ''} ${line.case ?? ''}  ${line.complete ? 'complete' : `missing: ${line.missing.join(', ')}`}`;
    case 'stages':
      return `stages    ${line.clause}  ${line.stages} ${line.case ?? ''}  reached: ${line.reached.map(r => r.mark).join(', ')}; open: ${line.open.join(', ')}`;
    case 'flag':
      return `flag      ${line.clause}  ${line.lint ?? line.flag}  ${where(line)} ${line.event ?? ''}  ${line.reason}`;
    case 'local':
      return `local     ${line.clause}  ${line.local} ${where(line)}  ${when(line.startedAt)} to ${when(line.dueAt)}: ${line.state}`;
    case 'measure':
      return `measure   ${line.measure}  ${where(line)}  ${line.seconds} s`;
    case 'count':
      return `count     ${line.count}  ${line.kind}: ${line.value}`;
    case 'account':
      return `account   ${line.account}  ${line.kind}  ${[line.clause, where(line), line.event].filter(Boolean).join(' ')}`;
    case 'declined':
      return `declined  ${line.declined}  ${line.case ?? ''}  ${line.reason}; instead: ${line.substitute}`;
  }
}

export const linesForPeople = (lines: readonly Line[]): string =>
  lines
    .map(
      line =>
        `${sentence(line)
          .replace(/ {2,}$/, '')
          .trimEnd()}\n`,
    )
    .join('');
