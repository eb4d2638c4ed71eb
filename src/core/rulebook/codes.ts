/** Every code a rulebook can earn, with what it means and the harm it does. Codes are stable; the handbook page is printed from here. */
import type { Severity } from './types.ts';

export interface CodeEntry {
  readonly severity: Severity;
  readonly title: string;
  /** Number in the list of static checks, where it is one of them. */
  readonly check?: string;
  /** What would happen to people. */
  readonly harm: string;
}
const e = (title: string, harm: string, check?: string, severity: Severity = 'error'): CodeEntry => ({
  severity,
  title,
  harm,
  ...(check ? { check } : {}),
});

export const CODES = {
  'HY-R1': e('the file cannot be read as a rulebook', 'nothing of the regulation would be held'),
  'HY-R2': e('unknown key', 'the line would be ignored and nobody would notice', '42'),
  'HY-R3': e('a required key is missing', 'the rule would not know what to do'),
  'HY-R4': e('a value of the wrong form', 'the rule would not mean what the text says'),
  'HY-R5': e('a key stands twice', 'one of the two would be lost in silence', '42'),
  'HY-R6': e('misspelt kind of block', 'the whole rule would be read as a picture of code', '41'),
  'HY-R7': e('reference to nothing', 'the rule that points there would never act', '5'),
  'HY-R8': e(
    'a clause without a block, or a block without a clause',
    'nobody would see that the clause is not held',
    '1',
  ),
  'HY-R9': e('a duty without limit word, bearer or anchor', 'nobody would owe it, or for ever', '8'),
  'HY-R10': e('a trigger that nothing emits', 'the duty would never start', '10'),
  'HY-R11': e(
    'a figure in the prose differs from the figure in the rule',
    'people would be held to a limit the text does not have',
    '4',
  ),
  'HY-R12': e(
    'an act on a post or a speaker, or a grade outside its place',
    'the product would act on what people say',
    '36',
  ),
  'HY-R13': e('declined without a lawful substitute', 'the order would be refused and nothing offered instead', '46'),
  'HY-R14': e(
    'a scale with overlap, gap, dead row or unknown value',
    'two officers would grade the same matter differently',
    '26',
  ),
  'HY-R15': e('circular reference', 'the rules would wait for each other for ever', '34'),
  'HY-R16': e(
    'an approval chain longer than its limit',
    'the answer would be late although everybody was on time',
    '19',
  ),
  'HY-R17': e('a unit that is missing, mixed, or not of this version', 'the due time would be a guess', '16'),
  'HY-R18': e('reserved for version 1.1', 'it would look as if it were held', '18'),
  'HY-R19': e('a role, capacity or unit without holder', 'nobody could sign or do it', '9'),
  'HY-R20': e('a duty that its bearer cannot discharge', 'it would stay open whatever they do', '11'),
  'HY-R21': e('an open word used as a computed test', 'a machine would decide what only people can judge', '7'),
  'HY-R22': e('two limits for one act without a group', 'nobody could say which one holds', '33'),
  'HY-R23': e('a per-unit duty that no unit can have', 'it would never be owed', '45'),
  'HY-R24': e('a gap filled without a note', 'a reading of ours would pass for the text', '44'),
  'HY-R25': e('an approval bound to no document', 'a signature would stand for any text', '47'),
  'HY-R26': e('a soft word with a figure, or a local target not labelled', 'a wish would be counted as a breach', '43'),
  'HY-R27': e('an identity field', 'a private person would be kept in a form', '37'),
  'HY-R28': e('a switch without both readings', 'one of the two settings would do nothing', '50'),
  'HY-R29': e(
    'a quota that counts what a ledger excludes',
    'pieces would be counted that the text does not count',
    '49',
  ),
  'HY-R30': e('a duty that stays open after its case is closed', 'it could be forgotten for good', '15', 'warning'),
  'HY-R31': e('a clock that starts at an act of the one who owes', 'the debtor could put it off', '51', 'warning'),
  'HY-R32': e(
    'a limit looser than the parent rulebook has',
    'the institution would break the rule above it',
    '20',
    'warning',
  ),
  'HY-R33': e('a late duty without consequence', 'only a reason is asked for', '12', 'note'),
  'HY-R34': e('versions that overlap or leave a hole', 'for some days two rules or none would hold', '6'),
  'HY-R35': e('full-width punctuation read as half-width', 'nothing; it is read as meant', undefined, 'note'),
  'HY-R36': e('not judged without a setup', 'the check needs holders, rosters or allowances', undefined, 'note'),
  'HY-R37': e('the drafter is the only approver', 'four eyes would be two', '35', 'warning'),
  'HY-R38': e('a grade that no duty or route uses', 'the grade would change nothing', '31', 'warning'),
  'HY-R39': e('a higher grade slower than a lower one', 'the more serious matter would wait longer', '20', 'warning'),
  'HY-R40': e(
    'clock duties without a rest-day roster',
    'nobody would be there when the clock runs at night',
    '25',
    'note',
  ),
} as const satisfies Readonly<Record<string, CodeEntry>>;
export type Code = keyof typeof CODES;
