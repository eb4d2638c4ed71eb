/** Templates of an office: tags cut into runs by Word, rows repeated, unknown and unused fields named, nothing torn. */
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { fillTemplate, templateTags } from './template.ts';

const docx = (body: string): Uint8Array =>
  zipSync({ 'word/document.xml': strToU8(`<w:document><w:body>${body}</w:body></w:document>`), 'x.bin': strToU8('x') });
const p = (...runs: string[]): string =>
  `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>${runs.map(r => `<w:r><w:rPr><w:b/></w:rPr><w:t>${r}</w:t></w:r>`).join('')}</w:p>`;
const said = (bytes: Uint8Array): string[] =>
  [...strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array()).matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(m =>
    m[0].replaceAll('<w:br/>', '⏎').replaceAll(/<[^>]+>/g, ''),
  );
const fields = {
  values: { 编号: '〔2026〕1号', 题名: '处理单', 正文: '第一段\n第二段', 空: '' },
  rows: {
    经过: [
      { 时间: '9:00', 事项: '发现' },
      { 时间: '9:30', 事项: '<立案> & 交办' },
    ],
  },
};

test.each([
  // template                                   filled                                   why
  [p('编号：{{编号}}'), ['编号：〔2026〕1号'], 'a tag in one run'],
  [p('编号：{', '{编', '号}', '}。'), ['编号：〔2026〕1号。'], 'a tag that Word cut into four runs'],
  [p('{{编号}} {{题名}}{{编号}}'), ['〔2026〕1号 处理单〔2026〕1号'], 'several in one paragraph'],
  [p('{{正文}}'), ['第一段', '第二段'], 'alone in a paragraph: a paragraph a line'],
  [p('见{{正文}}'), ['见第一段⏎第二段'], 'beside words: a line break'],
  [p('｛｛ 题名 ｝｝'), ['处理单'], 'full-width marks, as an input method writes them'],
  [p('{{没有}}。'), ['。'], 'an unknown tag is left empty'],
  [
    `<w:tbl><w:tr>${p('时间')}</w:tr><w:tr>${p('{{经过.时间}}')}${p('{{经过.', '事项}}')}</w:tr></w:tbl>`,
    ['时间', '9:00', '发现', '9:30', '&lt;立案&gt; &amp; 交办'],
    'a row for each row',
  ],
])('%s', (body, expected, _why) => {
  expect(said(fillTemplate(docx(body), fields).bytes)).toEqual(expected);
});
test('unknown and unused fields are named, empty ones are not asked for', () => {
  const filled = fillTemplate(docx(p('{{编号}}{{没有}}')), fields);
  expect(filled.unknown).toEqual(['没有']);
  expect(filled.unused).toEqual(['题名', '正文', '经过']);
  expect(strFromU8(unzipSync(filled.bytes)['x.bin'] ?? new Uint8Array())).toBe('x');
});
test('tags are listed; what is no Word file is told', () => {
  expect(templateTags(docx(p('{{编号}}', '{{题', '名}}')))).toEqual({ tags: ['编号', '题名'] });
  expect(templateTags(strToU8('hello'))).toHaveProperty('problem');
  expect(templateTags(zipSync({ 'a.txt': strToU8('a') }))).toHaveProperty('problem');
  expect(templateTags(docx(p('{{编号}}')).slice(0, 60))).toHaveProperty('problem');
});
test('any value stands in the file as it was, and the file stays well formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), text => {
      const clean = text.replaceAll(/[\u0000-\u001f\ufffe\uffff]/g, '');
      const xml = strFromU8(
        unzipSync(fillTemplate(docx(p('甲{{编号}}乙')), { values: { 编号: clean }, rows: {} }).bytes)[
          'word/document.xml'
        ] ?? new Uint8Array(),
      );
      expect(xml.replaceAll(/<[^>]+>/g, '')).toBe(
        `甲${clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}乙`,
      );
    }),
  );
});
