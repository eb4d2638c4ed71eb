/**
 * Makes calendars/cn-<year>.json from a holiday list (one JSON object a line: date, name, isOffDay, paperYear) and a map
 * of year to notices: node scripts/calendars.ts <days.jsonl> <papers.json>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readTable } from '#core/calendar';

const [daysFile, papersFile] = process.argv.slice(2);
if (!daysFile || !papersFile) {
  process.stderr.write('usage: node scripts/calendars.ts <days.jsonl> <papers.json>\n');
  process.exit(2);
}
interface Day {
  readonly date: string;
  readonly name: string;
  readonly isOffDay: boolean;
  readonly paperYear: number;
}
const days = readFileSync(daysFile, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(line => JSON.parse(line) as Day);
const papers = JSON.parse(readFileSync(papersFile, 'utf8')) as Record<string, string[]>;
for (const [year, notices] of Object.entries(papers)) {
  const own = days
    .filter(d => d.paperYear === Number(year))
    .map(({ date, name, isOffDay }) => ({ date, name, isOffDay }));
  if (own.length === 0 || notices.length === 0) continue; // a year whose notice is not out yet has no table
  const table = { year: Number(year), papers: notices, days: own };
  const checked = readTable(table);
  if ('problems' in checked) throw new Error(`${year}: ${checked.problems.join('; ')}`);
  const lines = own.map(d => `    ${JSON.stringify(d)}`).join(',\n');
  const text = `{\n  "year": ${year},\n  "papers": ${JSON.stringify(notices)},\n  "days": [\n${lines}\n  ]\n}\n`;
  writeFileSync(fileURLToPath(new URL(`../calendars/cn-${year}.json`, import.meta.url)), text);
}
