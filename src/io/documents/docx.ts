/**
 * A paper as a Word file, laid out as GB/T 9704-2012 prescribes: A4, 22 lines of 28 characters in 16-point 仿宋, title in
 * 22-point 小标宋, headings in 黑体, page numbers outside with a dash on each side. One layout for every kind of paper.
 */
import type { Paper, PaperBlock } from '#core/paper';
import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  Header,
  HorizontalPositionRelativeFrom,
  ImageRun,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  TextWrappingType,
  VerticalAlignTable,
  VerticalPositionRelativeFrom,
  WidthType,
} from 'docx';

export interface Look {
  /** Whose name stands in red above the number of a letter; absent = no red head. */
  readonly redHead?: string;
  /** A PNG that rides on issuer and date; absent = no seal. */
  readonly seal?: Uint8Array;
}
/** Twentieths of a point. 156 mm of type area. */
const MM = 56.6929;
const WIDTH = Math.round(156 * MM);
/** 225 mm / 22 lines. */
const LINE = 578;
const SIZE = 32;
const SMALL = 28;
const mm = (n: number): number => Math.round(n * MM);
/** GB/T 9704 for what goes out; a sheet is a form to be filled and stays on one page where it can. */
const LETTER = { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26), footer: mm(28) };
const SHEET = { top: mm(22), bottom: mm(20), left: mm(28), right: mm(26), footer: mm(12) };
const FONTS = {
  body: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋', hint: 'eastAsia' },
  title: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体', hint: 'eastAsia' },
  heading: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体', hint: 'eastAsia' },
  song: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体', hint: 'eastAsia' },
} as const;
const RED = 'C00000';
const BAR = '5B7B9A';
const WHITE = { style: BorderStyle.SINGLE, size: 12, color: 'FFFFFF' } as const;
const exact = { line: LINE, lineRule: LineRuleType.EXACT, before: 0, after: 0 } as const;
const atLeast = { line: 440, lineRule: LineRuleType.AT_LEAST, before: 0, after: 0 } as const;

const run = (text: string, more: IRunOptions = {}): TextRun =>
  new TextRun({ text, font: FONTS.body, size: SIZE, characterSpacing: -5, ...more });

export async function layOutDocx(paper: Paper, look: Look): Promise<Uint8Array> {
  const letter = paper.layout === 'letter';
  const plain = paper.blocks.every(b => b.block === 'text' || b.block === 'heading');
  const children = [
    ...(letter && look.redHead !== undefined && paper.masthead === undefined ? redHead(look.redHead, paper) : []),
    ...(paper.masthead === undefined ? [] : masthead(paper.masthead, paper)),
    ...(paper.number !== undefined && paper.masthead === undefined && !(letter && look.redHead !== undefined)
      ? [line(paper.number, AlignmentType.RIGHT)]
      : []),
    title(paper.title, letter),
    ...(paper.missing.length > 0 ? [flag(`未完成：缺${paper.missing.join('、')}`)] : []),
    ...(paper.to.length > 0 ? [body(`${paper.to.join('、')}：`, false)] : []),
    ...paper.blocks.flatMap(block => render(block, letter)),
    ...(paper.masthead !== undefined ? [] : letter ? signOff(paper, look.seal) : sheetEnd(paper, look.seal)),
    ...(paper.copies.length > 0 ? [body(`抄送：${paper.copies.join('、')}。`, false)] : []),
  ];
  const document = new Document({
    title: paper.title,
    creator: paper.issuer,
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: FONTS.body, size: SIZE }, paragraph: { spacing: exact } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: Math.round(210 * MM), height: Math.round(297 * MM) },
            margin: letter ? LETTER : SHEET,
          },
          // The grid would stretch every row of a table to whole lines of body text; exact line heights do without it.
          ...(plain ? { grid: { type: DocumentGridType.LINES, linePitch: LINE } } : {}),
        },
        ...(paper.mark === undefined
          ? {}
          : { headers: { default: markHeader(paper.mark), even: markHeader(paper.mark) } }),
        footers: { default: footer(AlignmentType.RIGHT), even: footer(AlignmentType.LEFT) },
        children,
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

