/** Pages in front of the door: sign-in, the change of a password, errors. */
import type { Child, FC } from 'hono/jsx';
import type { Ask } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { Shell, Strips } from '../parts/layout.tsx';
import { Token } from '../parts/small.tsx';
import { MIN_LENGTH } from '../passwords.ts';

export const SignIn: FC<{
  c: Ask;
  csrf: string;
  example: boolean;
  institution: string;
  login?: string;
  problem?: string;
  ended?: boolean;
  ways: readonly { readonly key: string; readonly title: string }[];
  /** A page to go on to. */
  to: string;
}> = props => {
  const { c, csrf, example, institution, login, problem, ended, ways, to } = props;
  const onTo = to === '' ? '' : `?to=${encodeURIComponent(to)}`;
  const w = c.get('w');
  return (
    <Shell c={c} title={w.signIn}>
      <Strips c={c} example={example} />
      <div class="door">
        <main id="main">
          <div class="plate">
            <p class="brand">
              <Hui brand />
              {w.product}
            </p>
            <h1>{institution}</h1>
            {ended ? <p class="note">{w.sessionEnded}</p> : ''}
            <form method="post" action={`/sign-in${onTo}`}>
              <Token csrf={csrf} />
              <div class={problem === undefined ? 'field' : 'field bad'}>
                <label for="login">{w.loginName}</label>
                {problem === undefined ? (
                  ''
                ) : (
                  <span class="err" role="alert">
                    {problem}
                  </span>
                )}
                <input id="login" name="login" autocomplete="username" required value={login ?? ''} autofocus />
              </div>
              <div class="field">
                <label for="password">{w.password}</label>
                <input id="password" name="password" type="password" autocomplete="current-password" required />
              </div>
              <button class="btn go" type="submit">
                {w.signIn}
              </button>
            </form>
            {ways.map(way => (
              <a class="btn sec" href={`/sign-in/with/${way.key}${onTo}`}>
                {w.wayGo(way.title)}
              </a>
            ))}
          </div>
          <p class="below">
            <a href="/answers">{w.signInPublic}</a>
            <a href={`/sign-in?lang=${c.get('language') === 'zh' ? 'en' : 'zh'}`}>{w.otherLanguage}</a>
          </p>
        </main>
      </div>
    </Shell>
  );
};

type PasswordField = 'old' | 'wanted' | 'again';
export const ChangePassword: FC<{
  c: Ask;
  csrf: string;
  login: string;
  forced: boolean;
  /** At the field it is about: the others are typed again anyway. */
  problem?: { readonly at: PasswordField; readonly says: string };
}> = ({ c, csrf, login, forced, problem }) => {
  const w = c.get('w');
  const field = (name: PasswordField, label: string, hint = ''): Child => (
    <div class={problem?.at === name ? 'field bad' : 'field'}>
      <label for={name}>{label}</label>
      {hint === '' ? '' : <span class="hint">{hint}</span>}
      {problem?.at === name ? (
        <span class="err" role="alert">
          {problem.says}
        </span>
      ) : (
        ''
      )}
      <input
        id={name}
        name={name}
        type="password"
        autocomplete={name === 'old' ? 'current-password' : 'new-password'}
        required
        {...(name === 'old' ? { autofocus: true } : { minlength: MIN_LENGTH })}
      />
    </div>
  );
  return (
    <Shell c={c} title={w.changePassword}>
      <div class="door">
        <main id="main">
          <div class="plate">
            <h1>{forced ? w.passwordFirst : w.changePassword}</h1>
            <form method="post" action="/password">
              <Token csrf={csrf} />
              <input type="hidden" name="username" value={login} autocomplete="username" />
              {field('old', w.passwordOld)}
              {field('wanted', w.newPassword, w.passwordHint)}
              {field('again', w.newPasswordAgain)}
              <button class="btn go" type="submit">
                {w.save}
              </button>
            </form>
          </div>
        </main>
      </div>
    </Shell>
  );
};

export const Notice: FC<{ c: Ask; title: string; says: string; detail?: string }> = ({ c, title, says, detail }) => {
  const w = c.get('w');
  return (
    <Shell c={c} title={title}>
      <div class="door">
        <main id="main">
          <div class="plate">
            <p class="brand">
              <Hui brand look="void" />
              {w.product}
            </p>
            <h1>{title}</h1>
            <p>{says}</p>
            {detail === undefined ? '' : <p class="note code">{detail}</p>}
          </div>
          <p class="below">
            <a href="/desk">{w.backDesk}</a>
            <a href="/answers">{w.publicAnswers}</a>
          </p>
        </main>
      </div>
    </Shell>
  );
};
