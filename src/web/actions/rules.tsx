/** The regulation, to read. */
import { Rules } from '../pages/rules.tsx';
import type { Show } from '../visiting.tsx';

export const show: Show = (visit, counts) => <Rules visit={visit} counts={counts} />;
