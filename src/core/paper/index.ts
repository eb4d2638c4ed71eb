/**
 * A paper as data: what stands on it, in reading order, before anybody lays it out. Written by the report stage, laid out
 * as Word, print or archive page elsewhere. Every text is final: names are written out, instants are in words.
 */
export interface Paper {
  /** Unique in its case and steady: a paper made again has the same id. */
  readonly id: string;
  /** letter: numbered, addressed, issued. sheet: labelled boxes and signatures. list: rows under heads. */
  readonly layout: 'letter' | 'sheet' | 'list';
  /** The name that a serial bears in red on its first page; absent for papers that are no serial. */
  readonly masthead?: string;
  /** Offices that signed a serial, beside its number. */
  readonly signedBy?: string;
  readonly title: string;
  /** 〔2026〕12号 */
  readonly number?: string;
  readonly issuer: string;
  /** 2026年11月24日 */
  readonly date: string;
  readonly to: readonly string[];
  readonly copies: readonly string[];
  readonly blocks: readonly PaperBlock[];
  /** What must still be filled in before it is issued, in words. */
  readonly missing: readonly string[];
  /** The clause that asks for it, as `第四条（G-4.3b）`; absent for papers nobody asked for. */
  readonly clause?: string;
  /** A word that lies across every sheet, such as that it belongs to an exercise. */
  readonly mark?: string;
  /** The entries it was made from. */
  readonly from: readonly string[];
}
export type PaperBlock =
  | { readonly block: 'heading'; readonly text: string }
  | { readonly block: 'text'; readonly text: string }
  | { readonly block: 'note'; readonly text: string }
  | { readonly block: 'boxes'; readonly rows: readonly PaperBox[] }
  | {
      readonly block: 'table';
      readonly heads: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Share of the width of each column; absent = equal. */
      readonly widths?: readonly number[];
    }
  /** Counts to be seen beside each other: a chart that is a table as well. */
  | { readonly block: 'bars'; readonly rows: readonly { readonly label: string; readonly value: number }[] }
  | { readonly block: 'signatures'; readonly rows: readonly PaperSignature[] };
export interface PaperBox {
  readonly label: string;
  readonly value: string;
  /** Room for handwriting, in lines; absent = as long as the value. */
  readonly lines?: number;
  readonly missing?: true;
  /** Leads to somebody outside; left out of the copy for a handling unit. */
  readonly contact?: true;
}
export interface PaperSignature {
  readonly capacity: string;
  /** Empty where nobody has signed yet. */
  readonly office: string;
  readonly at: string;
  readonly note: string;
}

/** Whether a paper may be issued: nothing that it must hold is missing. */
export const isComplete = (paper: Paper): boolean => paper.missing.length === 0;

/** The copy that goes to a handling unit: without any box through which somebody outside could be reached. */
export function handlingCopy(paper: Paper): Paper {
  const hides = paper.blocks.some(b => b.block === 'boxes' && b.rows.some(r => r.contact));
  if (!hides) return paper;
  const blocks = paper.blocks.map(b => (b.block === 'boxes' ? { ...b, rows: b.rows.filter(r => !r.contact) } : b));
  return { ...paper, blocks: [...blocks, { block: 'note', text: '联系方式由办公室掌握，联系对方请通过办公室。' }] };
}
