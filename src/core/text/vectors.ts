/**
 * An item as the few character bigrams that tell it from the rest: tf-idf (Spärck Jones, 1972) with document frequencies
 * counted as the stream goes by, title bigrams weighing more, only the heaviest kept, unit length.
 */
export interface Feature {
  readonly feature: number;
  readonly weight: number;
}
export interface VectorOptions {
  readonly features: number;
  readonly titleWeight: number;
}
export interface Vectors {
  /** The vector of an item's compared title and text; counts the item into the document frequencies. */
  readonly vectorOf: (title: string, text: string) => Feature[];
}
/** Further into a text, greetings and repetitions begin; the head of a complaint names its matter. */
const MOST_CHARACTERS = 2000;
const EMPTY = -1;

export function makeVectors(options: VectorOptions): Vectors {
  // Bigram → feature number, open addressing: a Map of two-unit keys costs half of the whole time.
  let keys = new Int32Array(1 << 16).fill(EMPTY);
  let values = new Int32Array(1 << 16);
  let known = 0;
  let frequency = new Int32Array(1 << 15);
  let items = 0;
  /** Per feature of the item at hand: its weighted count, and the item it was counted for. */
  let counts = new Float64Array(1 << 15);
  let countedFor = new Int32Array(1 << 15).fill(EMPTY);

  function featureOf(key: number): number {
    const mask = keys.length - 1;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 8) & mask;
    while (keys[slot] !== EMPTY && keys[slot] !== key) slot = (slot + 1) & mask;
    if (keys[slot] === key) return values[slot] ?? 0;
    keys[slot] = key;
    values[slot] = known;
    if (known * 2 > keys.length) rehash();
    if (known >= frequency.length) grow();
    return known++;
  }
  function rehash(): void {
    const [oldKeys, oldValues] = [keys, values];
    keys = new Int32Array(oldKeys.length * 2).fill(EMPTY);
    values = new Int32Array(keys.length);
    const mask = keys.length - 1;
    oldKeys.forEach((key, i) => {
      if (key === EMPTY) return;
      let slot = (Math.imul(key, 0x9e3779b1) >>> 8) & mask;
      while (keys[slot] !== EMPTY) slot = (slot + 1) & mask;
      keys[slot] = key;
      values[slot] = oldValues[i] ?? 0;
    });
  }
  function grow(): void {
    const size = frequency.length * 2;
    const f = new Int32Array(size);
    f.set(frequency);
    const c = new Float64Array(size);
    c.set(counts);
    const o = new Int32Array(size).fill(EMPTY);
    o.set(countedFor);
    [frequency, counts, countedFor] = [f, c, o];
  }
  const rarity = (feature: number): number => Math.log((items + 1) / ((frequency[feature] ?? 0) + 0.5));

  function vectorOf(title: string, text: string): Feature[] {
    const at = items++;
    const seen: number[] = [];
    const count = (s: string, weight: number): void => {
      const end = Math.min(s.length, MOST_CHARACTERS) - 1;
      for (let i = 0; i < end; i++) {
        // The sign bit is dropped: a key is never EMPTY, and two bigrams that share a key are rare beyond the BMP's end.
        const feature = featureOf(((s.charCodeAt(i) << 16) | s.charCodeAt(i + 1)) & 0x7fffffff);
        if (countedFor[feature] !== at) {
          countedFor[feature] = at;
          counts[feature] = 0;
          frequency[feature] = (frequency[feature] ?? 0) + 1;
          seen.push(feature);
        }
        counts[feature] = (counts[feature] ?? 0) + weight;
      }
    };
    count(title, options.titleWeight);
    count(text, 1);
    const weighed = seen.map(feature => ({ feature, weight: (1 + Math.log(counts[feature] ?? 1)) * rarity(feature) }));
    return unit(heaviest(weighed, options.features));
  }
  return { vectorOf };
}

function heaviest(features: Feature[], n: number): Feature[] {
  return features.sort((a, b) => b.weight - a.weight || a.feature - b.feature).slice(0, n);
}
function unit(features: readonly Feature[]): Feature[] {
  const length = Math.sqrt(features.reduce((sum, f) => sum + f.weight * f.weight, 0)) || 1;
  return features.map(f => ({ feature: f.feature, weight: f.weight / length }));
}
