/** The regulation with its rules in the margin: left the text, right what the system does by it, and what it will not do. */
import { KIND_ZH, type NoteRule, type Passage, type Rule } from '#core/rulebook';
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause } from '../parts/small.tsx';
import { fullWidth, halfOf, headingText } from '../view/bilingual.ts';
import { naming } from '../view/naming.ts';
import { plainRule } from '../view/plain-rule.ts';
import { dayText } from '../view/times.ts';

/** One piece of the book: a paragraph of text and the blocks that stand under it. */
interface Part {
  readonly prose: readonly string[];
  readonly blocks: readonly Extract<Passage, { kind: 'block' }>[];
}
interface Article {
  readonly heading: string;
  readonly line: number;
  readonly parts: readonly Part[];
}

function articlesOf(passages: readonly Passage[]): readonly Article[] {
  const articles: {
    heading: string;
    line: number;
    parts: { prose: string[]; blocks: Extract<Passage, { kind: 'block' }>[] }[];
  }[] = [];
  for (const p of passages) {
    if (p.kind === 'heading') {
      articles.push({ heading: p.text, line: p.line, parts: [] });
      continue;
    }
    let article = articles.at(-1);
    if (!article) articles.push((article = { heading: '', line: 0, parts: [] }));
    const last = article.parts.at(-1);
    if (p.kind === 'prose') {
      if (last && last.blocks.length === 0) last.prose.push(p.text);
      else article.parts.push({ prose: [p.text], blocks: [] });
    } else if (last) last.blocks.push(p);
    else article.parts.push({ prose: [], blocks: [p] });
  }
  // Names used below are no part of the text.
  const isText = (p: Part): boolean =>
    p.prose.length > 0 || p.blocks.some(b => b.rule !== undefined && b.rule.kind !== 'terms');
  return articles.map(a => ({ ...a, parts: a.parts.filter(isText) })).filter(a => a.parts.length > 0);
}
const CHINESE = /[\u3400-\u9fff]/;

export const Rules: FC<{ visit: Visit; counts: Counts }> = ({ visit, counts }) => {
  const { hall, w, language } = visit;
  const { rulebook } = hall;
  const articles = articlesOf(rulebook.passages);
  const clauseKinds = rulebook.clauses.map(c => c.kinds);
  const declined = clauseKinds.filter(k => k.includes('declined')).length;
  const human = clauseKinds.filter(k => k.every(x => x === 'human' || x === 'note')).length;
  const open = rulebook.rules.filter(r => r.kind === 'note' && r.decidedBy === 'open').length;
  const id = (a: Article): string => `art-${a.line}`;
  return (
    <Page visit={visit} tab="rules" title={rulebook.title[language]} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            {w.rulesSub({ inForce: dayText(language, rulebook.inForce, hall.now), version: rulebook.version })}
          </p>
          <h1>{rulebook.title[language]}</h1>
        </div>
      </div>
      <p class="checks sec sheet pad">
        <b>
          {w.rulesChecks({
            clauses: rulebook.clauses.length,
            executed: rulebook.clauses.length - human - declined,
            human,
          })}
        </b>
        <span>{w.rulesOpen(open)}</span>
        <span>{w.rulesDeclined(declined)}</span>
        <span>{w.rulesLeftRight}</span>
      </p>
      <div class="book">
        <nav class="toc" aria-label={w.toc}>
          <ol>
            {articles.map(a => (
              <li>
                <a href={`#${id(a)}`}>{headingText(language, a.heading)}</a>
              </li>
            ))}
          </ol>
        </nav>
        <div class="law">
          {articles.map(a =>
            a.parts.map((part, i) => {
              const no = part.blocks.some(b => b.rule?.kind === 'declined');
              const ids = [...new Set(part.blocks.flatMap(b => b.rule?.clauses ?? []))];
              const notes = part.blocks.flatMap(b => (b.rule?.kind === 'note' ? [b.rule] : []));
              return (
                <section class={no ? 'art no' : 'art'} {...(i === 0 ? { id: id(a) } : {})}>
                  <div class="lawtext">
                    {i === 0 && a.heading !== '' ? <h2>{headingText(language, a.heading)}</h2> : ''}
                    {part.prose
                      .flatMap(text => text.split('\n'))
                      .map(line =>
                        CHINESE.test(line) ? (
                          <p lang="zh">{fullWidth(line)}</p>
                        ) : (
                          <p class="en" lang="en">
                            {line}
                          </p>
                        ),
                      )}
                    {notes.map(n => (
                      <Note visit={visit} note={n} />
                    ))}
                  </div>
                  <div class="rule">
                    {ids.map(x => (
                      <span id={x}></span>
                    ))}
                    {part.blocks
                      .filter(b => b.rule && b.rule.kind !== 'note' && b.rule.kind !== 'terms')
                      .map(b => (
                        <Margin visit={visit} rule={b.rule as Rule} source={b.source} />
                      ))}
                  </div>
                </section>
              );
            }),
          )}
        </div>
      </div>
    </Page>
  );
};

const Note: FC<{ visit: Visit; note: NoteRule }> = ({ visit, note }) => {
  const { w, language, hall } = visit;
  const open = note.decidedBy === 'open';
  return (
    <div class="read-q">
      <p class="rh">
        <span class={open ? 'tag acc' : 'tag'}>{open ? w.openReading : w.settledReading}</span>
        {note.clauses.map(c => (
          <span class="code">{c}</span>
        ))}
      </p>
      <p class="plain">
        <b>{halfOf(language, note.question)}</b>
      </p>
      <dl class="kv">
        <dt>{w.readingNow}</dt>
        <dd>{halfOf(language, note.reading)}</dd>
        {note.alternatives.length === 0 ? (
          ''
        ) : (
          <>
            <dt>{w.alternativesWord}</dt>
            <dd>{note.alternatives.map(a => halfOf(language, a)).join(w.and)}</dd>
          </>
        )}
        {open ? (
          ''
        ) : (
          <>
            <dt>{w.decidedByWord}</dt>
            <dd>{naming(hall, language).key(note.decidedBy)}</dd>
          </>
        )}
      </dl>
    </div>
  );
};

const Margin: FC<{ visit: Visit; rule: Rule; source: string }> = ({ visit, rule, source }): Child => {
  const { w, language, hall } = visit;
  const names = naming(hall, language);
  return (
    <div class="rc">
      <p class="rh">
        <span class="tag">
          {rule.kind === 'declined' ? w.declinedTag : language === 'zh' ? KIND_ZH[rule.kind] : rule.kind}
        </span>
        {rule.clauses.map(c => (
          <Clause clause={names.clause(c)} />
        ))}
      </p>
      {rule.kind === 'declined' ? (
        <>
          <p class="plain">
            <b>{w.declinedSays}</b>
          </p>
          <dl class="kv">
            <dt>{w.whyWord}</dt>
            <dd>{halfOf(language, rule.why)}</dd>
            <dt>{w.insteadWord}</dt>
            <dd>{halfOf(language, rule.instead)}</dd>
            <dt>{w.askedWord}</dt>
            <dd>{w.askedSays}</dd>
          </dl>
        </>
      ) : (
        <p class="plain">{plainRule(hall, w, language, names, rule)}</p>
      )}
      <details>
        <summary>{w.ruleAsIs}</summary>
        <pre class="code" tabindex={0}>
          {source}
        </pre>
      </details>
    </div>
  );
};
