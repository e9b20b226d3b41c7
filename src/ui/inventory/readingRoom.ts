/** What reads accounts and keeps what was read: a file of its own in dist/, loaded when something is first read. */
export { createAccountReader } from './accountReader';
export { writeCache } from './writeCache';