function render(block: PaperBlock, letter: boolean): (Paragraph | Table)[] {
  switch (block.block) {
    case 'heading':
      return [
        new Paragraph({
          spacing: exact,
          keepNext: true,
          indent: { firstLine: 632, firstLineChars: 200 },
          children: [run(block.text, { font: FONTS.heading })],
        }),
      ];
    case 'text':
      return [body(block.text, true)];
    case 'note':
      return [
        new Paragraph({
          spacing: letter ? exact : atLeast,
          children: [run(block.text, { size: SMALL, font: FONTS.song })],
        }),
      ];
    case 'boxes':
      return [
        grid(
          block.rows.map(r => [r.label, r.missing && r.value === '' ? '（待填）' : r.value]),
          [3, 13],
          block.rows.map(r => r.lines ?? 0),
        ),
        gap(),
      ];
    case 'table':
      return [grid([block.heads, ...block.rows], block.widths ?? block.heads.map(() => 1), [], true), gap()];
    case 'bars':
      return [barGrid(block.rows), gap()];
    case 'signatures':
      return [
        grid(
          block.rows.map(r => [
            `${r.capacity}意见`,
            r.office === '' ? '\n\n签字：　　　　　　年　　月　　日' : `${r.note}\n${r.office}　　${r.at}`,
          ]),
          [4, 12],
        ),
        gap(),
      ];
  }
}

const title = (text: string, letter: boolean): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { line: 640, lineRule: LineRuleType.EXACT, before: letter ? LINE : 0, after: LINE / 2 },
    children: [run(text, { font: FONTS.title, size: 44 })],
  });
const body = (text: string, indented: boolean): Paragraph =>
  new Paragraph({
    spacing: exact,
    alignment: AlignmentType.BOTH,
    ...(indented ? { indent: { firstLine: 632, firstLineChars: 200 } } : {}),
    children: [run(text)],
  });
const line = (text: string, alignment: (typeof AlignmentType)[keyof typeof AlignmentType], size = SIZE): Paragraph =>
  new Paragraph({ spacing: exact, alignment, children: [run(text, { size })] });
const flag = (text: string): Paragraph =>
  new Paragraph({
    spacing: exact,
    alignment: AlignmentType.CENTER,
    children: [run(text, { color: RED, size: SMALL })],
  });
const gap = (): Paragraph => new Paragraph({ spacing: { line: 240, lineRule: LineRuleType.EXACT }, children: [] });

/** Name in red, number below, a red line across the type area (GB/T 9704 7.2.4 to 7.2.7). */
function redHead(name: string, paper: Paper): Paragraph[] {
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: LINE, after: LINE, line: 1000, lineRule: LineRuleType.AT_LEAST },
      children: [run(`${name}文件`, { font: FONTS.title, size: 72, color: RED })],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { ...exact, after: 80 },
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 4 } },
      children: [run(paper.number ?? '')],
    }),
  ];
}
/** The head of a serial: its name, its number, who issues it and when, above a red line. */
function masthead(name: string, paper: Paper): Paragraph[] {
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 0, after: LINE / 2, line: 1000, lineRule: LineRuleType.AT_LEAST },
      children: [run(name, { font: FONTS.title, size: 64, color: RED })],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: exact,
      children: [
        run(paper.signedBy === undefined ? (paper.number ?? '') : `${paper.number ?? ''}　　签发：${paper.signedBy}`),
      ],
    }),
    new Paragraph({
      spacing: { ...exact, after: LINE / 2 },
      tabStops: [{ type: TabStopType.RIGHT, position: WIDTH }],
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 4 } },
      children: [run(`${paper.issuer}\t${paper.date}`)],
    }),
  ];
}
/** Issuer and date four characters from the right edge (7.3.5.1). */
function signOff(paper: Paper, seal: Uint8Array | undefined): Paragraph[] {
  const at = (text: string): Paragraph =>
    new Paragraph({
      spacing: exact,
      alignment: AlignmentType.RIGHT,
      keepLines: true,
      indent: { right: 4 * 316 },
      children: [run(text)],
    });
  const date = new Paragraph({
    spacing: exact,
    alignment: AlignmentType.RIGHT,
    keepLines: true,
    indent: { right: 4 * 316 },
    children: [run(paper.date), ...stamp(seal, 62)],
  });
  return [new Paragraph({ spacing: exact, children: [] }), at(paper.issuer), date];
}
const EMU_PER_MM = 36_000;
/** The seal lies behind the words, 42 mm across, its middle on the date (7.3.5.1); `left` of the margin in mm. */
function stamp(seal: Uint8Array | undefined, left: number): ImageRun[] {
  if (seal === undefined) return [];
  const size = Math.round((42 / 25.4) * 96);
  return [
    new ImageRun({
      type: 'png',
      data: seal,
      transformation: { width: size, height: size },
      floating: {
        horizontalPosition: { relative: HorizontalPositionRelativeFrom.RIGHT_MARGIN, offset: -left * EMU_PER_MM },
        verticalPosition: { relative: VerticalPositionRelativeFrom.PARAGRAPH, offset: -20 * EMU_PER_MM },
        behindDocument: true,
        allowOverlap: true,
        wrap: { type: TextWrappingType.NONE },
      },
    }),
  ];
}
const sheetEnd = (paper: Paper, seal: Uint8Array | undefined): Paragraph[] => [
  new Paragraph({
    spacing: exact,
    alignment: AlignmentType.RIGHT,
    children: [run(`${paper.issuer}　　${paper.date}`, { size: SMALL }), ...stamp(seal, 38)],
  }),
];
/** The mark of an exercise stands at the head of every page. */
const markHeader = (mark: string): Header =>
  new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ text: `〔${mark}〕`, bold: true, size: 36, color: '808080' })],
      }),
    ],
  });
