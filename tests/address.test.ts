/** The judgement of addresses against public lists of tricks, and robots.txt against public cases. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { addressProblem, judgeUrl } from '#core/address';
import { mayFetch } from '#watch';
import { NO_SHARED_FILES, sharedPath } from './shared-files.ts';

describe('an address', () => {
  test.each([
    ['8.8.8.8', undefined],
    ['10.1.2.3', 'private address'],
    ['100.64.0.1', 'carrier-NAT address'],
    ['127.0.0.1', 'loopback address'],
    ['169.254.169.254', 'link-local address'],
    ['172.31.255.255', 'private address'],
    ['172.32.0.1', undefined],
    ['::1', 'loopback address'],
    ['::ffff:10.0.0.1', 'private address inside an IPv6 address'],
    ['64:ff9b::7f00:1', 'loopback address inside an IPv6 address'],
    ['2002:7f00:1::', 'loopback address inside an IPv6 address'],
    ['fd00::1', 'private address'],
    ['fe80::1%eth0', 'link-local address'],
    ['2606:4700::1111', undefined],
    ['4000::1', 'reserved address'],
    ['localhost', 'no address'],
  ])('%s: %s', (text, problem) => expect(addressProblem(text)).toBe(problem));
});

describe('a URL', () => {
  test.each([
    ['https://example.cn/a', true],
    ['http://2130706433/', false],
    ['http://0x7f.1/', false],
    ['http://[::ffff:127.0.0.1]/', false],
    ['http://127.1/', false],
    ['http://①②⑦.⓪.⓪.①/', false],
    ['http://user@example.cn/', false],
    ['ftp://example.cn/', false],
    ['http://example.cn:22/', false],
    ['http://localhost./', false],
    ['http://intranet/', false],
    ['http://a.internal/', false],
    ['file:///etc/passwd', false],
    ['http:\\\\example.cn', false],
  ])('%s may be fetched: %s', (url, allowed) => expect(judgeUrl(url).allowed).toBe(allowed));

  test('a host named in the settings may be inside', () => {
    expect(judgeUrl('http://127.0.0.1:9999/feed', { allowHosts: ['127.0.0.1:9999'] }).allowed).toBe(true);
  });
});

test('every published trick to reach inside is refused', context => {
  const file = sharedPath('data/security/ssrf/ssrf_bypass.jsonl');
  if (!file) return context.skip(NO_SHARED_FILES);
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as { url: string; expect: string });
  const inside = rows.filter(r => r.expect === 'block' || r.expect === 'reject_scheme');
  expect(inside.length).toBeGreaterThan(50);
  expect(inside.filter(r => judgeUrl(r.url).allowed)).toEqual([]);
});

test('robots.txt is read as RFC 9309 says, in every case that it requires', context => {
  const file = sharedPath('data/robots/google_robotstxt_cases.jsonl');
  if (!file) return context.skip(NO_SHARED_FILES);
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as { test: string; robots: string; agent: string; url: string; allowed: boolean });
  const required = rows.filter(r => !r.test.startsWith('GoogleOnly_'));
  expect(required.length).toBeGreaterThan(25);
  expect(required.filter(r => mayFetch(r.robots, r.agent, r.url) !== r.allowed)).toEqual([]);
});
