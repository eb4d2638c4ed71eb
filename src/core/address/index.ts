/** Judging a URL or an IP address before anything is fetched. */
export { addressProblem, readIp } from './ip.ts';
export { judgeUrl, type UrlVerdict } from './url.ts';
