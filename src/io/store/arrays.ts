/**
 * Arrays as the server keeps them (array_send of PostgreSQL): a statement over hundreds of texts would otherwise escape each
 * character by character here and read it back character by character there, which costs more than storing it.
 */
const HEAD = 20;
const INSTANT_ZERO = Date.UTC(2000, 0, 1);
const [TEXT, TIMESTAMP, BIGINT, INTEGER, REAL] = [25, 1184, 20, 23, 700];

function begin(buffer: Buffer, type: number, length: number, hasNull: boolean): void {
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(hasNull ? 1 : 0, 4);
  buffer.writeInt32BE(type, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
}
/** For `$n::text[]`. */
export function texts(values: readonly (string | null | undefined)[]): Buffer {
  let most = HEAD;
  for (const value of values) most += 4 + (value?.length ?? 0) * 3;
  const buffer = Buffer.allocUnsafe(most);
  let at = HEAD;
  let hasNull = false;
  for (const value of values) {
    if (value === null || value === undefined) {
      hasNull = true;
      at = buffer.writeInt32BE(-1, at);
      continue;
    }
    // A lone half of a surrogate pair becomes U+FFFD, as it does on every other way to the server.
    const size = buffer.write(value, at + 4, 'utf8');
    buffer.writeInt32BE(size, at);
    at += 4 + size;
  }
  begin(buffer, TEXT, values.length, hasNull);
  return buffer.subarray(0, at);
}
function fixed(
  type: number,
  size: number,
  values: readonly (number | null | undefined)[],
  write: (buffer: Buffer, value: number, at: number) => void,
): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD + values.length * (4 + size));
  let at = HEAD;
  let hasNull = false;
  for (const value of values) {
    if (value === null || value === undefined) {
      hasNull = true;
      at = buffer.writeInt32BE(-1, at);
      continue;
    }
    if (!Number.isFinite(value)) throw new RangeError(`${value} is no number that can be stored`);
    buffer.writeInt32BE(size, at);
    write(buffer, value, at + 4);
    at += 4 + size;
  }
  begin(buffer, type, values.length, hasNull);
  return buffer.subarray(0, at);
}
const writeBig = (buffer: Buffer, value: number, at: number): void =>
  void buffer.writeBigInt64BE(BigInt(Math.trunc(value)), at);
/** Milliseconds, for `$n::timestamptz[]`. */
export const instants = (values: readonly (number | null | undefined)[]): Buffer =>
  fixed(TIMESTAMP, 8, values, (buffer, value, at) => writeBig(buffer, (value - INSTANT_ZERO) * 1000, at));
export const bigints = (values: readonly number[]): Buffer => fixed(BIGINT, 8, values, writeBig);
export const integers = (values: readonly number[]): Buffer =>
  fixed(INTEGER, 4, values, (buffer, value, at) => void buffer.writeInt32BE(value, at));
export const reals = (values: readonly number[]): Buffer =>
  fixed(REAL, 4, values, (buffer, value, at) => void buffer.writeFloatBE(value, at));
