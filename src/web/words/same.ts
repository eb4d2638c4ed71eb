/** The shape of the word table: texts, functions of the same arguments, lists of the same length. */
export type Same<T> = T extends string
  ? string
  : T extends (...said: infer A) => string
    ? (...said: A) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]: Same<T[K]> };
