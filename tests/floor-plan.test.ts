/** Who may import whom (ARCHITECTURE.md). A wrong import fails with file, line and what is allowed. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const aliases = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { imports: Record<string, string> })
  .imports;

/** Room → rooms of ours it may import. `core` stands for every room below it. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'core/calendar': [],
  'core/address': [],
  'core/text': [],
  'core/paper': [],
  'core/log': [],
  'core/rulebook': ['core/calendar'],
  'core/obligations': ['core'],
  flow: ['core'],
  io: ['core'],
  web: ['core', 'flow'],
  cli: ['core', 'flow'],
};
/** Files that plug rooms together and may import everything. They hold no rule. */
const PLUGS = [/^src\/main\.ts$/, /^src\/start(\.ts|\/)/, /^tests\//, /^scripts\//, /^bench\//];
/** The world outside: which `node:` modules and packages the pure rooms may use at all. */
const PURE_MAY_USE: Readonly<Record<string, RegExp>> = {
  'core/rulebook': /^yaml$/,
  'core/log/digest.ts': /^node:crypto$/,
  'core/log/ed25519.ts': /^node:crypto$/,
  'core/log/verify/digest.ts': /^node:crypto$/,
  'core/log/verify/ed25519.ts': /^node:crypto$/,
};
/** The one door to the network, and the two rooms that speak to peers of the institution's own choosing. */
const NETWORK = /^(node:(http|https|http2|net|tls|dgram|dns)(\/|$)|undici$|nodemailer$|imapflow$)/;
const MAY_USE_NETWORK = [
  /^src\/io\/fetch\//,
  /^src\/io\/notify\//,
  /^src\/io\/mailbox\//, // read-only, on the address the door's own judgement allows
  /^src\/io\/store\//,
  /^src\/cli\/commands\/may-fetch\.ts$/, // only names, only with --resolve
  /^src\/start/,
  /^src\/web\/server/,
];

const roomOf = (file: string): string | undefined => {
  const path = relative(join(root, 'src'), file).replaceAll('\\', '/');
  if (path.startsWith('..')) return undefined;
  const [first, second] = path.split('/');
  if (first === 'core' || first === 'flow') return `${first}/${second}`;
  return first === 'io' || first === 'web' || first === 'cli' ? first : undefined;
};
const rule = (room: string): readonly string[] => ROOMS[room] ?? ROOMS[room.split('/')[0] ?? ''] ?? [];

function resolveOurs(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return resolve(dirname(from), specifier);
  if (!specifier.startsWith('#')) return undefined;
  const exact = aliases[specifier];
  if (exact) return join(root, exact);
  for (const [pattern, target] of Object.entries(aliases)) {
    const [head = '', tail = ''] = pattern.split('*');
    if (pattern.includes('*') && specifier.startsWith(head) && specifier.endsWith(tail))
      return join(root, target.replace('*', specifier.slice(head.length, specifier.length - tail.length)));
  }
  return undefined;
}

interface Import {
  readonly specifier: string;
  readonly line: number;
}
function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const { module } = parseSync(file, text);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  return [
    ...module.staticImports.map(i => ({ specifier: i.moduleRequest.value, line: lineAt(i.start) })),
    ...module.staticExports.flatMap(e =>
      e.entries.flatMap(x => (x.moduleRequest ? [{ specifier: x.moduleRequest.value, line: lineAt(e.start) }] : [])),
    ),
    ...module.dynamicImports.flatMap(i => {
      const quoted = /^['"](.+)['"]$/.exec(text.slice(i.moduleRequest.start, i.moduleRequest.end));
      return quoted?.[1] ? [{ specifier: quoted[1], line: lineAt(i.start) }] : [];
    }),
  ];
}

/** Every breach of the floor plan in one file, as sentences. */
function breaches(file: string): string[] {
  const path = relative(root, file).replaceAll('\\', '/');
  const room = roomOf(file);
  const isTest = /\.test\.tsx?$/.test(path) || path.includes('/fixtures/');
  if (!room || isTest || PLUGS.some(p => p.test(path))) return [];
  const allowed = rule(room);
  const found: string[] = [];
  for (const { specifier, line } of importsOf(file)) {
    const target = resolveOurs(file, specifier);
    if (target === undefined) {
      const pure = room.startsWith('core/');
      if (pure && !(PURE_MAY_USE[path.replace('src/', '')] ?? PURE_MAY_USE[room])?.test(specifier))
        found.push(`${path}:${line}  ${room} may not import "${specifier}": the rules are pure`);
      if (NETWORK.test(specifier) && !MAY_USE_NETWORK.some(p => p.test(path)))
        found.push(`${path}:${line}  only the door (io/fetch) may use the network ("${specifier}")`);
      continue;
    }
    const other = roomOf(target);
    if (other === room || (other === undefined && !existsSync(target))) continue;
    const may = other !== undefined && allowed.some(a => other === a || other.startsWith(`${a}/`));
    if (!may)
      found.push(
        `${path}:${line}  ${room} may not import ${other ?? relative(root, target)} ("${specifier}"). Allowed: ${allowed.join(', ') || 'nothing of ours'}.`,
      );
    else if (specifier.startsWith('.'))
      found.push(`${path}:${line}  import another room by its subpath (#…), not "${specifier}"`);
  }
  return found;
}

const sources = globSync('src/**/*.{ts,tsx}', { cwd: root }).map(f => join(root, f));

test('every import keeps to the floor plan', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.flatMap(breaches)).toEqual([]);
});

test('nothing reaches the network past the door by what needs no import', () => {
  // Scripts of the pages run in browsers and speak to the desk only; the content policy holds them to it.
  const past =
    /(?<![.\w])(?:fetch|globalThis\.fetch)\(|new (?:WebSocket|EventSource|XMLHttpRequest)\(|navigator\.sendBeacon/;
  const found = sources
    .filter(f => !f.includes(join('src', 'web', 'client')) && !/\.test\.tsx?$/.test(f))
    .flatMap(f =>
      readFileSync(f, 'utf8')
        .split('\n')
        .flatMap((text, i) =>
          past.test(text) && !/^\s*(\*|\/\/)|(async )?fetch\(asked\) \{/.test(text)
            ? [`${relative(root, f)}:${i + 1}  ${text.trim()}`]
            : [],
        ),
    );
  expect(found).toEqual([]);
});

test('the rules read no clock and no chance', () => {
  const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|process\.(env|cwd)|performance\.now\(/;
  const found = sources
    .filter(f => f.includes(`${join('src', 'core')}`) || f.includes(join('src', 'flow')))
    .filter(f => !/\.test\.tsx?$/.test(f))
    .flatMap(f =>
      readFileSync(f, 'utf8')
        .split('\n')
        .flatMap((text, i) => (impure.test(text) ? [`${relative(root, f)}:${i + 1}  ${text.trim()}`] : [])),
    );
  expect(found).toEqual([]);
});

test('the wall clock is read in one file of io', () => {
  const found = sources
    .filter(f => f.includes(join('src', 'io')) && !f.includes(join('io', 'clock')) && !/\.test\.tsx?$/.test(f))
    .flatMap(f => (/\bDate\.now\(|new Date\(\)/.test(readFileSync(f, 'utf8')) ? [relative(root, f)] : []));
  expect(found).toEqual([]);
});

test('no drawer for odds and ends', () => {
  const drawers = /(^|\/)(utils?|helpers?|common|lib|misc|shared)(\.tsx?$|\/)/;
  expect(sources.map(f => relative(root, f)).filter(f => drawers.test(f))).toEqual([]);
});
