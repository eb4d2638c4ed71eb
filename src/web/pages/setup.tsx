/** Founding one's own institution: name, regulation, units, the first administrator. One page, one form. */
import type { FC } from 'hono/jsx';
import type { Ask } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { Shell, Strips } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import type { RulebookChoice } from '../ports.ts';

export const Setup: FC<{
  c: Ask;
  csrf: string;
  choices: readonly RulebookChoice[];
  chosen: RulebookChoice;
  leaving: boolean;
  given: (name: string) => string;
  problems: readonly string[];
}> = props => {
  const { c, csrf, choices, chosen, leaving, given, problems } = props;
  const w = c.get('w');
  const language = c.get('language');
  const units = chosen.template.setup.units
    .map(u => `${u.key} ${u.kind} ${chosen.template.names[u.key]?.zh ?? u.key}`)
    .join('\n');
  const hours = chosen.template.setup.officeHours.map(h => `${h.opens}-${h.closes}`).join(',');
  return (
    <Shell c={c} title={w.setupTitle}>
      <Strips c={c} example={leaving} />
      <div class="door wide">
        <main id="main">
          <div class="plate">
            <p class="brand">
              <Hui brand />
              {w.product}
            </p>
            <h1>{w.setupTitle}</h1>
            <NotSaved w={w} why={problems} />
            <form method="get" action="/setup">
              <fieldset class="opts">
                <legend>{w.setupRulebook}</legend>
                <div class="choices">
                  {choices.map(r => (
                    <label class="choice">
                      <input type="radio" name="rulebook" value={r.folder} checked={r.folder === chosen.folder} />
                      <span>
                        <b>{r.title[language]}</b>
                        <span class="note">{r.folder === 'blank' ? w.setupBlank : r.institution}</span>
                      </span>
                    </label>
                  ))}
                </div>
              </fieldset>
              <button class="btn" type="submit">
                {w.setupChoose}
              </button>
            </form>
            <hr />
            <form method="post" action="/setup">
              <Token csrf={csrf} />
              <input type="hidden" name="rulebook" value={chosen.folder} />
              <p class="note">
                {w.setupRulebook}
                {w.colon}
                <b>{chosen.title[language]}</b>
              </p>
              <div class="two">
                <div class="field">
                  <label for="z-name">{w.setupName}</label>
                  <input id="z-name" name="name" required value={given('name')} />
                </div>
                <div class="field">
                  <label for="z-en">
                    {w.setupNameEn}
                    <span class="opt-t">{w.optional}</span>
                  </label>
                  <input id="z-en" name="nameEn" value={given('nameEn')} />
                </div>
              </div>
              <div class="field">
                <label for="z-hours">{w.setupHours}</label>
                <span class="hint">{w.setupHoursHint}</span>
                <input id="z-hours" name="hours" required value={given('hours') || hours} />
              </div>
              <div class="field">
                <label for="z-units">{w.setupUnits}</label>
                <span class="hint">{w.setupUnitsHint}</span>
                <textarea id="z-units" name="units" required rows={8}>
                  {given('units') || units}
                </textarea>
              </div>
              <div class="three">
                <div class="field">
                  <label for="z-code">{w.personCode}</label>
                  <span class="hint">{w.codeHint}</span>
                  <input id="z-code" name="code" required value={given('code') || 'A001'} />
                </div>
                <div class="field">
                  <label for="z-person">{`${w.setupAdmin} ${w.personName}`}</label>
                  <span class="hint">&nbsp;</span>
                  <input id="z-person" name="person" required value={given('person')} />
                </div>
                <div class="field">
                  <label for="z-login">{w.loginName}</label>
                  <span class="hint">&nbsp;</span>
                  <input id="z-login" name="login" required value={given('login') || 'admin'} />
                </div>
              </div>
              <div class="two">
                <div class="field">
                  <label for="z-pass">{w.newPassword}</label>
                  <span class="hint">{w.passwordHint}</span>
                  <input
                    id="z-pass"
                    name="wanted"
                    type="password"
                    autocomplete="new-password"
                    required
                    minlength={10}
                  />
                </div>
                <div class="field">
                  <label for="z-again">{w.newPasswordAgain}</label>
                  <span class="hint">&nbsp;</span>
                  <input
                    id="z-again"
                    name="again"
                    type="password"
                    autocomplete="new-password"
                    required
                    minlength={10}
                  />
                </div>
              </div>
              {leaving ? <p class="note">{w.setupLeaves}</p> : ''}
              <button class="btn go" type="submit">
                {w.setupCreate}
              </button>
            </form>
          </div>
        </main>
      </div>
    </Shell>
  );
};
