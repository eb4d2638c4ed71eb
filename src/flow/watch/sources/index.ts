/** Every kind of source there is, and the judgement that stands before any of them is asked. */
import { privatePage } from '../private-pages.ts';
import type { SettingProblem, SourceKind, SourceSettings } from '../source-kind.ts';
import { SOURCE_KINDS as WRITTEN } from './index.generated.ts';

/** A short address may have led to somebody's page: where it ended is judged again before anything is read. */
const guarded = (kind: SourceKind): SourceKind =>
  kind.way === 'fetched'
    ? {
        ...kind,
        read: (response, settings, state) => {
          const led = privatePage(response.url, kind.refuses);
          return led ? { ok: false, problem: led.en } : kind.read(response, settings, state);
        },
      }
    : kind;
export const SOURCE_KINDS: readonly SourceKind[] = WRITTEN.map(guarded);
export const sourceKind = (kind: string): SourceKind | undefined => SOURCE_KINDS.find(k => k.kind === kind);

/** Why a source cannot be as it is set: what is missing, what is no address, what is a person. All at once. */
export function judgeSource(kind: SourceKind, settings: SourceSettings): readonly SettingProblem[] {
  const problems: SettingProblem[] = [];
  for (const { name, label, needed } of kind.settings)
    if (needed && (settings[name] ?? '').trim() === '')
      problems.push({ setting: name, says: { zh: `没有写“${label.zh}”`, en: `"${label.en}" is missing` } });
  for (const [setting, value] of Object.entries(settings)) {
    const why = privatePage(value, kind.refuses);
    if (why) problems.push({ setting, says: why });
  }
  const url = settings['url'];
  if (url !== undefined && url !== '' && !/^https?:\/\/[^\s/]+/i.test(url))
    problems.push({
      setting: 'url',
      says: {
        zh: `“${url.slice(0, 80)}”不是以 http:// 或 https:// 开头的地址`,
        en: `"${url.slice(0, 80)}" is no address that begins with http:// or https://`,
      },
    });
  return [...problems, ...(kind.judge?.(settings) ?? [])];
}
