/** The picture of a seal: a PNG small enough to stand on a page, its size read from its own head. */
const MOST_BYTES = 512 * 1024;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Why these bytes cannot be a seal, or undefined. A seal is round or square: GB/T 9704 has it ride on issuer and date. */
export function sealProblem(bytes: Uint8Array): string | undefined {
  if (bytes.length > MOST_BYTES) return '印章图片大于 512 KB / the picture is larger than 512 KB';
  if (bytes.length < 33 || SIGNATURE.some((b, i) => bytes[i] !== b)) return '不是 PNG 图片 / this is no PNG picture';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width < 100 || width > 4000 || height < 100 || height > 4000)
    return '印章图片的边长应在 100 至 4000 像素之间 / its sides should be 100 to 4000 pixels';
  if (width / height > 1.6 || height / width > 1.6) return '印章图片应是方的 / the picture should be square';
  return undefined;
}
