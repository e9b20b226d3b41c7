/** Loads what reads and keeps accounts. Beside the other rooms it would bring all of them into every bundle of tests. */
export const loadReading = () => import('./readingRoom');
