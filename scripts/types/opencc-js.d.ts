/** The dictionaries carry no types of their own. */
declare module 'opencc-js/dict/*' {
  const dictionary: string;
  export default dictionary;
}
