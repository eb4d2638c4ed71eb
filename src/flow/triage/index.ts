/** From items to findings worth a case: what matched, what it looks like, what a person decides. */
export { decideTriage, type About, type TriageCommand, type TriageFault } from './decide.ts';
export { runsOf, type Run } from './highlight.ts';
export { resembling } from './resemble.ts';