const footer = (alignment: typeof AlignmentType.LEFT | typeof AlignmentType.RIGHT): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment,
        // Lower than a line of text: a footer that reached into the type area would cost a line.
        spacing: { line: 320, lineRule: LineRuleType.EXACT },
        indent: { left: 316, right: 316 },
        children: [new TextRun({ font: FONTS.song, size: SMALL, children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
    ],
  });

/** Bars of a chart as shaded cells: a reader of Word can change them, and every printer prints them. */
function barGrid(rows: readonly { readonly label: string; readonly value: number }[]): Table {
  const most = Math.max(1, ...rows.map(r => r.value));
  const [label, number] = [1600, 900];
  const room = WIDTH - label - number;
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
  const bare = { top: none, bottom: none, left: none, right: none };
  const cell = (
    text: string,
    width: number,
    more: { readonly fill?: string; readonly span?: number } = {},
  ): TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      borders: { ...bare, ...(more.fill === undefined ? {} : { top: WHITE, bottom: WHITE }) },
      ...(more.fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: 'auto', fill: more.fill } }),
      margins: { left: 60, right: 60, top: 0, bottom: 0 },
      children: [
        new Paragraph({
          spacing: { line: 320, lineRule: LineRuleType.EXACT },
          children: text === '' ? [] : [run(text, { size: 24, characterSpacing: 0 })],
        }),
      ],
    });
  return new Table({
    width: { size: WIDTH, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    borders: { ...bare, insideHorizontal: none, insideVertical: none },
    columnWidths: [label, room, number],
    rows: rows.map(({ label: text, value }) => {
      const filled = Math.round((room * value) / most);
      const inner = new Table({
        width: { size: Math.max(filled, 40), type: WidthType.DXA },
        layout: TableLayoutType.FIXED,
        borders: { ...bare, insideHorizontal: none, insideVertical: none },
        columnWidths: [Math.max(filled, 40)],
        rows: [new TableRow({ children: [cell('', Math.max(filled, 40), value === 0 ? {} : { fill: BAR })] })],
      });
      return new TableRow({
        cantSplit: true,
        children: [
          cell(text, label),
          new TableCell({
            width: { size: room, type: WidthType.DXA },
            borders: bare,
            margins: { left: 0, right: 0, top: 30, bottom: 0 },
            children: [inner, new Paragraph({ spacing: { line: 20, lineRule: LineRuleType.EXACT }, children: [] })],
          }),
          cell(String(value), number),
        ],
      });
    }),
  });
}

/** Cells with thin lines; the first row is a head where `head` says so, repeated on every page. */
function grid(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  lines: readonly number[] = [],
  head = false,
): Table {
  const whole = widths.reduce((a, b) => a + b, 0);
  const columns = widths.map(w => Math.round((WIDTH * w) / whole));
  const size = head ? 24 : SMALL;
  return new Table({
    width: { size: WIDTH, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: columns,
    rows: rows.map(
      (cells, i) =>
        new TableRow({
          cantSplit: (lines[i] ?? 0) === 0,
          tableHeader: head && i === 0,
          ...(lines[i] ? { height: { value: lines[i] * 440, rule: 'atLeast' } } : {}),
          children: cells.map(
            (text, j) =>
              new TableCell({
                width: { size: columns[j] ?? 0, type: WidthType.DXA },
                verticalAlign: (lines[i] ?? 0) > 1 && j > 0 ? VerticalAlignTable.TOP : VerticalAlignTable.CENTER,
                margins: { left: 90, right: 90, top: 40, bottom: 40 },
                children: text.split('\n').map(
                  part =>
                    new Paragraph({
                      spacing: { ...atLeast, line: head ? 300 : 400 },
                      alignment: (head && i === 0) || (!head && j === 0) ? AlignmentType.CENTER : AlignmentType.LEFT,
                      children: [
                        run(part, {
                          size,
                          characterSpacing: 0,
                          font: (head && i === 0) || (!head && j === 0) ? FONTS.heading : FONTS.body,
                        }),
                      ],
                    }),
                ),
              }),
          ),
        }),
    ),
  });
}
