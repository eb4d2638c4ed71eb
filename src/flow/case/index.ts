/** A case with duties, roles and deadlines: facts entered by the offices that act. */
export { readFields, type FieldFault, type FieldRead, type Sent } from './fields.ts';
