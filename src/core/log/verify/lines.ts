/** A text file as its lines, read strictly: UTF-8, each line ended. What is torn is told, never mended. */

export class TornFile extends Error {
  override readonly name = 'TornFile';
}
/** The lines of a file that is handed over in pieces, without their ends. */
export function* readLines(pieces: Iterable<Uint8Array>): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw new TornFile('bytes that are not UTF-8');
    }
  };
  let rest = '';
  for (const piece of pieces) {
    const lines = (rest + decode(piece)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decode();
  if (rest !== '') throw new TornFile('a last line without an end');
}
