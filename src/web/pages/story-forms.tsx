/** What a person does with a story. One key each where everything is proposed; every key is a visible button as well. */
import { DISMISSALS, type Proposed } from '#triage';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Token } from '../parts/small.tsx';
import type { StoryItem } from '../ports-triage.ts';
import { caseHeads, type CaseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { fieldLabel, valueLabel } from '../words/index.ts';
import { AboutFields } from './inbox-forms.tsx';
import type { StoryPane } from './story.tsx';
import { VOCABULARY } from '#core/log';

export interface Proposals {
  readonly matter?: Proposed;
  readonly unit?: Proposed & { readonly from: 'labels' | 'rule' };
  /** An open case that this looks like. */
  readonly like?: CaseHead;
}
type Given = (name: string) => readonly string[];

export const StoryForms: FC<{ visit: Visit; pane: StoryPane; items: readonly StoryItem[]; given: Given }> = ({
  visit,
  pane,
  items,
  given,
}) => {
  const { w, hall, user } = visit;
  const { view, proposals } = pane;
  const { story } = view;
  const action = `/inbox/${story.id}${pane.query}`;
  const open = caseHeads(hall, w).filter(c => c.closedAt === undefined);
  const target = open.find(c => c.key === story.caseId) ?? proposals.like;
  const originals = items.filter(i => i.sameOf === undefined);
  const waits = story.fresh > 0;
  if (!waits)
    return (
      <>
        <div class="bar acts">{originals.length > 1 ? <SplitLink visit={visit} /> : ''}</div>
        <MoreForms visit={visit} pane={pane} action={action} splittable={originals.length > 1} given={given} />
      </>
    );
  return (
    <>
      <div class="bar acts">
        {target ? (
          <button class="btn go" type="submit" form="tri" name="join" value={target.key} data-key="m">
            {w.joinInto(target.number)} {target.title.slice(0, 14)}
            <kbd>m</kbd>
          </button>
        ) : (
          <a class="btn" href="#join" data-key="m">
            {w.joinCase}
            <kbd>m</kbd>
          </a>
        )}
        <button class={target ? 'btn' : 'btn go'} type="submit" form="tri" name="do" value="open" data-key="o">
          {target ? w.openAlone : w.openCase}
          <kbd>o</kbd>
        </button>
        {originals.length > 1 ? <SplitLink visit={visit} /> : ''}
        <a class="btn" href="#dismiss-1" data-key="x">
          {w.dismiss}
          <kbd>x</kbd>
        </a>
      </div>
      {target ? (
        <p class="whyjoin">
          <b>
            {w.whyJoin}
            {w.colon}
          </b>
          {target.key === story.caseId ? w.goesOn : w.likeCase(target.title)}
          <a href={`/cases/${target.key}`}>{w.seeCase}</a>
        </p>
      ) : (
        ''
      )}
      <form id="tri" class="tri" method="post" action={action}>
        <Token csrf={user.session.csrf} />
        {pane.next === undefined ? '' : <input type="hidden" name="next" value={pane.next} />}
        <details class="pane" open={needsFields(pane, items, given)} id="judge">
          <summary>{w.judgeStory}</summary>
          <Proposal visit={visit} proposals={proposals} />
          <AboutFields
            visit={visit}
            given={name => (given(name).length > 0 ? given(name) : proposed(pane, items, name))}
          />
        </details>
        <details class="pane" id="dismiss" open={given('do')[0] === 'dismiss' || given('dismiss').length > 0}>
          <summary>{w.dismiss}</summary>
          <p class="note">
            {w.dismissPick}
            {w.stop}
            {w.dismissNote}
          </p>
          <div class="digits">
            {DISMISSALS.map((d, i) => (
              <button
                class="btn"
                type="submit"
                name="dismiss"
                value={d.key}
                data-digit={String(i + 1)}
                id={`dismiss-${i + 1}`}
                formnovalidate
              >
                <kbd>{i + 1}</kbd>
                {w.dismissals[d.key as keyof typeof w.dismissals].label}
              </button>
            ))}
          </div>
          <OwnReason visit={visit} given={given} />
        </details>
        <details class="pane" id="join" open={given('do')[0] === 'join'}>
          <summary>{w.joinCase}</summary>
          {open.length === 0 ? (
            <p class="note">{w.noOpenCase}</p>
          ) : (
            <>
              <div class="field">
                <label for="t-case">{w.chooseCase}</label>
                <select id="t-case" name="case">
                  {open.map(c => (
                    <option value={c.key} selected={c.key === (given('case')[0] ?? target?.key)}>
                      {c.number} {c.title}
                    </option>
                  ))}
                </select>
              </div>
              <button class="btn" type="submit" name="do" value="join">
                {w.joinCase}
              </button>
            </>
          )}
        </details>
      </form>
      <MoreForms visit={visit} pane={pane} action={action} splittable={originals.length > 1} given={given} />
    </>
  );
};

interface ProposedOf {
  readonly proposals: Proposals;
  readonly view: { readonly story: { readonly title: string } };
}
/** Without a proposal for the matter or the unit the form stands open, ready to be filled by digits. */
function needsFields(pane: StoryPane, items: readonly StoryItem[], given: Given): boolean {
  return (
    given('do').length > 0 ||
    proposed(pane, items, 'matter').length === 0 ||
    proposed(pane, items, 'concerns').length === 0
  );
}
export function proposed(pane: ProposedOf, items: readonly StoryItem[], name: string): readonly string[] {
  const { proposals, view } = pane;
  if (name === 'subject') return [(view.story.title || (items[0]?.text ?? '')).slice(0, 120)];
  if (name === 'matter') return proposals.matter ? [proposals.matter.value] : [];
  if (name === 'concerns') return proposals.unit ? [proposals.unit.value] : [];
  return [];
}

const Proposal: FC<{ visit: Visit; proposals: Proposals }> = ({ visit, proposals }) => {
  const { w, language, hall } = visit;
  const names = naming(hall, language);
  const { matter, unit } = proposals;
  const lines = [
    ...(matter ? [w.proposedBecause(valueLabel(language, 'matter', matter.value), matter.because.join('、'))] : []),
    ...(unit
      ? [
          unit.from === 'labels'
            ? w.proposedUnitLabels(names.unit(unit.value), unit.because.join('、'))
            : w.proposedUnitRule(names.unit(unit.value), unit.because.join('、')),
        ]
      : []),
  ];
  return lines.length === 0 ? (
    <></>
  ) : (
    <ul class="note proposals">
      {lines.map(l => (
        <li>{l}</li>
      ))}
    </ul>
  );
};

const OwnReason: FC<{ visit: Visit; given: Given }> = ({ visit, given }) => {
  const { w, language } = visit;
  return (
    <div class="two own">
      <div class="field">
        <label for="t-reason">{fieldLabel(language, 'reason')}</label>
        <select id="t-reason" name="dismiss-reason">
          {(VOCABULARY.get('finding.dismissed')?.byName.get('reason')?.values ?? []).map(v => (
            <option value={v} selected={given('dismiss-reason')[0] === v}>
              {valueLabel(language, 'reason', v)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="t-why">
          {w.dismissOwn}
          <span class="opt-t">{w.identityHint}</span>
        </label>
        <input id="t-why" name="why" value={given('why')[0] ?? ''} />
      </div>
      <button class="btn" type="submit" name="do" value="dismiss" formnovalidate>
        {w.dismiss}
      </button>
    </div>
  );
};

const SplitLink: FC<{ visit: Visit }> = ({ visit: { w } }) => (
  <a class="btn" href="#split-why" data-key="s">
    {w.splitOff}
    <kbd>s</kbd>
  </a>
);

const MoreForms: FC<{ visit: Visit; pane: StoryPane; action: string; splittable: boolean; given: Given }> = ({
  visit,
  pane,
  action,
  splittable,
  given,
}) => {
  const { w, user } = visit;
  return (
    <>
      {splittable ? (
        <form id="split-form" method="post" action={action}>
          <Token csrf={user.session.csrf} />
          <details class="pane" id="split" open={given('do')[0] === 'split'}>
            <summary>{w.splitTitle}</summary>
            <p class="note">{w.splitSays}</p>
            <div class="field">
              <label for="split-why">{w.splitReason}</label>
              <input id="split-why" name="why" value={given('do')[0] === 'split' ? (given('why')[0] ?? '') : ''} />
            </div>
            <button class="btn" type="submit" name="do" value="split">
              {w.splitDo}
            </button>
          </details>
        </form>
      ) : (
        ''
      )}
      {pane.siblings.length === 0 ? (
        ''
      ) : (
        <form method="post" action={action}>
          <Token csrf={user.session.csrf} />
          <details class="pane" id="merge" open={given('do')[0] === 'merge'}>
            <summary>{w.mergeTitle}</summary>
            <p class="note">{w.mergeSays}</p>
            <div class="two">
              <div class="field">
                <label for="m-with">{w.mergeWith}</label>
                <select id="m-with" name="with">
                  {pane.siblings.map(s => (
                    <option value={s.id} selected={given('with')[0] === s.id}>
                      {s.title.slice(0, 40)}
                    </option>
                  ))}
                </select>
              </div>
              <div class="field">
                <label for="m-why">{w.mergeReason}</label>
                <input id="m-why" name="why" value={given('do')[0] === 'merge' ? (given('why')[0] ?? '') : ''} />
              </div>
            </div>
            <button class="btn" type="submit" name="do" value="merge">
              {w.mergeDo}
            </button>
          </details>
        </form>
      )}
    </>
  );
};
