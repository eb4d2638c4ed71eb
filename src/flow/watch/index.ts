/** Public media and complaints come in. */
export {
  type HotlineRow,
  type MappedColumns,
  type Mapping,
  mapColumns,
  mappingProblem,
  readRow,
  readTime,
  type Target,
} from './hotline-mapping.ts';
export { type Masked, maskText } from './masking.ts';
